/* Reading: encodings, refusals, pages. */
#include "base/os.h"
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/limits.h"

static gr_arena *arena;
static gr_error err;

static int set_up(void **state) {
    (void)state;
    arena = gr_arena_new((size_t)1 << 30);
    return arena ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gr_arena_free(arena);
    return 0;
}

static gr_document read_as(gr_slice bytes, gr_status expected) {
    gr_document document;
    gr_source source = {.name = GR_S("report")};
    gr_arena_reset(arena);
    err = (gr_error){0};
    assert_int_equal(gr_read_document(arena, bytes, GR_FORMAT_AUTO, &source, &document, &err), expected);
    return document;
}

static void expect_text(gr_document document, const char *text) {
    assert_int_equal(document.text.len, strlen(text));
    assert_memory_equal(document.text.ptr, text, document.text.len);
}

static void expect(gr_slice slice, const char *text) {
    assert_true(gr_eq(slice, gr_slice_of(text)));
}

#define READ(literal) read_as(GR_S(literal), GR_OK)

static void plain_utf8_is_the_file(void **state) {
    (void)state;
    gr_slice bytes = GR_S("\xEF\xBB\xBFTillab\xC3\xA9ri\r\nGoma\n");
    gr_document document = read_as(bytes, GR_OK);
    assert_ptr_equal(document.text.ptr, bytes.ptr);
    assert_int_equal(document.text.len, bytes.len);
    assert_int_equal(document.format, GR_FORMAT_TEXT);
    assert_int_equal(document.bad_bytes, 0);
    expect(document.encoding, "utf-8");
    assert_string_equal(document.sha256.hex, document.text_sha256.hex);
}

static void bad_bytes_are_replaced_and_counted(void **state) {
    (void)state;
    gr_document document = READ("Kor\xC3\xA9 and Filingu\xC3\xA9 \xFF\xFE, the camp of Ayorou\xC3");
    assert_int_equal(document.bad_bytes, 3);
    expect_text(document,
                "Kor\xC3\xA9 and Filingu\xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD, the camp of Ayorou\xEF\xBF\xBD");
}

static void western_bytes(void **state) {
    (void)state;
    gr_document document = READ("Arm\xE9"
                                "e du Niger \x96 l\x92op\xE9ration \x80 5");
    expect(document.encoding, "windows-1252");
    expect_text(document, "Armée du Niger – l’opération € 5");
    assert_int_equal(document.bad_bytes, 0);
}

static void utf16(void **state) {
    (void)state;
    expect_text(READ("\xFF\xFEG\0o\0m\0a\0"), "Goma");
    expect_text(READ("\xFE\xFF\0G\0o\0m\0a"), "Goma");
    gr_document document = READ("G\0o\0m\0a\0 \0\xE9\0");
    expect(document.encoding, "utf-16le");
    expect_text(document, "Goma é");
    assert_int_equal(READ("\xFF\xFEG\0\0\xD8m\0").bad_bytes, 2);
}

