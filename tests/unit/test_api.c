/* The public header alone, as another program uses the library: nothing of src/ is included. */
#include "griot.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char report_text[] =
    "Gunmen killed 12 soldiers near Tera on Monday, the army said. Calm is back.\n";

static griot_library *library;

static int set_up(void **state) {
    (void)state;
    griot_error error;
    library = griot_open(GRIOT_BUILD_ROOT, &error);
    if (!library) fprintf(stderr, "%s\n", error.message);
    return library ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    griot_close(library);
    return 0;
}

static griot_report plain_report(void) {
    return (griot_report){.bytes = report_text, .len = strlen(report_text)};
}

static void version_is_told(void **state) {
    (void)state;
    assert_string_equal(griot_version(), GRIOT_VERSION);
}

static void codes_one_report(void **state) {
    (void)state;
    griot_error error;
    griot_coder *coder = griot_coder_new(library, &error);
    assert_non_null(coder);
    griot_report report = plain_report();
    const char *lines;
    size_t len;
    assert_int_equal(griot_code(coder, &report, &lines, &len, &error), 0);
    assert_true(len > 0 && lines[len] == '\0' && lines[len - 1] == '\n' && lines[0] == '{');
    assert_int_equal(strlen(lines), len);
    assert_non_null(strstr(lines, "\"type\":\"kill\""));
    assert_null(strstr(lines, "2024-02-"));
    report.published = "2024-02-14";
    assert_int_equal(griot_code(coder, &report, &lines, &len, NULL), 0);
    assert_non_null(strstr(lines, "\"earliest\":\"2024-02-12\""));
    griot_coder_free(coder);
}

static void a_report_without_claims_is_empty(void **state) {
    (void)state;
    griot_coder *coder = griot_coder_new(library, NULL);
    griot_report report = {.bytes = "The market opens on Sunday.", .len = 27};
    const char *lines = NULL;
    size_t len = 1;
    assert_int_equal(griot_code(coder, &report, &lines, &len, NULL), 0);
    assert_int_equal(len, 0);
    assert_string_equal(lines, "");
    griot_coder_free(coder);
}

static void pages_are_read(void **state) {
    (void)state;
    static const char page[] = "<html><body><p>Gunmen <b>killed</b> 12 soldiers.</p></body></html>";
    griot_coder *coder = griot_coder_new(library, NULL);
    griot_report report = {
        .bytes = page, .len = strlen(page), .name = "page.html", .publisher = "Radio", .lang = "en"};
    const char *lines;
    size_t len;
    assert_int_equal(griot_code(coder, &report, &lines, &len, NULL), 0);
    assert_non_null(strstr(lines, "Gunmen killed 12 soldiers."));
    griot_coder_free(coder);
}

static void expect_error(griot_report report, griot_result result, const char *words) {
    griot_coder *coder = griot_coder_new(library, NULL);
    griot_error error = {0};
    const char *lines = NULL;
    size_t len = 1;
    assert_int_equal(griot_code(coder, &report, &lines, &len, &error), result);
    assert_int_equal(error.result, result);
    assert_non_null(strstr(error.message, words));
    assert_int_equal(len, 0);
    assert_string_equal(lines, "");
    assert_int_equal(griot_code(coder, &report, &lines, &len, NULL), result);
    report = plain_report(); /* a coder goes on after a report that it could not read */
    assert_int_equal(griot_code(coder, &report, &lines, &len, NULL), 0);
    assert_true(len > 0);
    griot_coder_free(coder);
}

static void errors_say_what_and_where(void **state) {
    (void)state;
    static const char binary[64] = "\177ELF\2\1\1";
    griot_report report = plain_report();
    report.len = 0;
    report.name = "empty.txt";
    expect_error(report, 4, "empty.txt");
    expect_error((griot_report){.bytes = binary, .len = sizeof binary, .name = "b"}, 4,
                 "b: seems to be a program");
    report = plain_report();
    report.published = "2024-02";
    expect_error(report, 2, "2024-02");
    report.published = "last week";
    expect_error(report, 2, "last week");
    griot_error error = {0};
    assert_null(griot_open("/nowhere", &error));
    assert_int_equal(error.result, 3);
    assert_non_null(strstr(error.message, "/nowhere"));
    assert_null(griot_open("/nowhere", NULL));
    griot_close(NULL);
    griot_coder_free(NULL);
}

static void *code_often(void *unused) {
    (void)unused;
    griot_coder *coder = griot_coder_new(library, NULL);
    griot_report report = plain_report();
    char *first = NULL;
    bool same = coder != NULL;
    for (int i = 0; i < 20 && same; i++) {
        const char *lines;
        size_t len;
        same = griot_code(coder, &report, &lines, &len, NULL) == 0 && (!first || strcmp(first, lines) == 0);
        if (!first) first = strdup(lines);
    }
    griot_coder_free(coder);
    if (same) return first;
    free(first);
    return NULL;
}

static void a_library_serves_many_threads(void **state) {
    (void)state;
    enum { THREADS = 4 };
    pthread_t thread[THREADS];
    void *lines[THREADS];
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&thread[i], NULL, code_often, NULL), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(thread[i], &lines[i]);
    for (int i = 0; i < THREADS; i++) {
        assert_non_null(lines[i]);
        assert_string_equal(lines[i], lines[0]);
    }
    for (int i = 0; i < THREADS; i++) free(lines[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_is_told),
        cmocka_unit_test(codes_one_report),
        cmocka_unit_test(pages_are_read),
        cmocka_unit_test(a_report_without_claims_is_empty),
        cmocka_unit_test(errors_say_what_and_where),
        cmocka_unit_test(a_library_serves_many_threads),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
