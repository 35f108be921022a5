#include "base/digest.h"

#include <sodium.h>

_Static_assert(sizeof(gr_sha256_state) >= sizeof(crypto_hash_sha256_state), "room for libsodium's state");

void gr_sha256_begin(gr_sha256_state *state) { crypto_hash_sha256_init((void *)state->opaque); }

void gr_sha256_add(gr_sha256_state *state, gr_slice bytes) {
    crypto_hash_sha256_update((void *)state->opaque, (const unsigned char *)bytes.ptr, bytes.len);
}

gr_digest gr_sha256_end(gr_sha256_state *state) {
    unsigned char raw[crypto_hash_sha256_BYTES];
    gr_digest digest;
    crypto_hash_sha256_final((void *)state->opaque, raw);
    sodium_bin2hex(digest.hex, sizeof digest.hex, raw, sizeof raw);
    return digest;
}

gr_digest gr_sha256(gr_slice bytes) {
    gr_sha256_state state;
    gr_sha256_begin(&state);
    gr_sha256_add(&state, bytes);
    return gr_sha256_end(&state);
}
