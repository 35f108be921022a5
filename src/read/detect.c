/* What an input is, by content. */
#include "base/limits.h"
#include "read/formats.h"
#include "read/parts.h"

static gr_slice skip_blanks(gr_slice s) {
    if (gr_starts(s, GR_S("\xEF\xBB\xBF"))) s = gr_sub(s, 3, s.len);
    while (s.len && (unsigned char)s.ptr[0] <= ' ') s = gr_sub(s, 1, s.len);
    return s;
}

/* A name behind "<", without its namespace's prefix. */
static gr_slice root_name(gr_slice s) {
    for (unsigned i = 0; i < 16 && s.len; i++) {
        s = skip_blanks(s);
        if (!gr_starts(s, GR_S("<"))) break;
        bool comment = gr_starts(s, GR_S("<!--"));
        if (s.len > 1 && s.ptr[1] != '?' && s.ptr[1] != '!') {
            size_t end = 1, begin = 1;
            while (end < s.len && (unsigned char)s.ptr[end] > ' ' && s.ptr[end] != '>' && s.ptr[end] != '/')
                if (s.ptr[end++] == ':') begin = end;
            return gr_sub(s, begin, end);
        }
        const char *close = memchr(s.ptr, '>', s.len);
        while (close && comment && (close - s.ptr < 6 || close[-1] != '-' || close[-2] != '-'))
            close = memchr(close + 1, '>', (size_t)(s.ptr + s.len - close - 1));
        if (!close) break;
        s = gr_sub(s, (size_t)(close - s.ptr) + 1, s.len);
    }
    return GR_S("");
}

static bool is_json(gr_slice s) {
    s = skip_blanks(s);
    char first = s.len ? s.ptr[0] : 0;
    gr_slice inside = first == '{' || first == '[' ? skip_blanks(gr_sub(s, 1, s.len)) : GR_S("");
    if (!inside.len) return false;
    return first == '{' ? inside.ptr[0] == '"' : inside.ptr[0] == '{';
}

/* A header's name at the beginning of a line, or an empty slice. */
static gr_slice header_name(gr_slice line) {
    size_t n = 0;
    while (n < line.len && line.ptr[n] > ' ' && line.ptr[n] < 127 && line.ptr[n] != ':') n++;
    return n && n < line.len && line.ptr[n] == ':' ? gr_sub(line, 0, n) : GR_S("");
}

static bool same_word(gr_slice a, const char *lower) {
    size_t n = strlen(lower);
    if (a.len != n) return false;
    for (size_t i = 0; i < n; i++)
        if ((a.ptr[i] >= 'A' && a.ptr[i] <= 'Z' ? a.ptr[i] + 32 : a.ptr[i]) != lower[i]) return false;
    return true;
}

/* Mail has a sender and what only mail programs write; a memo that begins with From and Date has not. */
static bool is_mail(gr_slice s) {
    static const char *const technical[] = {"message-id",   "mime-version", "received",      "return-path",
                                            "delivered-to", "content-type", "x-mailer",      "dkim-signature",
                                            "in-reply-to",  "reply-to",     "x-original-to", "list-id"};
    bool sender = false, marked = false;
    for (unsigned lines = 0; s.len && lines < 200; lines++) {
        gr_slice line = gr_cut(&s, '\n');
        if (gr_trim(line).len == 0) break;
        if (line.ptr[0] == ' ' || line.ptr[0] == '\t') {
            if (!lines) return false;
            continue;
        }
        gr_slice name = header_name(line);
        if (!name.len) return false;
        sender = sender || same_word(name, "from");
        for (size_t i = 0; i < sizeof technical / sizeof *technical; i++)
            marked = marked || same_word(name, technical[i]);
    }
    return sender && marked;
}

static bool is_mbox(gr_slice s) {
    if (!gr_starts(s, GR_S("From "))) return false;
    gr_slice first = gr_cut(&s, '\n');
    unsigned colons = 0; /* of the time of day */
    for (size_t i = 0; i < first.len; i++) colons += first.ptr[i] == ':';
    return colons >= 2 && first.len < 200 && header_name(gr_cut(&s, '\n')).len;
}

static bool is_tar(gr_slice s) {
    return s.len >= 512 && gr_eq(gr_sub(s, 257, 262), GR_S("ustar"));
}

static bool is_packed(gr_slice s) {
    return gr_starts(s, GR_S("\037\213")) || gr_starts(s, GR_S("\050\265\057\375")) ||
           gr_starts(s, GR_S("\3757zXZ\0")) ||
           (gr_starts(s, GR_S("BZh")) && s.len > 9 &&
            gr_eq(gr_sub(s, 4, 10), GR_S("\x31\x41\x59\x26\x53\x59")));
}

static gr_input_kind sniff_xml(gr_slice head) {
    gr_slice root = root_name(head);
    if (same_word(root, "html")) return GR_INPUT_HTML;
    if (gr_is(root, "rss") || gr_is(root, "feed") || gr_is(root, "RDF")) return GR_INPUT_FEED;
    return gr_starts(skip_blanks(head), GR_S("<?xml")) ? GR_INPUT_XML : GR_INPUT_TEXT;
}

gr_input_kind gr_sniff(gr_slice head, const gr_maps *maps) {
    if (gr_starts(head, GR_S("%PDF-"))) return GR_INPUT_PDF;
    if (gr_starts(head, GR_S("{\\rtf"))) return GR_INPUT_RTF;
    if (gr_starts(head, GR_S("PK\003\004")) || gr_starts(head, GR_S("PK\005\006"))) return GR_INPUT_ZIP;
    if (is_packed(head)) return GR_INPUT_PACKED;
    if (is_tar(head)) return GR_INPUT_TAR;
    if (gr_starts(head, GR_S("WARC/1.")) || gr_starts(head, GR_S("WARC/0."))) return GR_INPUT_WARC;
    if (gr_name_binary(head)) return GR_INPUT_BINARY;
    if (is_mbox(head)) return GR_INPUT_MBOX;
    gr_input_kind xml = sniff_xml(head);
    if (xml == GR_INPUT_FEED || xml == GR_INPUT_HTML) return xml;
    if (gr_looks_like_html(head)) return GR_INPUT_HTML;
    if (xml != GR_INPUT_TEXT) return xml;
    if (is_json(head)) return GR_INPUT_JSON;
    if (is_mail(head)) return GR_INPUT_MAIL;
    if (gr_is_table(head, maps)) return GR_INPUT_TABLE;
    return GR_INPUT_TEXT;
}

bool gr_input_streams(gr_input_kind kind) {
    return kind == GR_INPUT_PACKED || kind == GR_INPUT_ZIP || kind == GR_INPUT_TAR || kind == GR_INPUT_WARC ||
           kind == GR_INPUT_JSON || kind == GR_INPUT_TABLE || kind == GR_INPUT_MBOX;
}
