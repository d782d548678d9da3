/* The sum of bytes that zip files have. */
#ifndef MLPSTEP_BASE_CRC32_H
#define MLPSTEP_BASE_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* The sum of the bytes so far, 0 of none, and of so many more. */
uint32_t crc32_extend(uint32_t sum, const void *bytes, size_t count);

#endif
