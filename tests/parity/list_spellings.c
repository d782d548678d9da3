/* Prints the path of every function, class and method that the tables offer, one a line. Fails
 * where two rows have one path: only the later would count. */
#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count(const char *const *paths, size_t of, const char *path) {
    size_t n = 0;
    for (size_t i = 0; i < of; i++)
        n += strcmp(paths[i], path) == 0;
    return n;
}

static int list(const char *const *paths, size_t found, void *data) {
    int status = EXIT_SUCCESS;
    (void)data;
    for (size_t i = 0; i < found; i++) {
        puts(paths[i]);
        if (count(paths, found, paths[i]) == 1)
            continue;
        fprintf(stderr, "%s has more than one row\n", paths[i]);
        status = EXIT_FAILURE;
    }
    return status;
}

int main(void) {
    return paths_with(list, NULL);
}
