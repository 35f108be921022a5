/* DOCX (ECMA-376, part 1, 17) and ODT (OpenDocument 1.2, 5): paragraphs of text, and what the document says
 * of itself. The XML is pulled through node by node; entities of its own are not expanded. */
#include "read/parts_internal.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <libxml/xmlreader.h>

typedef enum part {
    PART_OTHER,
    PART_TEXT,      /* its characters count: in DOCX those of these elements alone */
    PART_PARAGRAPH, /* a line of its own */
    PART_ITEM,
    PART_ROW,
    PART_CELL,
    PART_TAB,
    PART_BREAK,
    PART_SPACES,
    PART_DROP
} part;

typedef struct part_name {
    const char *name; /* without prefix */
    part part;
} part_name;

static const part_name docx_parts[] = {{"t", PART_TEXT},    {"p", PART_PARAGRAPH},   {"tr", PART_ROW},
                                       {"tc", PART_CELL},   {"tab", PART_TAB},       {"br", PART_BREAK},
                                       {"cr", PART_BREAK},  {"numPr", PART_ITEM},    {"Fallback", PART_DROP},
                                       {"tabs", PART_DROP}, {"moveFrom", PART_DROP}, {"del", PART_DROP},
                                       {NULL, PART_OTHER}};
static const part_name odt_parts[] = {{"p", PART_PARAGRAPH},
                                      {"h", PART_PARAGRAPH},
                                      {"list-item", PART_ITEM},
                                      {"table-row", PART_ROW},
                                      {"table-cell", PART_CELL},
                                      {"tab", PART_TAB},
                                      {"line-break", PART_BREAK},
                                      {"s", PART_SPACES},
                                      {"note", PART_DROP},
                                      {"annotation", PART_DROP},
                                      {"tracked-changes", PART_DROP},
                                      {"scripts", PART_DROP},
                                      {"font-face-decls", PART_DROP},
                                      {"automatic-styles", PART_DROP},
                                      {NULL, PART_OTHER}};

typedef struct office {
    const part_name *parts;
    bool marked_text; /* only the characters inside PART_TEXT count */
    gr_buffer *out;
    unsigned text_depth, row_depth;
    const char *gap, *mark; /* written before the next character */
} office;

static part part_of(const office *o, xmlTextReaderPtr reader) {
    const char *name = (const char *)xmlTextReaderConstLocalName(reader);
    for (const part_name *p = o->parts; name && p->name; p++)
        if (gr_is(gr_slice_of(name), p->name)) return p->part;
    return PART_OTHER;
}

static void write_characters(office *o, gr_slice s) {
    if (!s.len) return;
    if (o->out->len) gr_buffer_add(o->out, gr_slice_of(o->gap));
    gr_buffer_add(o->out, gr_slice_of(o->mark));
    o->gap = o->mark = "";
    gr_buffer_add(o->out, s);
}

static unsigned rank_of(const char *gap) {
    return gap[0] == '\n' ? 1 + (unsigned)strlen(gap) : gap[0] == ' ';
}

static void ask(office *o, const char *gap) {
    if (rank_of(gap) > rank_of(o->gap)) o->gap = gap;
}

/* Between paragraphs lies an empty line; inside a row of a table a blank; an item's own paragraph adds none.
 */
static void part_paragraph(office *o) {
    if (!o->mark[0]) ask(o, o->row_depth ? " " : "\n\n");
}

static void open_part(office *o, part p) {
    switch (p) {
    case PART_TEXT:
        o->text_depth++;
        break;
    case PART_PARAGRAPH:
        part_paragraph(o);
        break;
    case PART_ITEM:
        o->gap = "\n";
        o->mark = "- ";
        break;
    case PART_ROW:
        ask(o, o->row_depth++ ? " " : "\n");
        o->mark = "";
        break;
    case PART_CELL:
        if (gr_is(gr_slice_of(o->gap), " ")) o->mark = "| ";
        break;
    case PART_TAB:
    case PART_SPACES:
        ask(o, " ");
        break;
    case PART_BREAK:
        ask(o, "\n");
        break;
    case PART_DROP:
    case PART_OTHER:
        break;
    }
}

static void close_part(office *o, part p) {
    if (p == PART_TEXT && o->text_depth) o->text_depth--;
    if (p == PART_PARAGRAPH) {
        o->mark = "";
        part_paragraph(o);
    }
    if (p == PART_CELL) o->gap = " ";
    if (p == PART_ROW) {
        if (o->row_depth) o->row_depth--;
        o->gap = o->row_depth ? " " : "\n";
        o->mark = "";
    }
}

