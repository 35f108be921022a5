/* Archives and packed streams, through libarchive, which never sees more than the stream. */
#include "read/parts_internal.h"

#include "base/limits.h"

#include <archive.h>
#include <archive_entry.h>

/* What libarchive pulls its bytes from, and where the first failure is kept. */
typedef struct puller {
    gr_stream *in;
    size_t lent; /* of the stream, still in libarchive's hands */
} puller;

static la_ssize_t pull(struct archive *archive, void *context, const void **bytes) {
    puller *p = context;
    (void)archive;
    gr_stream_skip(p->in, p->lent);
    gr_slice next = gr_stream_peek(p->in, 1);
    next = gr_stream_peek(p->in, p->in->end - p->in->begin);
    p->lent = next.len;
    *bytes = next.ptr;
    return (la_ssize_t)next.len;
}

static gr_status told(struct archive *archive, gr_error *err) {
    const char *reason = archive ? archive_error_string(archive) : "out of memory";
    return gr_fail(err, GR_BAD_INPUT, NULL, "cannot be unpacked (%.200s)", reason ? reason : "damaged");
}

/* The bytes of the entry at hand, as a stream. */
typedef struct entry_reader {
    struct archive *archive;
    gr_unpacking *u;
} entry_reader;

static size_t read_entry(void *context, char *into, size_t room, gr_error *err) {
    entry_reader *r = context;
    la_ssize_t got = archive_read_data(r->archive, into, room);
    if (got < 0) {
        told(r->archive, err);
        return 0;
    }
    return gr_count_unpacked(r->u, (size_t)got, err) == GR_OK ? (size_t)got : 0;
}

static struct archive *open_packed(puller *p, gr_error *err) {
    struct archive *archive = archive_read_new();
    if (archive && archive_read_support_filter_gzip(archive) >= ARCHIVE_WARN &&
        archive_read_support_filter_bzip2(archive) >= ARCHIVE_WARN &&
        archive_read_support_filter_xz(archive) >= ARCHIVE_WARN &&
        archive_read_support_filter_zstd(archive) >= ARCHIVE_WARN &&
        archive_read_support_format_raw(archive) == ARCHIVE_OK &&
        archive_read_open(archive, p, NULL, pull, NULL) == ARCHIVE_OK) {
        struct archive_entry *entry;
        if (archive_read_next_header(archive, &entry) == ARCHIVE_OK) return archive;
    }
    told(archive, err);
    archive_read_free(archive);
    return NULL;
}

gr_status gr_read_packed(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    puller from = {in, 0};
    struct archive *archive = open_packed(&from, err);
    if (!archive) return GR_BAD_INPUT;
    entry_reader reader = {archive, u};
    gr_stream inner = {.more = read_entry, .context = &reader};
    /* What is packed is what the input is: it keeps the name, and fails as the input. */
    gr_status status = GR_OK;
    if (u->depth == GR_MAX_UNPACK_DEPTH)
        status = gr_fail(err, GR_TOO_LARGE, NULL, "is packed more than %u times", GR_MAX_UNPACK_DEPTH);
    u->depth++;
    if (status == GR_OK) status = gr_read_parts(u, &inner, of, err);
    u->depth--;
    gr_stream_close(&inner);
    archive_read_free(archive);
    return status;
}

gr_status gr_unpack_all(gr_unpacking *u, gr_slice packed, gr_buffer *out, gr_error *err) {
    gr_stream in = gr_stream_of(packed);
    puller from = {&in, 0};
    struct archive *archive = open_packed(&from, err);
    if (!archive) return GR_BAD_INPUT;
    entry_reader reader = {archive, u};
    gr_stream inner = {.more = read_entry, .context = &reader};
    gr_slice all;
    gr_status status = gr_stream_all(&inner, GR_MAX_DOCUMENT_B, &all, err);
    if (status == GR_OK) gr_buffer_add(out, all);
    gr_stream_close(&inner);
    archive_read_free(archive);
    return status == GR_OK && out->failed ? gr_out_of_memory(err) : status;
}

/* An archive that is walked through. Where all of it is in memory it is opened as such: the directory at the
 * end of a ZIP file is then believed, not the headers on the way. */
static struct archive *open_archive(puller *p, gr_slice whole, gr_error *err) {
    struct archive *archive = archive_read_new();
    if (archive && archive_read_support_format_zip(archive) == ARCHIVE_OK &&
        archive_read_support_format_tar(archive) == ARCHIVE_OK &&
        (whole.len ? archive_read_open_memory(archive, whole.ptr, whole.len)
                   : archive_read_open(archive, p, NULL, pull, NULL)) == ARCHIVE_OK)
        return archive;
    told(archive, err);
    archive_read_free(archive);
    return NULL;
}

static gr_slice name_of(struct archive_entry *entry) {
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    return name ? gr_slice_of(name) : GR_S("?");
}

/* What systems put beside one's own files. */
static bool is_litter(gr_slice name) {
    return gr_starts(name, GR_S("__MACOSX/")) || gr_ends(name, GR_S(".DS_Store")) ||
           gr_ends(name, GR_S("Thumbs.db"));
}

static gr_status read_member(gr_unpacking *u, struct archive *archive, const gr_reading *of, gr_error *err) {
    entry_reader reader = {archive, u};
    gr_stream inner = {.more = read_entry, .context = &reader};
    gr_status status = gr_read_inner(u, &inner, of, err);
    gr_stream_close(&inner);
    return status;
}

