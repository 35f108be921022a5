/* Mail (RFC 5322, MIME) and mbox files: the text of a mail is a document, and so is each attachment. */
#include "read/mime.h"
#include "read/parts_internal.h"

#include "base/limits.h"

typedef struct mail {
    gr_unpacking *u;
    const gr_reading *of; /* name of the mail */
    gr_buffer text;       /* of its own parts */
    gr_buffer title, sender, charset;
    char day[11], lang[4];
    uint32_t bad_bytes;
    unsigned parts;
    gr_slice bytes;
} mail;

static gr_status read_entity(mail *m, gr_slice entity, unsigned depth, gr_error *err);

/* Lines that a mail program broke are joined again (RFC 3676, 4.1). */
static void unflow(gr_buffer *text) {
    size_t n = 0;
    for (size_t i = 0; i < text->len; i++) {
        char c = text->ptr[i];
        if (c == '\r' && i + 1 < text->len && text->ptr[i + 1] == '\n') continue;
        bool quoted_next = i + 1 < text->len && text->ptr[i + 1] == '>';
        bool signature =
            n >= 3 && memcmp(text->ptr + n - 3, "-- ", 3) == 0 && (n == 3 || text->ptr[n - 4] == '\n');
        if (c == '\n' && n && text->ptr[n - 1] == ' ' && !quoted_next && !signature) continue;
        text->ptr[n++] = c;
    }
    text->len = n;
}

static gr_status add_part_text(mail *m, gr_slice bytes, gr_slice type_value, bool html, gr_error *err) {
    gr_buffer decoded = {0}, flowed = {0};
    gr_buffer_clear(&m->charset);
    gr_mime_parameter(type_value, "charset", &m->charset);
    uint32_t bad = 0;
    gr_status status = gr_add_decoded(bytes, gr_buffer_slice(&m->charset), &decoded, &bad, err);
    m->bad_bytes += bad;
    if (gr_mime_parameter(type_value, "format", &flowed) && gr_mime_same(gr_buffer_slice(&flowed), "flowed"))
        unflow(&decoded);
    if (m->text.len) gr_buffer_add(&m->text, GR_S("\n\n"));
    gr_slice body = gr_buffer_slice(&decoded);
    if (status == GR_OK && html)
        status = gr_add_marked_up(body, &m->text, err);
    else if (status == GR_OK)
        gr_buffer_add(&m->text, gr_trim(body));
    gr_buffer_free(&decoded);
    gr_buffer_free(&flowed);
    return status;
}

/* Tells of an attachment what is known: the mail's day and sender, and its own name. */
static gr_status read_attachment(mail *m, gr_slice bytes, gr_slice file_name, gr_error *err) {
    gr_buffer name = {0};
    gr_stream in = gr_stream_of(bytes);
    gr_reading part = *m->of;
    part.published = gr_slice_of(m->day);
    part.publisher = gr_buffer_slice(&m->sender);
    part.name = gr_part_name(&name, m->of->name, file_name.len ? 0 : m->parts, file_name);
    gr_status status = name.failed ? gr_out_of_memory(err) : gr_read_inner(m->u, &in, &part, err);
    gr_buffer_free(&name);
    return status;
}

static bool is_document(gr_slice bytes, const gr_maps *maps) {
    gr_input_kind kind = gr_sniff(gr_sub(bytes, 0, GR_MAX_STREAM_HEAD_B), maps);
    return kind != GR_INPUT_BINARY && kind != GR_INPUT_XML && bytes.len;
}

/* Pictures, signatures and calendars are no reports and are passed over; other binary data is set aside. */
static bool passed_over(gr_slice type, gr_slice bytes, const gr_maps *maps) {
    bool known = gr_starts(type, GR_S("image/")) || gr_starts(type, GR_S("audio/")) ||
                 gr_starts(type, GR_S("video/")) || gr_is(type, "application/pgp-signature") ||
                 gr_is(type, "application/pkcs7-signature") || gr_is(type, "text/calendar") ||
                 gr_is(type, "text/x-vcard") || gr_is(type, "text/vcard");
    return known || (gr_starts(type, GR_S("text/x-amp")) && !is_document(bytes, maps));
}

static gr_status read_leaf(mail *m, gr_slice head, gr_slice body, gr_slice type, gr_error *err) {
    gr_buffer bytes = {0}, name = {0};
    gr_slice disposition = gr_mime_header(head, "content-disposition");
    gr_slice type_value = gr_mime_header(head, "content-type");
    char how[64];
    gr_mime_type(disposition, how);
    if (!gr_mime_parameter(disposition, "filename", &name)) gr_mime_parameter(type_value, "name", &name);
    gr_mime_decode(body, gr_mime_header(head, "content-transfer-encoding"), &bytes);
    bool attached = gr_is(gr_slice_of(how), "attachment") || name.len;
    bool plain = gr_is(type, "text/plain"), html = gr_is(type, "text/html");
    gr_status status = GR_OK;
    if (bytes.failed)
        status = gr_out_of_memory(err);
    else if ((plain || html) && !attached)
        status = add_part_text(m, gr_buffer_slice(&bytes), type_value, html, err);
    else if (bytes.len && !passed_over(type, gr_buffer_slice(&bytes), m->u->maps))
        status = read_attachment(m, gr_buffer_slice(&bytes), gr_buffer_slice(&name), err);
    gr_buffer_free(&bytes);
    gr_buffer_free(&name);
    return status;
}

