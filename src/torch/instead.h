/* What to write instead of the names of torch that people use and that are outside the subset. */
#ifndef MLPSTEP_TORCH_INSTEAD_H
#define MLPSTEP_TORCH_INSTEAD_H

#include "python/object.h"

/* The end of the message for an unknown path of torch: ": write torch.optim.SGD", or what
 * nearest_hint says where no advice is known. */
const char *instead_of_path(script *s, const char *path, const nearest *near);
/* The same for an unknown attribute of a value. */
const char *instead_of_attribute(script *s, const object *o, const char *name, const nearest *near);

#endif