/* One step; returns what xmlTextReaderRead or -Next says: 1 on, 0 end, -1 fault. */
static int step(office *o, xmlTextReaderPtr reader) {
    int type = xmlTextReaderNodeType(reader);
    if (type == XML_READER_TYPE_ELEMENT) {
        part p = part_of(o, reader);
        if (p == PART_DROP) return xmlTextReaderNext(reader);
        open_part(o, p);
        if (xmlTextReaderIsEmptyElement(reader)) close_part(o, p);
    } else if (type == XML_READER_TYPE_END_ELEMENT) {
        close_part(o, part_of(o, reader));
    } else if ((type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE) &&
               (!o->marked_text || o->text_depth)) {
        write_characters(o, gr_slice_of((const char *)xmlTextReaderConstValue(reader)));
    }
    return xmlTextReaderRead(reader);
}

static xmlTextReaderPtr open_xml(gr_slice xml) {
    return xmlReaderForMemory(xml.ptr, (int)xml.len, NULL, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
}

static gr_status damaged(gr_error *err) {
    const xmlError *last = xmlGetLastError();
    if (last && last->code == XML_ERR_NO_MEMORY) return gr_out_of_memory(err);
    char reason[160] = "";
    for (size_t i = 0; last && last->message && last->message[i] && i < sizeof reason - 1; i++)
        reason[i] = (unsigned char)last->message[i] < ' ' ? ' ' : last->message[i];
    gr_slice told = gr_trim(gr_slice_of(reason));
    return gr_fail(err, GR_BAD_INPUT, NULL, "holds XML that cannot be read (%.*s)", GR_FMT(told));
}

static gr_status write_content(office *o, gr_slice content, gr_error *err) {
    xmlTextReaderPtr reader = open_xml(content);
    if (!reader) return gr_out_of_memory(err);
    xmlResetLastError();
    int more = xmlTextReaderRead(reader);
    while (more == 1 && !o->out->failed) {
        if (xmlTextReaderDepth(reader) > (int)GR_MAX_XML_DEPTH) more = -1;
        if (more == 1) more = step(o, reader);
    }
    gr_status status = more < 0 ? damaged(err) : o->out->failed ? gr_out_of_memory(err) : GR_OK;
    xmlFreeTextReader(reader);
    return status;
}

typedef struct office_meta {
    gr_buffer title, publisher;
    char published[11], changed[11], lang[4];
} office_meta;

/* Dublin Core in both formats; the day it was made goes before the day it was last changed. */
static void take_meta(office_meta *m, gr_slice name, gr_slice value) {
    if (gr_is(name, "title")) gr_one_line(&m->title, value);
    if (gr_is(name, "publisher")) gr_one_line(&m->publisher, value);
    if (gr_is(name, "language")) gr_take_lang(value, m->lang);
    if (gr_is(name, "created") || gr_is(name, "creation-date")) gr_take_day(value, m->published);
    if (gr_is(name, "modified") || gr_is(name, "date")) gr_take_day(value, m->changed);
}

/* A damaged part leaves what was read of it: the text is there without it. */
static void read_meta(office_meta *m, gr_slice meta) {
    xmlTextReaderPtr reader = meta.len ? open_xml(meta) : NULL;
    char name[32] = "";
    while (reader && xmlTextReaderRead(reader) == 1) {
        int type = xmlTextReaderNodeType(reader);
        if (type == XML_READER_TYPE_ELEMENT) {
            gr_slice local = gr_sub(gr_slice_of((const char *)xmlTextReaderConstLocalName(reader)), 0, 31);
            memcpy(name, local.ptr, local.len);
            name[local.len] = '\0';
        } else if (type == XML_READER_TYPE_TEXT) {
            take_meta(m, gr_slice_of(name), gr_slice_of((const char *)xmlTextReaderConstValue(reader)));
        }
    }
    if (reader) xmlFreeTextReader(reader);
}

gr_status gr_read_office(gr_unpacking *u, gr_format format, gr_slice content, gr_slice meta, gr_slice bytes,
                         const gr_reading *of, gr_error *err) {
    gr_buffer text = {.limit_b = GR_MAX_DOCUMENT_B};
    office_meta m = {0};
    bool docx = format == GR_FORMAT_DOCX;
    office o = {
        .parts = docx ? docx_parts : odt_parts, .marked_text = docx, .out = &text, .gap = "", .mark = ""};
    gr_status status = write_content(&o, content, err);
    read_meta(&m, meta);
    if (status == GR_OK)
        status = gr_give(u, of,
                         (gr_reading){.format = format,
                                      .name = of->name,
                                      .bytes = bytes,
                                      .text = gr_buffer_slice(&text),
                                      .title = gr_buffer_slice(&m.title),
                                      .publisher = gr_buffer_slice(&m.publisher),
                                      .published = gr_slice_of(m.published[0] ? m.published : m.changed),
                                      .lang = gr_slice_of(m.lang)});
    gr_buffer_free(&text);
    gr_buffer_free(&m.title);
    gr_buffer_free(&m.publisher);
    return status;
}