static void refusals(void **state) {
    static const struct {
        gr_slice bytes;
        const char *names;
    } cases[] = {
        {{"%PDF-1.7 \n", 10}, "PDF"},
        {{"PK\003\004....", 8}, "DOCX"},
        {{"\177ELF\002\001", 6}, "ELF"},
        {{"\211PNG\r\n\032\n", 8}, "PNG"},
        {{"\037\213\010", 3}, "gzip"},
        {{"a\0b\0\0c\001\002", 8}, "binary"},
        {{"\001\002\003\004\005x", 6}, "binary"},
        {{"", 0}, "empty"},
        {{" \r\n\t", 4}, "empty"},
        {{"<html><script>1</script>", 24}, "no text"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_as(cases[i].bytes, GR_BAD_INPUT);
        assert_non_null(strstr(err.message, cases[i].names));
        if (i < 9) assert_string_equal(err.origin, "report");
    }
}

static void too_large(void **state) {
    static char byte = 'a';
    (void)state;
    read_as((gr_slice){&byte, GR_MAX_DOCUMENT_B + 1}, GR_TOO_LARGE); /* refused before a byte is read */
}

static void page_text(void **state) {
    (void)state;
    gr_document document = READ(
        "<!DOCTYPE html><html><head><title>t</title><style>x</style></head><body><nav>Menu</nav><h1>Three "
        "killed"
        "</h1><p>The  <b>army</b>\n said<br>so.&nbsp;Yes "
        "&lt;&amp;</p><ul><li>one<li><p>two</p></ul><table><tr><th>"
        "Place<th>Killed<tr><td>Sake<td>3</table><pre>a\nb</pre><aside>ad</aside><p hidden>no</p><script>1<"
        "/script><div><div>deep</div></div><footer>end</footer></body></html>");
    assert_int_equal(document.format, GR_FORMAT_HTML);
    expect_text(document,
                "Three killed\n\nThe army said\nso. Yes <&\n\n- one\n- two\n\nPlace | Killed\nSake | 3\n\n"
                "a\nb\n\ndeep");
    assert_int_not_equal(gr_compare(gr_slice_of(document.sha256.hex), gr_slice_of(document.text_sha256.hex)),
                         0);
}

static void page_meta(void **state) {
    (void)state;
    gr_document document =
        READ("<html lang=en-GB><title> Site |\n Killed </title><time datetime=2020-01-01>x</time>");
    expect(document.title, "Site | Killed");
    expect(document.published, "2020-01-01");
    expect(document.lang, "en");
    document = READ(
        "<html><title>a</title><meta property='og:title' content='Killed &amp; wounded'><meta name=date "
        "content='2021-02-03'><script type='application/ld+json'>{\"@graph\":[{\"datePublished\":\"2022-03-0"
        "4T05:06Z\"}]}</script><p>x");
    expect(document.title, "Killed & wounded");
    expect(document.published, "2022-03-04");
    expect(document.lang, "");
    document = READ("<html><meta property='article:published_time' content='2023-13-04'><p>x");
    expect(document.published, "");
}

static void page_encodings(void **state) {
    (void)state;
    gr_document document = READ("<html><meta charset=\"ISO-8859-2\"><p>\xB1\xE6</p>");
    expect(document.encoding, "iso-8859-2");
    expect_text(document, "ąć");
    expect_text(READ("<html><meta charset=utf-8><p>\xC3\xA9</p>"), "é");
    expect_text(READ("<html><meta charset=iso-8859-1><p>\xE9 \x80</p>"), "é €");
    expect_text(READ("<html><meta charset=no-such-thing><p>caf\xE9 noir</p>"), "café noir");
}

static void page_depth(void **state) {
    (void)state;
    gr_buffer page = {0};
    gr_buffer_printf(&page, "<html>");
    for (unsigned i = 0; i < GR_MAX_HTML_DEPTH + 20; i++) gr_buffer_printf(&page, "<div>");
    gr_buffer_printf(&page, "deep");
    read_as(gr_buffer_slice(&page), GR_TOO_LARGE);
    gr_buffer_free(&page);
}

static void text_is_not_a_page(void **state) {
    (void)state;
    assert_int_equal(READ("The tag <p> begins a paragraph.").format, GR_FORMAT_TEXT);
    assert_int_equal(READ("< 5 km from Goma").format, GR_FORMAT_TEXT);
    assert_int_equal(READ(" <!-- a -->\n<!DOCTYPE html>\n<p>x").format, GR_FORMAT_HTML);
}

static gr_status read_guarded(gr_arena *into, gr_slice bytes) {
    jmp_buf full;
    gr_document document;
    if (setjmp(full)) return GR_NO_MEMORY;
    gr_arena_guard(into, &full);
    return gr_read_document(into, bytes, GR_FORMAT_AUTO, NULL, &document, NULL);
}

/* Every allocation of griot's own fails once: an error, and (under a leak checker) nothing left behind. */
static void memory_runs_out(void **state) {
    static const gr_slice inputs[] = {{"<html><title>t</title><p>caf\xE9 noir", 32}, {"caf\xE9 noir", 9}};
    (void)state;
    for (size_t k = 0; k < 2; k++) {
        bool through = false;
        for (long n = 0; n < 50 && !through; n++) {
            gr_faults_set((gr_faults){n, -1, false, 0, 0});
            gr_arena *small = gr_arena_new(1 << 20);
            gr_status status = small ? read_guarded(small, inputs[k]) : GR_NO_MEMORY;
            bool unused = gr_faults_get().fail_memory_after >= 0;
            assert_int_equal(status, unused ? GR_OK : GR_NO_MEMORY);
            through = unused;
            gr_arena_free(small);
        }
        gr_faults_set((gr_faults){-1, -1, false, 0, 0});
        assert_true(through);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_utf8_is_the_file),
        cmocka_unit_test(bad_bytes_are_replaced_and_counted),
        cmocka_unit_test(western_bytes),
        cmocka_unit_test(utf16),
        cmocka_unit_test(refusals),
        cmocka_unit_test(too_large),
        cmocka_unit_test(page_text),
        cmocka_unit_test(page_meta),
        cmocka_unit_test(page_encodings),
        cmocka_unit_test(page_depth),
        cmocka_unit_test(text_is_not_a_page),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
