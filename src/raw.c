#include "raw.h"

#include "mlpstep/path.h"

#include "tell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* NULL without memory; to be freed. */
static char *path_beside(const char *list, const char *file) {
    const size_t folder = mlp_path_is_rooted(file) ? 0 : (size_t)(mlp_path_name(list) - list);
    char *path = malloc(folder + strlen(file) + 1);
    if (path) {
        memcpy(path, list, folder);
        memcpy(path + folder, file, strlen(file) + 1);
    }
    return path;
}

static bool read_file(mlp_arena *arena, const source *list, const mlp_raw *raw,
                      mlp_answers *answers, mlp_diagnostic *error) {
    char *path = path_beside(list->name, raw->file);
    source in = {0};
    bool read = false;
    error->where = raw->where_file;
    if (!path)
        mlp_error(error, "out of memory");
    else if (!source_read(&in, path))
        mlp_error(error, "cannot read %.300s: %s", path, strerror(errno));
    else
        read = mlp_raw_add(arena, raw, in.text, in.length, answers, error);
    free(in.text);
    free(path);
    return read;
}

bool raw_read(mlp_arena *arena, const source *list, mlp_answers *answers, mlp_diagnostic *error) {
    mlp_raw *raw;
    bool read = mlp_raw_read(arena, list->text, list->length, &raw, error);
    for (; read && raw; raw = raw->next)
        read = read_file(arena, list, raw, answers, error);
    if (!read)
        diagnose(list, error, "error");
    return read;
}
