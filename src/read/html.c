#include "read/formats.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <libxml/HTMLparser.h>

/* What has to stand between the text so far and the next character. Larger ones win. */
typedef enum gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH } gap;

typedef struct writer {
    gr_buffer *text;
    gap pending;
    const char *prefix;  /* written before the next character: "- " of a list item, " | " of a table cell */
    unsigned kept_lines; /* inside so many <pre> */
} writer;

typedef enum role {
    ROLE_INLINE,
    ROLE_DROP,
    ROLE_LINE,
    ROLE_PARAGRAPH,
    ROLE_ITEM,
    ROLE_CELL,
    ROLE_BREAK
} role;

static const struct {
    const char *name;
    role role;
} roles[] = {
    {"address", ROLE_PARAGRAPH},
    {"article", ROLE_PARAGRAPH},
    {"aside", ROLE_DROP},
    {"audio", ROLE_DROP},
    {"blockquote", ROLE_PARAGRAPH},
    {"body", ROLE_PARAGRAPH},
    {"br", ROLE_BREAK},
    {"button", ROLE_DROP},
    {"canvas", ROLE_DROP},
    {"caption", ROLE_PARAGRAPH},
    {"center", ROLE_PARAGRAPH},
    {"dd", ROLE_LINE},
    {"details", ROLE_PARAGRAPH},
    {"div", ROLE_PARAGRAPH},
    {"dl", ROLE_PARAGRAPH},
    {"dt", ROLE_LINE},
    {"fieldset", ROLE_PARAGRAPH},
    {"figcaption", ROLE_PARAGRAPH},
    {"figure", ROLE_PARAGRAPH},
    {"footer", ROLE_DROP},
    {"form", ROLE_PARAGRAPH},
    {"h1", ROLE_PARAGRAPH},
    {"h2", ROLE_PARAGRAPH},
    {"h3", ROLE_PARAGRAPH},
    {"h4", ROLE_PARAGRAPH},
    {"h5", ROLE_PARAGRAPH},
    {"h6", ROLE_PARAGRAPH},
    {"header", ROLE_PARAGRAPH},
    {"hr", ROLE_PARAGRAPH},
    {"iframe", ROLE_DROP},
    {"li", ROLE_ITEM},
    {"main", ROLE_PARAGRAPH},
    {"math", ROLE_DROP},
    {"menu", ROLE_PARAGRAPH},
    {"nav", ROLE_DROP},
    {"noscript", ROLE_DROP},
    {"object", ROLE_DROP},
    {"ol", ROLE_PARAGRAPH},
    {"p", ROLE_PARAGRAPH},
    {"pre", ROLE_PARAGRAPH},
    {"script", ROLE_DROP},
    {"section", ROLE_PARAGRAPH},
    {"select", ROLE_DROP},
    {"style", ROLE_DROP},
    {"summary", ROLE_PARAGRAPH},
    {"svg", ROLE_DROP},
    {"table", ROLE_PARAGRAPH},
    {"td", ROLE_CELL},
    {"template", ROLE_DROP},
    {"textarea", ROLE_DROP},
    {"th", ROLE_CELL},
    {"title", ROLE_DROP},
    {"tr", ROLE_LINE},
    {"ul", ROLE_PARAGRAPH},
    {"video", ROLE_DROP},
};

static role role_of(const xmlNode *node) {
    gr_slice name = gr_slice_of((const char *)node->name);
    size_t low = 0, high = sizeof roles / sizeof *roles;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = gr_compare(name, gr_slice_of(roles[middle].name));
        if (order == 0) return roles[middle].role;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return ROLE_INLINE;
}

static void ask(writer *w, gap wanted) {
    if (wanted > w->pending) w->pending = wanted;
}

static void write_gap(writer *w) {
    static const char *const gaps[] = {"", " ", "\n", "\n\n"};
    if (w->text->len) gr_buffer_add(w->text, gr_slice_of(gaps[w->pending]));
    if (w->prefix) gr_buffer_add(w->text, gr_slice_of(w->prefix));
    w->pending = GAP_NONE;
    w->prefix = NULL;
}

static void write_text(writer *w, gr_slice s) {
    for (size_t at = 0; at < s.len;) {
        size_t before = at;
        uint32_t c = gr_utf8_next(s, &at);
        if (gr_is_space(c) || c < ' ' || c == 0x7F) {
            ask(w, c == '\n' && w->kept_lines ? GAP_LINE : GAP_SPACE);
            continue;
        }
        if (w->pending != GAP_NONE || w->prefix) write_gap(w);
        gr_buffer_add(w->text, gr_sub(s, before, at));
    }
}

