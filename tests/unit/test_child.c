/* The child that reads foreign formats: what it hands over, and the walls around it, which are attacked here.
 */
#include "base/limits.h"
#include "base/os.h"
#include "child/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static gr_reader *reader;

static int open_reader(void **state) {
    (void)state;
    reader = gr_reader_new((gr_reader_options){.tricks = true, .cpu_ms = 700, .wall_ms = 3000});
    return reader ? 0 : -1;
}

static int close_reader(void **state) {
    (void)state;
    gr_reader_free(reader);
    return 0;
}

/* Reads an input to its end; counts its documents, keeps the text of the last. */
typedef struct outcome {
    gr_status status;
    gr_error error;
    unsigned documents, aside;
    char text[256], name[256], reason[256];
} outcome;

static void note(outcome *o, gr_part *part) {
    bool good = part->status == GR_OK;
    o->documents += good;
    o->aside += !good;
    snprintf(o->name, sizeof o->name, "%.*s", GR_FMT(gr_sub(part->reading.name, 0, 200)));
    if (good) snprintf(o->text, sizeof o->text, "%.*s", GR_FMT(gr_sub(part->reading.text, 0, 200)));
    if (!good) snprintf(o->reason, sizeof o->reason, "%.200s", part->error.message);
    if (good) assert_ptr_equal(part->memory, part->reading.bytes.ptr);
    gr_os_free(part->memory);
}

static outcome drain(void) {
    outcome o = {0};
    bool more = true;
    while (more) {
        gr_part part;
        o.status = gr_reader_next(reader, &part, &more, &o.error);
        if (more) note(&o, &part);
    }
    return o;
}

static outcome read_bytes(gr_slice bytes) {
    gr_reader_begin(reader, bytes);
    return drain();
}

static const char page[] =
    "<html lang=\"en\"><title>One</title><p>Gunmen killed 12 soldiers in Tera.</p></html>";

static void expect_page(void) {
    outcome o = read_bytes(gr_slice_of(page));
    assert_int_equal(o.status, GR_OK);
    assert_int_equal(o.documents, 1);
    assert_string_equal(o.text, "Gunmen killed 12 soldiers in Tera.");
}

static void one_child_serves_many(void **state) {
    (void)state;
    for (unsigned i = 0; i < 200; i++) expect_page();
}

/* Whatever a document does to its reader, it is named, and the next one is read. */
static void survives(const char *order, gr_status expected, const char *words) {
    char input[64];
    snprintf(input, sizeof input, "griot-test: %s", order);
    outcome o = read_bytes(gr_slice_of(input));
    if (o.status != expected || !strstr(o.error.message, words))
        fail_msg("%s: status %d, \"%s\"", order, o.status, o.error.message);
    expect_page();
}

static void crashes(void **state) {
    (void)state;
    survives("crash", GR_BAD_INPUT, "signal");
    survives("abort", GR_BAD_INPUT, "signal 6");
    survives("exit", GR_BAD_INPUT, "ends its reader");
}

static void hangs(void **state) {
    (void)state;
    survives("spin", GR_BAD_INPUT, "busy without end");
    survives("hang", GR_BAD_INPUT, "waiting without end");
}

static void lies(void **state) {
    (void)state;
    survives("lie", GR_BAD_INPUT, "makes no sense");
    survives("bad text", GR_BAD_INPUT, "makes no sense");
    survives("noise", GR_BAD_INPUT, "makes no sense");
}

static void floods(void **state) {
    (void)state;
    outcome o = read_bytes(GR_S("griot-test: flood"));
    assert_int_equal(o.status, GR_BAD_INPUT);
    assert_non_null(strstr(o.error.message, "without end"));
    expect_page();
}

static void walls_hold(void **state) {
    (void)state;
    outcome o = read_bytes(GR_S("griot-test: attack"));
    assert_int_equal(o.status, GR_OK);
    assert_string_equal(o.text, "all walls hold");
    assert_int_equal(access("/tmp/griot-escaped", F_OK), -1);
    expect_page();
}