/* The next part behind a line of the boundary; *rest moves behind the line that ends it. What is left of a
 * mail that was cut off counts as a part. */
static bool next_part(gr_slice *rest, gr_slice boundary, bool *begun, gr_slice *part) {
    const char *begin = rest->ptr, *end = rest->len ? rest->ptr + rest->len : NULL;
    while (rest->len) {
        const char *at = rest->ptr;
        gr_slice line = gr_cut(rest, '\n');
        if (!gr_starts(line, GR_S("--")) || !gr_starts(gr_sub(line, 2, line.len), boundary)) continue;
        bool found = *begun;
        *part = (gr_slice){begin, (size_t)(at - begin)};
        *begun = true;
        begin = rest->ptr;
        if (gr_starts(gr_sub(line, 2 + boundary.len, line.len), GR_S("--"))) *rest = GR_S("");
        if (found) return true;
        if (!rest->len) return false;
    }
    if (!*begun || !begin || !end || begin >= end) return false;
    *part = (gr_slice){begin, (size_t)(end - begin)};
    return true;
}

/* Of alternatives the plain text is the best, then the page. */
static unsigned rank_of(gr_slice part) {
    gr_slice head, body;
    char type[64];
    gr_mime_cut(part, &head, &body);
    gr_mime_type(gr_mime_header(head, "content-type"), type);
    gr_slice t = gr_slice_of(type);
    bool blank = gr_trim(body).len == 0;
    if (gr_is(t, "text/plain") || !t.len) return blank ? 1 : 4;
    if (gr_starts(t, GR_S("multipart/"))) return 3;
    return gr_is(t, "text/html") ? 2 : 0;
}

static gr_status read_multipart(mail *m, gr_slice body, gr_slice boundary, bool alternative, unsigned depth,
                                gr_error *err) {
    gr_slice rest = body, part, best = {0};
    bool begun = false;
    unsigned best_rank = 0;
    gr_status status = GR_OK;
    while (status == GR_OK && !m->u->stopped && next_part(&rest, boundary, &begun, &part)) {
        if (++m->parts > GR_MAX_MIME_PARTS)
            return gr_fail(err, GR_TOO_LARGE, NULL, "holds more than %u parts", GR_MAX_MIME_PARTS);
        unsigned rank = alternative ? rank_of(part) : 0;
        if (!alternative)
            status = read_entity(m, part, depth + 1, err);
        else if (rank > best_rank || !best.ptr) {
            best = part;
            best_rank = rank;
        }
    }
    if (status == GR_OK && best.ptr) status = read_entity(m, best, depth + 1, err);
    return status;
}

static gr_status read_entity(mail *m, gr_slice entity, unsigned depth, gr_error *err) {
    gr_slice head, body;
    char type[64];
    if (depth > 16) return gr_fail(err, GR_TOO_LARGE, NULL, "nests parts deeper than 16");
    gr_mime_cut(entity, &head, &body);
    gr_slice type_value = gr_mime_header(head, "content-type");
    gr_mime_type(type_value, type);
    gr_slice t = type[0] ? gr_slice_of(type) : GR_S("text/plain");
    gr_buffer boundary = {0};
    gr_status status;
    if (gr_starts(t, GR_S("multipart/")) && gr_mime_parameter(type_value, "boundary", &boundary) &&
        boundary.len)
        status = read_multipart(m, body, gr_buffer_slice(&boundary), gr_is(t, "multipart/alternative"), depth,
                                err);
    else if (gr_is(t, "message/rfc822"))
        status = read_attachment(m, body, GR_S(""), err);
    else
        status = read_leaf(m, head, body, t, err);
    gr_buffer_free(&boundary);
    return status;
}

/* "Cellule d'information <info@example.org>" -> the name, or the address where there is none. */
static void take_sender(gr_slice value, gr_buffer *out) {
    gr_buffer all = {0};
    gr_mime_words(value, &all);
    gr_slice s = gr_buffer_slice(&all);
    const char *angle = s.len ? memchr(s.ptr, '<', s.len) : NULL;
    gr_slice name = angle ? gr_trim(gr_sub(s, 0, (size_t)(angle - s.ptr))) : s;
    if (gr_starts(name, GR_S("\"")) && gr_ends(name, GR_S("\"")) && name.len > 1)
        name = gr_sub(name, 1, name.len - 1);
    if (!name.len && angle) name = gr_sub(s, (size_t)(angle - s.ptr) + 1, s.len);
    if (gr_ends(name, GR_S(">"))) name.len--;
    gr_one_line(out, name);
    gr_buffer_free(&all);
}

