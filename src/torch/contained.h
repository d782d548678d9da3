/* The parts of the containers of torch.nn, in order: modules of Sequential, ModuleList and
 * ModuleDict, parameters of ParameterList and ParameterDict. Each is an attribute of the container,
 * under its number or its key. */
#ifndef MLPSTEP_TORCH_CONTAINED_H
#define MLPSTEP_TORCH_CONTAINED_H

#include "module.h"

/* Whether its parts have keys; whether they are parameters; whether it is a Sequential. */
bool contained_by_key(const nn_module *m);
bool contained_parameters(const nn_module *m);
bool contained_in_sequence(const nn_module *m);

/* The part of a key; NULL where there is none. */
object *contained_find(const nn_module *m, const char *key);
/* The keys, as strings, and the parts, as lists. */
object *contained_keys(call *c, nn_module *m);
object *contained_parts(call *c, nn_module *m);

/* Adds a part under a key, or takes its place; behind the others, under its number. */
void contained_put(call *c, nn_module *m, const char *key, object *part);
void contained_append(call *c, nn_module *m, object *part);
/* Adds all that can be iterated over. */
void contained_extend(call *c, nn_module *m, object *parts);
/* Has these parts, a list, from now on, numbered anew, or under these keys. */
void contained_replace(call *c, nn_module *m, const object *keys, const object *parts);
/* A new container of the same class that is empty. */
nn_module *contained_new(call *c, const nn_module *like);

#endif
