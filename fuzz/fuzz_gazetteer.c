/* Tables and images of places from strangers. A first byte of 'T' asks for a table, which is compiled and,
 * where that works, opened; 'I' for an image whose checksum is made right first, so that the checks behind it
 * are reached. */
#include "base/os.h"
#include "base/utf8.h"
#include "place/image.h"
#include "place/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[48], table[64], image[64];

static void clean_up(void) {
    unlink(table);
    unlink(image);
    rmdir(folder);
}

/* A folder on memory where there is one: the files are written for each input. */
static void set_up(void) {
    if (table[0]) return;
    snprintf(folder, sizeof folder, "%s/griot-fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(folder)) abort();
    snprintf(table, sizeof table, "%s/table", folder);
    snprintf(image, sizeof image, "%s/image", folder);
    atexit(clean_up);
}

static void walk(const gr_gazetteer *g) {
    static const char country[2][4] = {"NER", "MLI"};
    for (uint32_t i = 0; i < gr_gazetteer_size(g); i++) {
        gr_place place = gr_gazetteer_place(g, i);
        if (!gr_utf8_valid(place.name) || !gr_utf8_valid(place.id)) abort();
        uint32_t found[4], steps = 0;
        for (uint32_t up = place.parent; up != GR_NO_PLACE; up = gr_gazetteer_place(g, up).parent)
            if (++steps > gr_gazetteer_size(g)) abort();
        gr_gazetteer_find(g, place.name, found, 4);
        gr_gazetteer_find_adjective(g, place.name, found, 4);
        gr_gazetteer_may_go_on(g, place.name);
        gr_gazetteer_ordinary(g, place.name);
        uint32_t near = gr_gazetteer_find_alike(g, place.name, country, 2, found, 4);
        for (uint32_t k = 0; k < near && k < 4; k++)
            if (found[k] >= gr_gazetteer_size(g)) abort();
        double line[4][2];
        gr_gazetteer_line(g, i, line, 4);
        gr_gazetteer_holds(g, i, place.lat_deg, place.lon_deg);
        gr_gazetteer_unit_at(g, place.lat_deg, place.lon_deg);
    }
}

/* An image is a source, too: what is built from a sound one can be opened. */
static void build_again(void) {
    const char *source[] = {image};
    if (gr_gazetteer_build(source, 1, table, NULL, NULL) != GR_OK) return;
    gr_gazetteer *g = gr_gazetteer_open(table, NULL);
    if (!g) abort();
    gr_gazetteer_close(g);
}

static void sign(char *bytes, size_t len) {
    gr_image_header header;
    if (len < sizeof header) return;
    memcpy(&header, bytes, sizeof header);
    header.checksum = gr_image_checksum(&header, (gr_slice){bytes + sizeof header, len - sizeof header});
    memcpy(bytes, &header, sizeof header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2 || size > 1 << 16) return 0;
    set_up();
    char *bytes = malloc(size);
    if (!bytes) return 0;
    memcpy(bytes, data + 1, size - 1);
    gr_slice content = {bytes, size - 1};
    if (data[0] == 'I') {
        sign(bytes, size - 1);
        gr_os_write_all(image, content, NULL);
    } else {
        const char *source[] = {table};
        gr_os_write_all(table, content, NULL);
        unlink(image);
        gr_gazetteer_build(source, 1, image, NULL, NULL);
    }
    gr_error err = {0};
    gr_gazetteer *g = gr_gazetteer_open(image, &err);
    if (g) walk(g);
    gr_gazetteer_close(g);
    if (g) build_again();
    free(bytes);
    return 0;
}
