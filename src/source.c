#include "source.h"

#include "system.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything up to this size is read; a script is far smaller. */
enum {
    LARGEST_SOURCE = 64 << 20
};

static bool read_all(FILE *in, source *s) {
    size_t capacity = 0;
    for (;;) {
        if (s->length == capacity) {
            capacity = capacity ? capacity * 2 : 1 << 16;
            if (capacity > LARGEST_SOURCE) {
                errno = EFBIG;
                return false;
            }
            char *more = realloc(s->text, capacity);
            if (!more) {
                errno = ENOMEM;
                return false;
            }
            s->text = more;
        }
        const size_t got = fread(s->text + s->length, 1, capacity - s->length, in);
        s->length += got;
        if (got == 0)
            return !ferror(in);
    }
}

bool source_read(source *s, const char *path) {
    const bool standard_input = strcmp(path, "-") == 0;
    *s = (source){.name = standard_input ? "<stdin>" : path};
    FILE *in = standard_input ? stdin : system_open(path);
    if (!in)
        return false;
    errno = 0;
    const bool read = read_all(in, s);
    const int error = errno;
    if (!standard_input)
        fclose(in);
    errno = error;
    return read;
}