static gr_status walk(gr_unpacking *u, struct archive *archive, const gr_reading *of, gr_error *err) {
    gr_buffer name = {0};
    gr_status status = GR_OK;
    while (status == GR_OK && !u->stopped) {
        struct archive_entry *entry;
        int code = archive_read_next_header(archive, &entry);
        if (code == ARCHIVE_EOF) break;
        if (code < ARCHIVE_WARN) {
            status = told(archive, err);
            break;
        }
        gr_slice member = name_of(entry);
        if (archive_entry_filetype(entry) != AE_IFREG || is_litter(member)) continue;
        gr_reading part = *of;
        part.name = gr_part_name(&name, of->name, 0, member);
        status = name.failed ? gr_out_of_memory(err) : read_member(u, archive, &part, err);
    }
    gr_buffer_free(&name);
    return status;
}

/* What an office document keeps in its archive. */
static const struct {
    gr_format format;
    const char *content, *meta;
} offices[] = {{GR_FORMAT_DOCX, "word/document.xml", "docProps/core.xml"},
               {GR_FORMAT_ODT, "content.xml", "meta.xml"}};

typedef struct office_parts {
    gr_buffer content[2], meta[2]; /* as in the table */
    const char *other;             /* an office document that is not one of text */
} office_parts;

static gr_status keep(gr_unpacking *u, struct archive *archive, gr_buffer *into, gr_error *err) {
    entry_reader reader = {archive, u};
    gr_stream inner = {.more = read_entry, .context = &reader};
    gr_slice all;
    gr_status status = gr_stream_all(&inner, GR_MAX_DOCUMENT_B, &all, err);
    gr_buffer_clear(into);
    if (status == GR_OK) gr_buffer_add(into, all);
    gr_stream_close(&inner);
    return status == GR_OK && into->failed ? gr_out_of_memory(err) : status;
}

static gr_status collect(gr_unpacking *u, struct archive *archive, office_parts *parts, gr_error *err) {
    gr_status status = GR_OK;
    while (status == GR_OK) {
        struct archive_entry *entry;
        int code = archive_read_next_header(archive, &entry);
        if (code == ARCHIVE_EOF) break;
        if (code < ARCHIVE_WARN) return told(archive, err);
        gr_slice name = name_of(entry);
        if (gr_is(name, "xl/workbook.xml")) parts->other = "a spreadsheet (XLSX)";
        if (gr_is(name, "ppt/presentation.xml")) parts->other = "a presentation (PPTX)";
        for (size_t i = 0; i < 2 && status == GR_OK; i++) {
            if (gr_is(name, offices[i].content))
                status = keep(u, archive, &parts->content[i], err);
            else if (gr_is(name, offices[i].meta))
                status = keep(u, archive, &parts->meta[i], err);
        }
    }
    return status;
}

/* The first member tells an office document from an archive: both standards put it there. */
static bool begins_office(gr_slice whole) {
    if (whole.len <= 60) return false;
    gr_slice name = gr_sub(whole, 30, 30 + (size_t)(unsigned char)whole.ptr[26]);
    return (gr_is(name, "[Content_Types].xml") || gr_is(name, "mimetype") ||
            gr_starts(name, GR_S("_rels/")) || gr_starts(name, GR_S("word/")) ||
            gr_starts(name, GR_S("docProps/")));
}

static gr_status read_office_archive(gr_unpacking *u, gr_slice whole, const gr_reading *of, bool *is_one,
                                     gr_error *err) {
    struct archive *archive = open_archive(NULL, whole, err);
    if (!archive) return GR_BAD_INPUT;
    office_parts parts = {0};
    gr_status status = collect(u, archive, &parts, err);
    archive_read_free(archive);
    int found = parts.content[0].len ? 0 : parts.content[1].len ? 1 : -1;
    *is_one = status != GR_OK || found >= 0 || parts.other;
    if (status == GR_OK && parts.other)
        status = gr_fail(err, GR_BAD_INPUT, NULL, "seems to be %s; export its text first", parts.other);
    else if (status == GR_OK && found >= 0)
        status = gr_read_office(u, offices[found].format, gr_buffer_slice(&parts.content[found]),
                                gr_buffer_slice(&parts.meta[found]), whole, of, err);
    for (size_t i = 0; i < 2; i++) {
        gr_buffer_free(&parts.content[i]);
        gr_buffer_free(&parts.meta[i]);
    }
    return status;
}

gr_status gr_read_archive(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    bool zip = gr_starts(gr_stream_peek(in, 2), GR_S("PK")), is_office = false;
    gr_slice whole = zip ? gr_stream_peek(in, GR_MAX_DOCUMENT_B + 1) : GR_S("");
    if (in->error.status != GR_OK) return gr_stream_status(in, err);
    if (whole.len > GR_MAX_DOCUMENT_B) whole = GR_S("");
    if (whole.len && begins_office(whole)) {
        gr_status status = read_office_archive(u, whole, of, &is_office, err);
        if (is_office || status != GR_OK) return status;
    }
    puller from = {in, 0};
    struct archive *archive = open_archive(&from, whole, err);
    if (!archive) return GR_BAD_INPUT;
    gr_status status = walk(u, archive, of, err);
    archive_read_free(archive);
    return status;
}
