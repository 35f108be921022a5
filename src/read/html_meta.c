#include "read/formats.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <jansson.h>
#include <libxml/tree.h>
#include <stdlib.h>

/* Sources of a date, best first. */
typedef enum date_source { DATE_ARTICLE, DATE_LINKED_DATA, DATE_META, DATE_ELEMENT, DATE_NONE } date_source;

typedef enum publisher_source {
    PUBLISHER_SITE,
    PUBLISHER_LINKED_DATA,
    PUBLISHER_META,
    PUBLISHER_NONE
} publisher_source;

typedef struct finder {
    gr_page_meta *meta;
    date_source date_from;
    bool title_from_graph, address_from_link;
    publisher_source publisher_from;
} finder;

static xmlChar *attribute(const xmlNode *node, const char *name) {
    return xmlGetProp((xmlNode *)(uintptr_t)node, BAD_CAST name);
}

static bool digits(const char *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (s[i] < '0' || s[i] > '9') return false;
    return true;
}

/* Keeps the day of an ISO time; anything else is not taken for a date. */
static void take_date(finder *f, const char *value, date_source from) {
    if (!value || from >= f->date_from || strlen(value) < 10) return;
    if (!digits(value, 0, 4) || value[4] != '-' || !digits(value, 5, 7) || value[7] != '-' ||
        !digits(value, 8, 10))
        return;
    int month = (value[5] - '0') * 10 + value[6] - '0', day = (value[8] - '0') * 10 + value[9] - '0';
    if (month < 1 || month > 12 || day < 1 || day > 31) return;
    memcpy(f->meta->published, value, 10);
    f->meta->published[10] = '\0';
    f->date_from = from;
}

/* Copies with white space collapsed; what does not fit is cut off between characters. */
static void take_line(const char *value, char *out, size_t capacity) {
    size_t n = 0, room = capacity - 2; /* a space and the NUL */
    gr_slice s = gr_slice_of(value);
    bool gap = false;
    for (size_t at = 0, before = 0; at < s.len; before = at) {
        bool blank = gr_is_space(gr_utf8_next(s, &at));
        if (!blank && n + at - before > room) break;
        if (!blank && gap && n) out[n++] = ' ';
        if (!blank) memcpy(out + n, s.ptr + before, at - before);
        n += blank ? 0 : at - before;
        gap = blank;
    }
    out[n] = '\0';
}

static void take_title(finder *f, const char *value) {
    take_line(value, f->meta->title, sizeof f->meta->title);
}

static void take_publisher(finder *f, const char *value, publisher_source from) {
    if (!value || !*value || from >= f->publisher_from) return;
    take_line(value, f->meta->publisher, sizeof f->meta->publisher);
    f->publisher_from = f->meta->publisher[0] ? from : PUBLISHER_NONE;
}

/* Only whole addresses: a relative one tells nothing without the page's own. */
static void take_address(finder *f, const char *value, bool canonical) {
    gr_slice s = gr_trim(gr_slice_of(value));
    if (!gr_starts(s, GR_S("http://")) && !gr_starts(s, GR_S("https://"))) return;
    if (s.len >= sizeof f->meta->url || f->address_from_link || (!canonical && f->meta->url[0])) return;
    memcpy(f->meta->url, s.ptr, s.len);
    f->meta->url[s.len] = '\0';
    f->address_from_link = canonical;
}

static void take_lang(finder *f, const char *value) {
    if (!value || f->meta->lang[0] || strlen(value) < 2) return;
    char a = (char)(value[0] | 32), b = (char)(value[1] | 32), end = value[2];
    if (a < 'a' || a > 'z' || b < 'a' || b > 'z' || (end && end != '-' && end != '_')) return;
    f->meta->lang[0] = a;
    f->meta->lang[1] = b;
    f->meta->lang[2] = '\0';
}

static bool is_one_of(const xmlChar *value, const char *const *list) {
    for (; value && *list; list++)
        if (xmlStrcasecmp(value, BAD_CAST * list) == 0) return true;
    return false;
}

