#include "reread.h"

#include <errno.h>
#include <stdlib.h>

double reread_double(const char *text) {
    const int error = errno;
    const double number = strtod(text, NULL);
    errno = error;
    return number;
}

float reread_float(const char *text) {
    const int error = errno;
    const float number = strtof(text, NULL);
    errno = error;
    return number;
}
