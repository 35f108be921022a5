/* RSS 0.9x, 1.0 and 2.0 and Atom (RFC 4287): each entry is a document. */
#include "read/parts_internal.h"

#include "base/limits.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

typedef struct feed {
    gr_unpacking *u;
    const gr_reading *of;
    gr_buffer publisher;
    char lang[4];
    uint64_t number;
} feed;

typedef struct entry {
    gr_buffer title, body, text, url, publisher, name;
    xmlBufferPtr bytes;
    char published[11], lang[4];
    unsigned body_rank, url_rank, date_rank; /* of what has been taken; higher is better */
} entry;

static bool is_element(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && gr_is(gr_slice_of((const char *)node->name), name);
}

static void add_xml_text(const xmlNode *node, gr_buffer *into) {
    xmlChar *content = xmlNodeGetContent(node);
    gr_buffer_add(into, gr_slice_of((const char *)content));
    xmlFree(content);
}

/* Text of an element as one line without markup. */
static void take_line(const xmlNode *node, gr_buffer *into) {
    gr_buffer raw = {0}, plain = {0};
    add_xml_text(node, &raw);
    if (gr_add_marked_up(gr_buffer_slice(&raw), &plain, NULL) == GR_OK)
        gr_one_line(into, gr_buffer_slice(&plain));
    gr_buffer_free(&raw);
    gr_buffer_free(&plain);
}

static void take_address(entry *e, const xmlNode *node) {
    xmlChar *href = xmlGetProp(node, BAD_CAST "href"), *rel = xmlGetProp(node, BAD_CAST "rel");
    gr_slice kind = gr_slice_of((const char *)rel);
    unsigned rank = !href ? 2 : !kind.len || gr_is(kind, "alternate") ? 2 : 0;
    if (rank > e->url_rank) {
        gr_buffer raw = {0};
        if (href)
            gr_buffer_add(&raw, gr_slice_of((const char *)href));
        else
            add_xml_text(node, &raw);
        if (gr_trim(gr_buffer_slice(&raw)).len) {
            gr_one_line(&e->url, gr_buffer_slice(&raw));
            e->url_rank = rank;
        }
        gr_buffer_free(&raw);
    }
    xmlFree(href);
    xmlFree(rel);
}

static void take_date(entry *e, const xmlNode *node, unsigned rank) {
    gr_buffer raw = {0};
    char day[11];
    add_xml_text(node, &raw);
    gr_take_day(gr_buffer_slice(&raw), day);
    if (day[0] && rank > e->date_rank) {
        memcpy(e->published, day, sizeof day);
        e->date_rank = rank;
    }
    gr_buffer_free(&raw);
}

/* The whole text goes before a summary. Markup comes escaped, in CDATA or, in Atom, as XHTML. */
static gr_status take_body(entry *e, xmlNode *node, unsigned rank, gr_error *err) {
    if (rank <= e->body_rank) return GR_OK;
    gr_buffer raw = {0}, plain = {0};
    bool inline_markup = xmlFirstElementChild(node) != NULL;
    xmlBufferPtr dump = inline_markup ? xmlBufferCreate() : NULL;
    if (dump && xmlNodeDump(dump, node->doc, node, 0, 0) >= 0)
        gr_buffer_add(&raw, gr_slice_of((const char *)xmlBufferContent(dump)));
    else
        add_xml_text(node, &raw);
    if (dump) xmlBufferFree(dump);
    gr_status status =
        raw.failed ? gr_out_of_memory(err) : gr_add_marked_up(gr_buffer_slice(&raw), &plain, err);
    gr_slice text = gr_trim(gr_buffer_slice(&plain));
    if (status == GR_OK && text.len) {
        gr_buffer_clear(&e->body);
        gr_buffer_add(&e->body, text);
        e->body_rank = rank;
    }
    gr_buffer_free(&raw);
    gr_buffer_free(&plain);
    return status;
}

static gr_status take_member(entry *e, xmlNode *node, gr_error *err) {
    bool media = node->ns && node->ns->prefix && gr_is(gr_slice_of((const char *)node->ns->prefix), "media");
    if (media) return GR_OK; /* captions and titles of pictures */
    if (is_element(node, "title")) take_line(node, &e->title);
    if (is_element(node, "link")) take_address(e, node);
    if (is_element(node, "pubDate") || is_element(node, "published") || is_element(node, "issued"))
        take_date(e, node, 3);
    if (is_element(node, "date")) take_date(e, node, 2);
    if (is_element(node, "updated") || is_element(node, "modified")) take_date(e, node, 1);
    if (is_element(node, "source")) {
        for (const xmlNode *n = node->children; n; n = n->next)
            if (is_element(n, "title")) take_line(n, &e->publisher);
        if (!xmlFirstElementChild(node)) take_line(node, &e->publisher);
    }
    if (is_element(node, "language")) {
        gr_buffer raw = {0};
        add_xml_text(node, &raw);
        gr_take_lang(gr_buffer_slice(&raw), e->lang);
        gr_buffer_free(&raw);
    }
    if (is_element(node, "encoded") || is_element(node, "content")) return take_body(e, node, 2, err);
    if (is_element(node, "description") || is_element(node, "summary")) return take_body(e, node, 1, err);
    return GR_OK;
}

