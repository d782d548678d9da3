#include "mlpstep/path.h"

#include <stddef.h>
#include <string.h>

#if defined(_WIN32)
static const char separators[] = "/\\";

/* Of C: before the path. */
static size_t drive_length(const char *path) {
    const unsigned char letter = (unsigned char)(*path | 0x20);
    return letter >= 'a' && letter <= 'z' && path[1] == ':' ? 2 : 0;
}
#else
static const char separators[] = "/";

static size_t drive_length(const char *path) {
    (void)path;
    return 0;
}
#endif

const char *mlp_path_name(const char *path) {
    const char *name = path + drive_length(path);
    for (const char *at = strpbrk(name, separators); at; at = strpbrk(name, separators))
        name = at + 1;
    return name;
}

bool mlp_path_is_rooted(const char *path) {
    return drive_length(path) > 0 || (*path && strchr(separators, *path));
}
