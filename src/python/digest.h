/* SHA-512 (FIPS 180-4), by which CPython makes a seed of a string. */
#ifndef MLPSTEP_PYTHON_DIGEST_H
#define MLPSTEP_PYTHON_DIGEST_H

#include <stddef.h>

enum {
    DIGEST_BYTES = 64
};

void digest_of(const char *text, size_t length, unsigned char digest[DIGEST_BYTES]);

#endif
