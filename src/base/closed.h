/* Memory that nobody may read or write for now, or not read before it is written, where
 * AddressSanitizer watches over it. */
#ifndef MLPSTEP_BASE_CLOSED_H
#define MLPSTEP_BASE_CLOSED_H

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ /* as gcc has it */
#endif
#endif

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define CLOSE(from, bytes) __asan_poison_memory_region(from, bytes)
#define OPEN(from, bytes) __asan_unpoison_memory_region(from, bytes)
#define SPOIL(from, bytes) memset(from, 0xff, bytes) /* numbers: nan */
#else
#define CLOSE(from, bytes) ((void)0)
#define OPEN(from, bytes) ((void)0)
#define SPOIL(from, bytes) ((void)0)
#endif

#endif
