/* The keys of dicts and sets: what can be one, and where it stands. The conveniences for keys that
 * are strings, dict_find and dict_set, are in iterate.h. */
#ifndef MLPSTEP_PYTHON_DICT_H
#define MLPSTEP_PYTHON_DICT_H

#include "object.h"

/* hash(o), of a number or of a tuple of numbers that which CPython has, of a string and of what is
 * equal to itself alone another: see identity.h. Fails where Python has none. */
uint64_t object_hash(script *s, object *o, mlp_span where);
/* That of what is equal to itself alone; of functions, to those bound to the same. */
uint64_t object_identity(const object *o);
/* Whether hash(o) is the one that CPython has. */
bool object_hash_is_known(const object *o);
/* Whether a key of that hash is the one that is looked for. */
bool keys_match(script *s, object *stored, object *key, mlp_span where);

/* The string of the key at a position, NULL where it is no string. */
const char *dict_key(const object *dict, size_t i);
/* Where the key stands; the number of keys where it does not. */
size_t dict_position(script *s, const object *dict, object *key, mlp_span where);
/* The item of a key, NULL where there is none; sets it; takes it out and returns it. */
object *dict_get(script *s, const object *dict, object *key, mlp_span where);
void dict_put(script *s, object *dict, object *key, object *item, mlp_span where);
object *dict_take(script *s, object *dict, object *key, mlp_span where);
/* Takes out what stands at a position. */
void dict_remove(script *s, object *dict, size_t at);
void dict_clear(object *dict);
/* Puts all that another dict has, or the pairs that are iterated over, into it. */
void dict_update(script *s, object *dict, object *from, mlp_span where);
/* A dict of the same kind without keys; the same keys with the same items. */
object *dict_like(script *s, const object *dict);
object *dict_copy(script *s, const object *dict, mlp_span where);

/* The string as it is the key of many dicts: one object for each text. */
object *script_name(script *s, const char *name);

#endif
