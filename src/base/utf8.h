/* UTF-8: stepping, checking, folding. Normalisation and case folding come from utf8proc. */
#ifndef GRIOT_BASE_UTF8_H
#define GRIOT_BASE_UTF8_H

#include "base/arena.h"

/* Decodes the code point at byte offset *at of s and moves *at behind it. A bad byte gives 0xFFFD and moves
 * by one. *at must be < s.len. */
uint32_t gr_utf8_next(gr_slice s, size_t *at);
/* True when s is well-formed UTF-8 (no surrogates, no overlong forms). */
bool gr_utf8_valid(gr_slice s);
/* Code points in valid UTF-8. */
size_t gr_utf8_length(gr_slice s);

/* The form that names and words are compared in: NFKD, marks dropped, case folded, typographic apostrophes
 * and dashes made plain, runs of white space one space. Result in the arena. */
gr_slice gr_fold(gr_arena *arena, gr_slice s);
/* The same text in small letters; result in the arena. */
gr_slice gr_lower(gr_arena *arena, gr_slice s);

/* Classes after Unicode; code points beyond it are in none. */
bool gr_is_letter(uint32_t c);
bool gr_is_upper(uint32_t c);
bool gr_is_lower(uint32_t c);
bool gr_is_digit(uint32_t c); /* decimal digits of any script */
bool gr_is_space(uint32_t c); /* incl. U+00A0, U+202F, U+2028 */
uint32_t gr_to_lower(uint32_t c);
uint32_t gr_to_upper(uint32_t c);

#endif
