/* SHA-256 by libcrypto's low-level calls: they use the processor's own instructions and need no provider to
 * be loaded, which a start within 100 ms has no time for. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/digest.h"

#include <openssl/sha.h>

_Static_assert(sizeof(gr_sha256_state) >= sizeof(SHA256_CTX), "room for libcrypto's state");

void gr_sha256_begin(gr_sha256_state *state) {
    SHA256_Init((void *)state->opaque);
}

void gr_sha256_add(gr_sha256_state *state, gr_slice bytes) {
    if (bytes.len) SHA256_Update((void *)state->opaque, bytes.ptr, bytes.len);
}

gr_digest gr_sha256_end(gr_sha256_state *state) {
    static const char digits[] = "0123456789abcdef";
    unsigned char raw[SHA256_DIGEST_LENGTH];
    gr_digest digest;
    SHA256_Final(raw, (void *)state->opaque);
    for (size_t i = 0; i < sizeof raw; i++) {
        digest.hex[2 * i] = digits[raw[i] >> 4];
        digest.hex[2 * i + 1] = digits[raw[i] & 15];
    }
    digest.hex[2 * sizeof raw] = '\0';
    return digest;
}

gr_digest gr_sha256(gr_slice bytes) {
    gr_sha256_state state;
    gr_sha256_begin(&state);
    gr_sha256_add(&state, bytes);
    return gr_sha256_end(&state);
}
