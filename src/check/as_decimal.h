/* The decimal number that somebody wrote, or read, where a float32 stands. */
#ifndef MLPSTEP_CHECK_AS_DECIMAL_H
#define MLPSTEP_CHECK_AS_DECIMAL_H

/* Of a float32, the shortest decimal number that rounds to it: 0.1 and not 0.100000001. */
double as_decimal(double single);

#endif
