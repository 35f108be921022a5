/* SHA-256 (libcrypto), as lower-case hexadecimal: who made what. And a sum that notices damage, for large
 * files that are read at every start. */
#ifndef GRIOT_BASE_DIGEST_H
#define GRIOT_BASE_DIGEST_H

#include "base/slice.h"

typedef struct gr_digest {
    char hex[65]; /* NUL-terminated */
} gr_digest;

gr_digest gr_sha256(gr_slice bytes);

/* For data that comes in pieces. */
typedef struct gr_sha256_state {
    _Alignas(16) unsigned char opaque[128];
} gr_sha256_state;
void gr_sha256_begin(gr_sha256_state *state);
void gr_sha256_add(gr_sha256_state *state, gr_slice bytes);
gr_digest gr_sha256_end(gr_sha256_state *state);

/* Changes with any change within eight bytes in line, and with all but one in 2^64 of the others. A fast sum
 * against damage, not against forgery. Goes on from `sum`; 0 to begin. Little-endian machines. */
uint64_t gr_checksum(uint64_t sum, gr_slice bytes);

#endif
