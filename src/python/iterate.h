/* What a for loop goes through. */
#ifndef MLPSTEP_PYTHON_ITERATE_H
#define MLPSTEP_PYTHON_ITERATE_H

#include "object.h"

/* iter(v): fails where v has no elements to go through. An iterator is its own. */
value *iterate(script *s, value *v, mlp_span where);
/* The next element; NULL at the end. */
value *iterate_next(script *s, value *iterator, mlp_span where);
/* The elements that are left, as a list or a tuple. */
value *iterate_all(script *s, value *v, value_kind kind, mlp_span where);

/* zip(sources...), enumerate(source, start) and reversed(sequence). */
value *iterate_zip(script *s, value **sources, size_t count, mlp_span where);
value *iterate_enumerate(script *s, value *source, int64_t start, mlp_span where);
value *iterate_reversed(script *s, value *sequence, mlp_span where);
/* dict.keys(), values() and items(): each for loop over them begins anew. */
value *iterate_keys(script *s, value *dict);
value *iterate_values(script *s, value *dict);
value *iterate_items(script *s, value *dict);

/* len(v); fails where it has none. */
size_t value_length(script *s, const value *v, mlp_span where);
/* The element at `index`, which is less than the length, of a list, tuple, torch.Size, range,
 * str, nn.Sequential, nn.ModuleList or Tensor. */
value *value_element(script *s, value *v, size_t index, mlp_span where);
/* Whether the value has elements that value_element gives. */
bool value_has_elements(const value *v);

/* Appends to a list. */
void list_append(script *s, value *list, value *item);
/* The item of a key of a dict, NULL where it has none; sets it. */
value *dict_find(const value *dict, const char *key);
void dict_set(script *s, value *dict, const char *key, value *item);

#endif
