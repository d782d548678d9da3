/* The parts of a file's path, as the system that this was compiled for writes them. */
#ifndef MLPSTEP_PATH_H
#define MLPSTEP_PATH_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The name in a path: what stands behind the last /, or on Windows behind the last of / and \ and the
 * colon of a drive. What comes before it is the folder. */
const char *mlp_path_name(const char *path);

/* Whether it says where the file is without a folder that it is relative to: it begins with /, or on
 * Windows with / or \ or a drive. */
bool mlp_path_is_rooted(const char *path);

#ifdef __cplusplus
}
#endif

#endif
