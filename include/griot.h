/* griot as a library: a conflict report in, its claims out as JSON lines (docs/claims.md).
 *
 *     griot_error error;
 *     griot_library *library = griot_open("/usr/share/griot", &error);
 *     griot_coder *coder = griot_coder_new(library, &error);
 *     griot_report report = {.bytes = text, .len = length, .published = "2024-02-10"};
 *     const char *lines;
 *     size_t lines_len;
 *     if (griot_code(coder, &report, &lines, &lines_len, &error)) puts(error.message);
 *
 * Thread rule: a library is read-only once open and shared by all threads; a coder belongs to one thread at a
 * time. Nothing here reads the network or, after griot_open, the disk: the same report and the same library
 * give the same bytes. */
#ifndef GRIOT_H
#define GRIOT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 0, or the exit code with which the program ends for the same fault: 2 wrong argument, 3 not found,
 * 4 unreadable document, 5 over a ceiling, 6 damaged model or gazetteer, 7 bad knowledge file, 8
 * input/output, 9 out of memory. */
typedef int griot_result;

typedef struct griot_error {
    griot_result result;
    char message[1024]; /* one sentence; where it happened stands before it */
} griot_error;

/* "0.1.0"; valid for ever. */
const char *griot_version(void);

/* Models, knowledge and gazetteer. data_dir holds knowledge/, models/ and gazetteer.griot. NULL on failure,
 * with *error filled (error may be NULL). Free with griot_close after all its coders. */
typedef struct griot_library griot_library;
griot_library *griot_open(const char *data_dir, griot_error *error);
void griot_close(griot_library *library); /* NULL is fine */

/* The working memory of one thread. NULL on failure. */
typedef struct griot_coder griot_coder;
griot_coder *griot_coder_new(const griot_library *library, griot_error *error);
void griot_coder_free(griot_coder *coder); /* NULL is fine */

/* A report as it came: plain text in any common encoding, or one of the formats of docs/formats.md, which are
 * read in a child process. What is not known is NULL. */
typedef struct griot_report {
    const char *bytes;
    size_t len;            /* bytes, at most 64 MiB */
    const char *name;      /* file name or stream id */
    const char *publisher; /* who published it */
    const char *published; /* a day, YYYY-MM-DD; relative dates stay unresolved without it */
    const char *url;
    const char *lang; /* ISO 639-1 */
} griot_report;

/* Codes one report, or each of those that an archive, feed or box of mail holds; a part that cannot be read
 * is left out where another can. *lines: its claims, one JSON object a line, UTF-8, with a NUL behind; owned
 * by the coder and valid until its next call. A report without claims gives an empty text. */
griot_result griot_code(griot_coder *coder, const griot_report *report, const char **lines, size_t *lines_len,
                        griot_error *error);

#ifdef __cplusplus
}
#endif

#endif