static void memory_has_an_end(void **state) {
    (void)state;
    outcome o = read_bytes(GR_S("griot-test: eat"));
    if (o.status == GR_OK) assert_string_equal(o.text, "memory has an end");
    expect_page();
}

/* Orders are for tests alone. */
static void tricks_need_leave(void **state) {
    (void)state;
    gr_reader *other = reader;
    reader = gr_reader_new((gr_reader_options){0});
    outcome o = read_bytes(GR_S("griot-test: crash"));
    assert_int_equal(o.status, GR_OK);
    assert_string_equal(o.text, "griot-test: crash");
    gr_reader_free(reader);
    reader = other;
}

static void deep_pages(void **state) {
    (void)state;
    gr_buffer deep = {0};
    gr_buffer_add(&deep, GR_S("<html>"));
    for (unsigned i = 0; i < 100000; i++) gr_buffer_add(&deep, GR_S("<div>"));
    gr_buffer_add(&deep, GR_S("x"));
    outcome o = read_bytes(gr_buffer_slice(&deep));
    assert_int_equal(o.status, GR_TOO_LARGE);
    gr_buffer_free(&deep);
    expect_page();
}

static void entity_bombs(void **state) {
    (void)state;
    gr_buffer bomb = {0};
    gr_buffer_add(&bomb, GR_S("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaa\">"));
    for (char c = 'b'; c <= 'z'; c++)
        gr_buffer_printf(&bomb, "<!ENTITY %c \"&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;\">", c, c - 1, c - 1,
                         c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    gr_buffer_add(&bomb, GR_S("]><rss><channel><item><title>&z;</title></item></channel></rss>"));
    outcome o = read_bytes(gr_buffer_slice(&bomb));
    assert_true(o.documents == 0);
    gr_buffer_clear(&bomb);
    gr_buffer_add(&bomb,
                  GR_S("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                       "<rss><channel><item><title>A &x; b</title></item></channel></rss>"));
    o = read_bytes(gr_buffer_slice(&bomb));
    assert_null(strstr(o.text, "root"));
    gr_buffer_free(&bomb);
    expect_page();
}

/* A stream that ends in a failure says so, and one that is left in the middle does not spoil the next. */
static size_t endless_mail(void *context, char *into, size_t room, gr_error *err) {
    unsigned *left = context;
    static const char mail[] =
        "\nFrom a@b Sat Feb 10 12:00:00 2024\nFrom: a@b\nSubject: s\n\nRebels attacked Gao.\n";
    size_t size = sizeof mail - 1;
    if (!*left) gr_fail(err, GR_IO, NULL, "the disk is gone");
    if (!*left || room < size) return 0;
    --*left;
    memcpy(into, mail, size);
    return size;
}

static void streams(void **state) {
    (void)state;
    unsigned left = 20000;
    gr_slice head = GR_S("From a@b Sat Feb 10 12:00:00 2024\nFrom: a@b\nSubject: first\n\nGunmen fled.\n");
    gr_reader_begin_stream(reader, head, endless_mail, &left);
    outcome o = drain();
    assert_int_equal(o.status, GR_IO);
    assert_true(o.documents >= 20000);
    left = 20000;
    gr_reader_begin_stream(reader, head, endless_mail, &left);
    gr_part part;
    bool more;
    assert_int_equal(gr_reader_next(reader, &part, &more, &o.error), GR_OK);
    assert_true(more);
    assert_string_equal(part.reading.format == GR_FORMAT_MAIL ? "mail" : "other", "mail");
    gr_os_free(part.memory);
    expect_page();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_child_serves_many),
        cmocka_unit_test(crashes),
        cmocka_unit_test(hangs),
        cmocka_unit_test(lies),
        cmocka_unit_test(floods),
        cmocka_unit_test(walls_hold),
        cmocka_unit_test(memory_has_an_end),
        cmocka_unit_test(tricks_need_leave),
        cmocka_unit_test(deep_pages),
        cmocka_unit_test(entity_bombs),
        cmocka_unit_test(streams),
    };
    return cmocka_run_group_tests(tests, open_reader, close_reader);
}
