#include "crc32.h"

/* By four bits at a time: x^32 + x^26 + ... + 1, the lowest bit first. */
static uint32_t extend(uint32_t sum, unsigned byte) {
    static const uint32_t table[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC,
                                       0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
                                       0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                       0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    sum = ~sum ^ byte;
    sum = sum >> 4 ^ table[sum & 15];
    sum = sum >> 4 ^ table[sum & 15];
    return ~sum;
}

uint32_t crc32_extend(uint32_t sum, const void *bytes, size_t count) {
    for (size_t i = 0; i < count; i++)
        sum = extend(sum, ((const unsigned char *)bytes)[i]);
    return sum;
}