static void read_meta(finder *f, const xmlNode *node) {
    static const char *const dates[] = {"datepublished",  "date",          "pubdate",          "dc.date",
                                        "dc.date.issued", "dcterms.date",  "dcterms.created",  "publish-date",
                                        "publishdate",    "sailthru.date", "parsely-pub-date", NULL};
    xmlChar *content = attribute(node, "content"), *property = attribute(node, "property");
    xmlChar *name = attribute(node, "name"), *item = attribute(node, "itemprop");
    const char *value = (const char *)content;
    static const char *const article[] = {"article:published_time", "og:published_time", NULL};
    static const char *const title[] = {"og:title", NULL}, *const locale[] = {"og:locale", NULL};
    if (is_one_of(property, article) || is_one_of(name, article)) take_date(f, value, DATE_ARTICLE);
    if (is_one_of(name, dates) || is_one_of(item, dates)) take_date(f, value, DATE_META);
    if (is_one_of(property, title) && value && !f->title_from_graph) {
        take_title(f, value);
        f->title_from_graph = f->meta->title[0] != '\0';
    }
    if (is_one_of(property, locale)) take_lang(f, value);
    static const char *const site[] = {"og:site_name", NULL}, *const address[] = {"og:url", NULL};
    static const char *const publishers[] = {"publisher",          "dc.publisher",     "dcterms.publisher",
                                             "citation_publisher", "application-name", NULL};
    if (is_one_of(property, site)) take_publisher(f, value, PUBLISHER_SITE);
    if (is_one_of(name, publishers)) take_publisher(f, value, PUBLISHER_META);
    if (is_one_of(property, address)) take_address(f, value, false);
    xmlFree(content);
    xmlFree(property);
    xmlFree(name);
    xmlFree(item);
}

/* datePublished of the first object that has one, at most a few levels down (@graph, arrays). */
static const char *linked_date(const json_t *value, unsigned depth) {
    if (depth > 4) return NULL;
    const char *found = json_string_value(json_object_get(value, "datePublished"));
    if (found) return found;
    if (json_is_object(value)) return linked_date(json_object_get(value, "@graph"), depth + 1);
    for (size_t i = 0; i < json_array_size(value) && !found; i++)
        found = linked_date(json_array_get(value, i), depth + 1);
    return found;
}

/* The name of the publisher of the first object that has one. */
static const char *linked_publisher(const json_t *value, unsigned depth) {
    if (depth > 4) return NULL;
    const json_t *publisher = json_object_get(value, "publisher");
    if (json_is_array(publisher)) publisher = json_array_get(publisher, 0);
    const char *found = json_string_value(json_object_get(publisher, "name"));
    if (found) return found;
    if (json_is_object(value)) return linked_publisher(json_object_get(value, "@graph"), depth + 1);
    for (size_t i = 0; i < json_array_size(value) && !found; i++)
        found = linked_publisher(json_array_get(value, i), depth + 1);
    return found;
}

static void read_script(finder *f, const xmlNode *node) {
    xmlChar *type = attribute(node, "type");
    static const char *const linked[] = {"application/ld+json", NULL};
    xmlChar *content = is_one_of(type, linked) ? xmlNodeGetContent(node) : NULL;
    if (content) {
        json_error_t ignored;
        json_t *data = json_loadb((const char *)content, strlen((const char *)content),
                                  JSON_DISABLE_EOF_CHECK, &ignored);
        take_date(f, linked_date(data, 0), DATE_LINKED_DATA);
        take_publisher(f, linked_publisher(data, 0), PUBLISHER_LINKED_DATA);
        json_decref(data);
    }
    xmlFree(content);
    xmlFree(type);
}

static void read_element(finder *f, const xmlNode *node) {
    if (xmlStrEqual(node->name, BAD_CAST "meta")) read_meta(f, node);
    if (xmlStrEqual(node->name, BAD_CAST "script")) read_script(f, node);
    if (xmlStrEqual(node->name, BAD_CAST "title") && !f->meta->title[0]) {
        xmlChar *content = xmlNodeGetContent(node);
        take_title(f, (const char *)content);
        xmlFree(content);
    }
    if (xmlStrEqual(node->name, BAD_CAST "time")) {
        xmlChar *value = attribute(node, "datetime");
        take_date(f, (const char *)value, DATE_ELEMENT);
        xmlFree(value);
    }
    if (xmlStrEqual(node->name, BAD_CAST "link")) {
        static const char *const canonical[] = {"canonical", NULL};
        xmlChar *rel = attribute(node, "rel"), *href = attribute(node, "href");
        if (is_one_of(rel, canonical)) take_address(f, (const char *)href, true);
        xmlFree(rel);
        xmlFree(href);
    }
    if (xmlStrEqual(node->name, BAD_CAST "html")) {
        xmlChar *value = attribute(node, "lang");
        take_lang(f, (const char *)value);
        xmlFree(value);
    }
}

void gr_read_page_meta(const void *root, gr_page_meta *meta) {
    finder f = {.meta = meta, .date_from = DATE_NONE, .publisher_from = PUBLISHER_NONE};
    unsigned depth = 0;
    for (const xmlNode *node = root; node;) {
        if (node->type == XML_ELEMENT_NODE) read_element(&f, node);
        if (node->type == XML_ELEMENT_NODE && node->children && depth < GR_MAX_HTML_DEPTH) {
            node = node->children;
            depth++;
            continue;
        }
        while (node != root && !node->next) {
            node = node->parent;
            depth--;
        }
        node = node == root ? NULL : node->next;
    }
}
