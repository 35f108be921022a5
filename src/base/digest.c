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

/* Eight sums side by side, each a chain of one-to-one steps: the processor multiplies for all at once. */
uint64_t gr_checksum(uint64_t sum, gr_slice bytes) {
    enum { LANES = 8, STRIPE_B = 8 * LANES };
    const uint64_t prime = 0x9E3779B185EBCA87u;
    uint64_t lane[LANES], word;
    for (uint64_t i = 0; i < LANES; i++) lane[i] = (sum + i + 1) * prime;
    size_t at = 0;
    for (; bytes.len - at >= STRIPE_B; at += STRIPE_B)
        for (size_t i = 0; i < LANES; i++) {
            memcpy(&word, bytes.ptr + at + 8 * i, 8);
            lane[i] = (lane[i] ^ word) * prime;
            lane[i] ^= lane[i] >> 29;
        }
    for (; at < bytes.len; at++) lane[at % LANES] = (lane[at % LANES] ^ (unsigned char)bytes.ptr[at]) * prime;
    sum = bytes.len;
    for (size_t i = 0; i < LANES; i++) {
        sum = (sum ^ lane[i]) * prime;
        sum ^= sum >> 32;
    }
    return sum;
}
