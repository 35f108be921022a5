/* Sources of a gazetteer from strangers: dumps, tables of units, tables of one's own. The input is one
 * source, or two or three parted by a byte 0x1E; they are compiled beside a small table, once strictly and
 * once with bad rows left out, and what comes out has to be an image that can be opened and built again to
 * the same bytes. */
#include "base/buffer.h"
#include "base/os.h"
#include "place/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char BASE[] = "id\tname\tvariants\tlat\tlon\tcode\tcountry\tparent\tpopulation\n"
                           "10\tNiger\t~Nigerien\t18\t9\tPCLI\tNER\n"
                           "20\tTahoua\t\t15\t5\tADM1\tNER\t10\n"
                           "30\tAbala\tAbbala\t14.9\t3.4\tPPL\tNER\t20\n";
static const char SHAPES[] = "id\tshape\tpoints\n20\toutline\t14,3 14,6 16,6 16,3\n";

enum { PARTS = 3 };
static char folder[] = "/tmp/griot-fuzz-XXXXXX";
static char base[64], shapes[64], part[PARTS][64], strict[64], loose[64], again[64];

static void clean_up(void) {
    const char *const path[] = {base, shapes, part[0], part[1], part[2], strict, loose, again};
    for (size_t i = 0; i < sizeof path / sizeof *path; i++) unlink(path[i]);
    rmdir(folder);
}

static void set_up(void) {
    if (base[0]) return;
    if (!mkdtemp(folder)) abort();
    snprintf(base, sizeof base, "%s/base", folder);
    snprintf(shapes, sizeof shapes, "%s/shapes", folder);
    for (int i = 0; i < PARTS; i++) snprintf(part[i], sizeof part[i], "%s/part%d", folder, i);
    snprintf(strict, sizeof strict, "%s/strict", folder);
    snprintf(loose, sizeof loose, "%s/loose", folder);
    snprintf(again, sizeof again, "%s/again", folder);
    atexit(clean_up);
    gr_os_write_all(base, gr_slice_of(BASE), NULL);
    gr_os_write_all(shapes, gr_slice_of(SHAPES), NULL);
}

static void same_bytes(const char *left, const char *right) {
    char *a = NULL, *b = NULL;
    size_t a_b = 0, b_b = 0;
    if (gr_os_read_all(left, 1 << 26, &a, &a_b, NULL) != GR_OK ||
        gr_os_read_all(right, 1 << 26, &b, &b_b, NULL) != GR_OK)
        abort();
    if (a_b != b_b || memcmp(a, b, a_b) != 0) abort();
    gr_os_free(a);
    gr_os_free(b);
}

static void check_image(const char *path) {
    gr_error err = {0};
    gr_gazetteer *g = gr_gazetteer_open(path, &err);
    if (!g) abort();
    gr_gazetteer_unit_at(g, 15, 5);
    gr_gazetteer_close(g);
    if (gr_gazetteer_build(&path, 1, again, NULL, &err) != GR_OK) abort();
    same_bytes(path, again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *source[2 + PARTS] = {base, shapes, part[0], part[1], part[2]};
    uint32_t count = 2;
    if (size > 1 << 15) return 0;
    set_up();
    gr_slice rest = {(const char *)data, size};
    while (count < 2 + PARTS && (rest.len || count == 2)) {
        gr_slice one = count == 1 + PARTS ? rest : gr_cut(&rest, '\x1E');
        gr_os_write_all(part[count++ - 2], one, NULL);
        if (one.ptr == rest.ptr) break;
    }
    gr_buffer report = {0};
    gr_place_build plan = {.source = source, .source_count = count, .out_path = strict};
    gr_status exact = gr_gazetteer_compile(&plan, NULL);
    plan.out_path = loose;
    plan.keep_going = true;
    plan.report = &report;
    gr_status kept = gr_gazetteer_compile(&plan, NULL);
    gr_buffer_free(&report);
    if (exact == GR_OK && kept != GR_OK) abort();
    if (exact == GR_OK) same_bytes(strict, loose);
    if (kept == GR_OK) check_image(loose);
    return 0;
}
