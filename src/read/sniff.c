#include "read/formats.h"

#define LOOK_B 4096u /* the part of a file that is looked at */

static const struct {
    const char *bytes;
    size_t len;
    const char *name;
} signatures[] = {
    {"%PDF-", 5, "a PDF file"},
    {"PK\003\004", 4, "a ZIP archive or an office document (DOCX, XLSX, ODT)"},
    {"PK\005\006", 4, "an empty ZIP archive"},
    {"\177ELF", 4, "a program (ELF)"},
    {"MZ\220\000", 4, "a Windows program"},
    {"\211PNG\r\n\032\n", 8, "a PNG image"},
    {"\377\330\377", 3, "a JPEG image"},
    {"GIF87a", 6, "a GIF image"},
    {"GIF89a", 6, "a GIF image"},
    {"II*\000", 4, "a TIFF image"},
    {"MM\000*", 4, "a TIFF image"},
    {"\037\213", 2, "gzip-compressed data"},
    {"\375"
     "7zXZ\000",
     6, "xz-compressed data"},
    {"\050\265\057\375", 4, "zstd-compressed data"},
    {"BZh", 3, "bzip2-compressed data"},
    {"7z\274\257\047\034", 6, "a 7-Zip archive"},
    {"Rar!\032\007", 6, "a RAR archive"},
    {"\320\317\021\340\241\261\032\341", 8, "an old office document (DOC, XLS, PPT)"},
    {"{\\rtf", 5, "an RTF document"},
    {"SQLite format 3", 16, "an SQLite database"},
    {"OggS", 4, "an Ogg recording"},
    {"ID3", 3, "an MP3 recording"},
    {"\000\000\001\000", 4, "an icon"},
};

/* Control characters that no text holds, in per cent of the bytes looked at, from which data is binary. */
#define CONTROL_PERCENT_MAX 5u

static size_t count_controls(gr_slice head) {
    size_t controls = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        controls += (c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 27) || c == 127;
    }
    return controls;
}

const char *gr_name_binary(gr_slice bytes) {
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (gr_starts(bytes, (gr_slice){signatures[i].bytes, signatures[i].len})) return signatures[i].name;
    if (bytes.len > 12 && gr_starts(bytes, GR_S("RIFF"))) return "a recording or image (RIFF)";
    if (bytes.len > 8 && gr_eq(gr_sub(bytes, 4, 8), GR_S("ftyp"))) return "a video (MP4)";
    gr_slice encoding = gr_slice_of(gr_guess_encoding(bytes));
    if (gr_starts(encoding, GR_S("utf-16"))) return NULL;
    gr_slice head = gr_sub(bytes, 0, LOOK_B);
    if (memchr(head.ptr, 0, head.len) || count_controls(head) * 100 > head.len * CONTROL_PERCENT_MAX)
        return "binary data";
    return NULL;
}

static bool same_letters(gr_slice s, const char *lower) {
    size_t length = strlen(lower);
    if (s.len < length) return false;
    for (size_t i = 0; i < length; i++) {
        char c = s.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower[i]) return false;
    }
    return true;
}

/* The first element decides; comments, declarations and white space before it are passed over. */
bool gr_looks_like_html(gr_slice bytes) {
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body", "<title", "<article",
                                         "<meta",          "<div",  "<p>",   "<p ",   "<h1",    "<main",
                                         "<section"};
    gr_slice s = bytes;
    if (gr_starts(s, GR_S("\xEF\xBB\xBF"))) s = gr_sub(s, 3, s.len);
    for (unsigned i = 0; i < 16; i++) {
        while (s.len && (unsigned char)s.ptr[0] <= ' ') s = gr_sub(s, 1, s.len);
        for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
            if (same_letters(s, starts[k])) return true;
        if (!gr_starts(s, GR_S("<!--")) && !gr_starts(s, GR_S("<?xml")) && !gr_starts(s, GR_S("<!DOCTYPE")))
            return false;
        const char *close = memchr(s.ptr, '>', s.len);
        bool comment = gr_starts(s, GR_S("<!--"));
        while (close && comment && (close - s.ptr < 6 || close[-1] != '-' || close[-2] != '-'))
            close = memchr(close + 1, '>', (size_t)(s.ptr + s.len - close - 1));
        if (!close) return false;
        s = gr_sub(s, (size_t)(close - s.ptr) + 1, s.len);
    }
    return false;
}
