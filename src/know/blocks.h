/* The line format that all knowledge files share (docs/knowledge.md): blocks with indented fields.
 * Positions are kept for every message. Thread rule: none of its own. */
#ifndef GRIOT_KNOW_BLOCKS_H
#define GRIOT_KNOW_BLOCKS_H

#include "base/arena.h"
#include "base/error.h"

typedef struct gr_place_in_file {
    gr_slice file;         /* as the user would open it */
    uint32_t line, column; /* from 1; column in bytes */
} gr_place_in_file;

typedef struct gr_field {
    gr_slice name, value; /* value without comment, continuation lines joined by one space */
    gr_place_in_file at;  /* of the value */
} gr_field;

typedef struct gr_entry { /* a block */
    gr_slice keyword, name;
    gr_field *field;
    uint32_t field_count;
    gr_place_in_file at;
} gr_entry;

typedef GR_VEC(gr_entry) gr_entries;

/* Reads a file's bytes; appends its blocks to *out in the arena. Inside the fields `+` and `-` (examples of
 * rules) a `#` is kept only when no blank stands before it, as everywhere. GR_BAD_RULES. */
gr_status gr_read_blocks(gr_arena *arena, gr_slice bytes, gr_slice file, gr_entries *out, gr_error *err);

/* A message at a place in a file: fills err with GR_BAD_RULES and "file:line:column". */
gr_status gr_fail_at(gr_error *err, gr_place_in_file at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The next item of a list cut at `|`, trimmed; false at the end. */
bool gr_next_item(gr_slice *list, gr_slice *item);
/* The next word of blank-separated words; false at the end. */
bool gr_next_word(gr_slice *words, gr_slice *word);
/* The first field of that name, or NULL. */
const gr_field *gr_entry_field(const gr_entry *entry, const char *name);
/* Its value, or an empty slice. */
gr_slice gr_entry_value(const gr_entry *entry, const char *name);

/* The key that words are looked up by: folded, all but letters and digits made one space, trimmed. */
gr_slice gr_words_key(gr_arena *arena, gr_slice text);

#endif