static bool has_cell_before(const xmlNode *node) {
    for (const xmlNode *n = node->prev; n; n = n->prev)
        if (n->type == XML_ELEMENT_NODE && role_of(n) == ROLE_CELL) return true;
    return false;
}

/* Acts on the start of an element; false when its content is to be left out. */
static bool open_element(writer *w, const xmlNode *node) {
    role r = role_of(node);
    if (r == ROLE_DROP || xmlHasProp((xmlNode *)(uintptr_t)node, BAD_CAST "hidden")) return false;
    if (r == ROLE_PARAGRAPH && !w->prefix) ask(w, GAP_PARAGRAPH);
    if (r == ROLE_LINE || r == ROLE_ITEM || r == ROLE_BREAK) ask(w, GAP_LINE);
    if (r == ROLE_ITEM) w->prefix = "- ";
    if (r == ROLE_CELL && has_cell_before(node)) {
        ask(w, GAP_SPACE);
        if (w->pending == GAP_SPACE) w->prefix = "| ";
    }
    w->kept_lines += xmlStrEqual(node->name, BAD_CAST "pre") != 0;
    return true;
}

static void close_element(writer *w, const xmlNode *node) {
    role r = role_of(node);
    if (r == ROLE_PARAGRAPH) ask(w, GAP_PARAGRAPH);
    if (r == ROLE_LINE || r == ROLE_ITEM) {
        ask(w, GAP_LINE);
        w->prefix = NULL;
    }
    w->kept_lines -= xmlStrEqual(node->name, BAD_CAST "pre") != 0;
}

/* Depth first without recursion: the depth of a page is its author's choice. */
static gr_status write_tree(writer *w, const xmlNode *root, gr_error *err) {
    const xmlNode *node = root;
    unsigned depth = 0;
    while (node) {
        bool enter = false;
        if (node->type == XML_ELEMENT_NODE)
            enter = open_element(w, node);
        else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            write_text(w, gr_slice_of((const char *)node->content));
        if (enter && node->children) {
            if (++depth > GR_MAX_HTML_DEPTH)
                return gr_fail(err, GR_TOO_LARGE, NULL, "nests elements deeper than %u; simplify the page",
                               GR_MAX_HTML_DEPTH);
            node = node->children;
            continue;
        }
        if (enter) close_element(w, node);
        while (node != root && !node->next) {
            node = node->parent;
            depth--;
            close_element(w, node);
        }
        node = node == root ? NULL : node->next;
    }
    return GR_OK;
}

/* libxml2 stops where elements nest deeper than its own ceiling, which is GR_MAX_HTML_DEPTH too. */
static gr_status parse_error(const htmlParserCtxt *parser, gr_error *err) {
    if (!parser || parser->lastError.code == XML_ERR_NO_MEMORY)
        return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while reading the page");
    if (parser->disableSAX)
        return gr_fail(err, GR_TOO_LARGE, NULL, "nests elements deeper than %u; simplify the page",
                       GR_MAX_HTML_DEPTH);
    return parser->myDoc && xmlDocGetRootElement(parser->myDoc)
               ? GR_OK
               : gr_fail(err, GR_BAD_INPUT, NULL, "holds no element that can be read as HTML");
}

gr_status gr_read_html(gr_slice utf8, gr_buffer *text, gr_page_meta *meta, gr_error *err) {
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                        HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (parser) {
        htmlDocPtr page = htmlCtxtReadMemory(parser, utf8.ptr, (int)utf8.len, NULL, "UTF-8", options);
        parser->myDoc = page;
    }
    gr_status status = parse_error(parser, err);
    if (status == GR_OK) {
        const xmlNode *root = xmlDocGetRootElement(parser->myDoc);
        writer w = {.text = text};
        gr_read_page_meta(root, meta);
        status = write_tree(&w, root, err);
    }
    if (parser && parser->myDoc) xmlFreeDoc(parser->myDoc);
    if (parser) htmlFreeParserCtxt(parser);
    return status;
}

void gr_declared_charset(gr_slice bytes, char charset[32]) {
    gr_slice head = gr_sub(bytes, 0, 2048);
    charset[0] = '\0';
    for (size_t at = 0; at + 8 < head.len; at++) {
        if (memcmp(head.ptr + at, "charset", 7) != 0 && memcmp(head.ptr + at, "CHARSET", 7) != 0) continue;
        size_t p = at + 7, n = 0;
        while (p < head.len && strchr(" =\"'", head.ptr[p])) p++;
        for (; p < head.len && n < 31; p++, n++) {
            char c = head.ptr[p];
            bool fits =
                (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_';
            if (!fits) break;
            charset[n] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        charset[n] = '\0';
        return;
    }
}