static void free_entry(entry *e) {
    gr_buffer_free(&e->title);
    gr_buffer_free(&e->body);
    gr_buffer_free(&e->text);
    gr_buffer_free(&e->url);
    gr_buffer_free(&e->publisher);
    gr_buffer_free(&e->name);
    if (e->bytes) xmlBufferFree(e->bytes);
}

static gr_status give_entry(feed *f, entry *e, gr_error *err) {
    gr_join_title(&e->text, gr_buffer_slice(&e->title), gr_buffer_slice(&e->body));
    if (e->text.failed || !e->bytes) return gr_out_of_memory(err);
    gr_slice publisher = gr_buffer_slice(e->publisher.len ? &e->publisher : &f->publisher);
    return gr_give(f->u, f->of,
                   (gr_reading){.format = GR_FORMAT_FEED,
                                .name = gr_part_name(&e->name, f->of->name, f->number, GR_S("")),
                                .bytes = gr_slice_of((const char *)xmlBufferContent(e->bytes)),
                                .text = gr_buffer_slice(&e->text),
                                .title = gr_buffer_slice(&e->title),
                                .published = gr_slice_of(e->published),
                                .publisher = publisher,
                                .url = gr_buffer_slice(&e->url),
                                .lang = gr_slice_of(e->lang[0] ? e->lang : f->lang)});
}

static gr_status read_entry(feed *f, xmlNode *node, gr_error *err) {
    entry e = {.bytes = xmlBufferCreate()};
    gr_error why = {0};
    gr_status status = GR_OK;
    f->number++;
    if (e.bytes) xmlNodeDump(e.bytes, node->doc, node, 0, 0);
    for (xmlNode *n = node->children; n && status == GR_OK; n = n->next)
        if (n->type == XML_ELEMENT_NODE) status = take_member(&e, n, &why);
    if (status == GR_OK) status = give_entry(f, &e, &why);
    if (status != GR_OK)
        status = gr_set_aside(f->u, gr_part_name(&e.name, f->of->name, f->number, GR_S("")), &why, err);
    free_entry(&e);
    return status;
}

/* What the channel says of all its entries. */
static void read_channel(feed *f, const xmlNode *channel) {
    xmlChar *lang = xmlNodeGetLang(channel);
    gr_take_lang(gr_slice_of((const char *)lang), f->lang);
    xmlFree(lang);
    for (const xmlNode *n = channel->children; n; n = n->next) {
        if (is_element(n, "title")) take_line(n, &f->publisher);
        if (!is_element(n, "language")) continue;
        gr_buffer raw = {0};
        add_xml_text(n, &raw);
        gr_take_lang(gr_buffer_slice(&raw), f->lang);
        gr_buffer_free(&raw);
    }
}

/* RSS has its items in the channel, RSS 1.0 beside it, Atom its entries in the root. */
static gr_status read_entries(feed *f, const xmlNode *list, gr_error *err) {
    gr_status status = GR_OK;
    for (xmlNode *n = list->children; n && status == GR_OK && !f->u->stopped; n = n->next) {
        if (is_element(n, "channel")) {
            read_channel(f, n);
            status = read_entries(f, n, err);
        } else if (is_element(n, "item") || is_element(n, "entry")) {
            status = read_entry(f, n, err);
        }
    }
    return status;
}

gr_status gr_read_feed(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    gr_slice bytes;
    gr_status status = gr_stream_all(in, GR_MAX_DOCUMENT_B, &bytes, err);
    if (status != GR_OK) return status;
    xmlDocPtr doc = xmlReadMemory(bytes.ptr, (int)bytes.len, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR |
                                      XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    feed f = {.u = u, .of = of};
    if (!root) {
        status = gr_fail(err, GR_BAD_INPUT, NULL, "holds XML that cannot be read");
    } else {
        read_channel(&f, root);
        status = read_entries(&f, root, err);
        if (status == GR_OK && !f.number)
            status = gr_fail(err, GR_BAD_INPUT, NULL, "is a feed without entries");
    }
    if (doc) xmlFreeDoc(doc);
    gr_buffer_free(&f.publisher);
    return status;
}
