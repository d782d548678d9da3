#ifndef MLPSTEP_CHECK_PRINTF_WORDS_H
#define MLPSTEP_CHECK_PRINTF_WORDS_H

#include "base/reader.h"

/* Makes what C libraries print for nan and infinity, nan(ind), -nan(0x400000), 1.#QNAN0 and 1.#INF00,
 * the words nan and inf, with blanks behind them: all else stays where it is in the source. */
void printf_words_replace(reader *in);

#endif
