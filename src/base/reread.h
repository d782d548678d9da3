/* Numbers read again from what snprintf() has made of them. strtod() tells in errno of a number that is
 * less than the smallest normal one, and there a write that failed has left its reason. */
#ifndef MLPSTEP_BASE_REREAD_H
#define MLPSTEP_BASE_REREAD_H

/* errno stays as it is. */
double reread_double(const char *text);
float reread_float(const char *text);

#endif
