/* The paths of the functions, classes and methods that the tables offer: torch.nn.Linear. */
#ifndef MLPSTEP_PATHS_H
#define MLPSTEP_PATHS_H

#include <stddef.h>

typedef int paths_use(const char *const *paths, size_t count, void *data);
/* What `use` makes of them, without those that are written in Python; EXIT_FAILURE without memory. */
int paths_with(paths_use *use, void *data);

#endif