static gr_status give_mail(mail *m, gr_error *err) {
    gr_buffer text = {0};
    gr_join_title(&text, gr_buffer_slice(&m->title), gr_trim(gr_buffer_slice(&m->text)));
    gr_status status = GR_OK;
    if (text.failed || m->text.failed)
        status = gr_out_of_memory(err);
    else
        status = gr_give(m->u, m->of,
                         (gr_reading){.format = GR_FORMAT_MAIL,
                                      .name = m->of->name,
                                      .bytes = m->bytes,
                                      .text = gr_buffer_slice(&text),
                                      .title = gr_buffer_slice(&m->title),
                                      .published = gr_slice_of(m->day),
                                      .publisher = gr_buffer_slice(&m->sender),
                                      .lang = gr_slice_of(m->lang),
                                      .bad_bytes = m->bad_bytes});
    gr_buffer_free(&text);
    return status;
}

static gr_status read_one(gr_unpacking *u, gr_slice bytes, const gr_reading *of, gr_error *err) {
    mail m = {.u = u, .of = of, .bytes = bytes};
    gr_slice head, body;
    gr_mime_cut(bytes, &head, &body);
    gr_buffer words = {0};
    gr_mime_words(gr_mime_header(head, "subject"), &words);
    gr_one_line(&m.title, gr_buffer_slice(&words));
    gr_buffer_free(&words);
    take_sender(gr_mime_header(head, "from"), &m.sender);
    gr_take_day(gr_mime_header(head, "date"), m.day);
    gr_take_lang(gr_mime_header(head, "content-language"), m.lang);
    gr_status status = read_entity(&m, bytes, 0, err);
    /* A mail that only carries attachments has no text of its own. */
    if (status == GR_OK && (gr_trim(gr_buffer_slice(&m.text)).len || !m.parts)) status = give_mail(&m, err);
    gr_buffer_free(&m.text);
    gr_buffer_free(&m.title);
    gr_buffer_free(&m.sender);
    gr_buffer_free(&m.charset);
    return status;
}

gr_status gr_read_mail(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    gr_slice bytes;
    gr_status status = gr_stream_all(in, GR_MAX_DOCUMENT_B, &bytes, err);
    return status == GR_OK ? read_one(u, bytes, of, err) : status;
}

/* A line "From sender Sat Feb 10 ..." that begins a mail: an empty line stands before it. */
static bool begins_mail(gr_slice line, bool after_blank) {
    unsigned colons = 0;
    if (!after_blank || !gr_starts(line, GR_S("From "))) return false;
    for (size_t i = 0; i < line.len; i++) colons += line.ptr[i] == ':';
    return colons >= 2 && line.len < 200;
}

static gr_status read_of_box(gr_unpacking *u, gr_slice bytes, uint64_t number, const gr_reading *of,
                             gr_error *err) {
    gr_buffer name = {0};
    gr_error why = {0};
    gr_reading part = *of;
    part.name = gr_part_name(&name, of->name, number, GR_S(""));
    gr_status status = read_one(u, bytes, &part, &why);
    if (status != GR_OK) status = gr_set_aside(u, part.name, &why, err);
    gr_buffer_free(&name);
    return status;
}

/* ">From" at the beginning of a line was "From" (mboxrd). */
static void add_line(gr_buffer *into, gr_slice line) {
    size_t quotes = 0;
    while (quotes < line.len && line.ptr[quotes] == '>') quotes++;
    if (quotes && gr_starts(gr_sub(line, quotes, line.len), GR_S("From "))) line = gr_sub(line, 1, line.len);
    gr_buffer_add(into, line);
    gr_buffer_byte(into, '\n');
}

gr_status gr_read_mbox(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    gr_buffer one = {.limit_b = GR_MAX_DOCUMENT_B};
    gr_slice line;
    gr_status status = GR_OK;
    uint64_t number = 0;
    bool after_blank = true;
    while (status == GR_OK && !u->stopped && gr_stream_line(in, GR_MAX_DOCUMENT_B, &line)) {
        if (begins_mail(line, after_blank)) {
            if (number) status = read_of_box(u, gr_buffer_slice(&one), number, of, err);
            gr_buffer_clear(&one);
            number++;
        } else {
            add_line(&one, line);
        }
        if (one.failed)
            return gr_buffer_free(&one), gr_fail(err, GR_TOO_LARGE, NULL, "holds a mail that is too long");
        after_blank = line.len == 0;
    }
    if (status == GR_OK) status = gr_stream_status(in, err);
    if (status == GR_OK && number && !u->stopped)
        status = read_of_box(u, gr_buffer_slice(&one), number, of, err);
    gr_buffer_free(&one);
    return status;
}
