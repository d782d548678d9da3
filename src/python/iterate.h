/* What a for loop goes through. */
#ifndef MLPSTEP_PYTHON_ITERATE_H
#define MLPSTEP_PYTHON_ITERATE_H

#include "object.h"

/* iter(v): fails where v has no elements to go through. An iterator is its own. */
object *iterate(script *s, object *v, mlp_span where);
/* The same of what has a __next__; NULL of another object. */
object *iterate_next_of(script *s, object *v);
/* The next element; NULL at the end. */
object *iterate_next(script *s, object *iterator, mlp_span where);
/* The elements that are left, as a list or a tuple. */
object *iterate_all(script *s, object *v, object_kind kind, mlp_span where);

struct generator;
/* What a generator expression makes. */
object *iterate_generator(script *s, struct generator *g);
/* What a call of a def that yields makes; what is gone through there, NULL of another object. */
struct resumable;
object *iterate_over_resumable(script *s, struct resumable *r);
struct resumable *iterate_resumable(const object *o);
/* map(function, sources...) and filter(function, source); function is None for the elements that
 * are true. */
object *iterate_map(script *s, object *function, object **sources, size_t count, mlp_span where);
object *iterate_filter(script *s, object *function, object *source, mlp_span where);
/* One of this name whose elements a function gives: the next one, NULL at the end, from where the
 * state is. */
typedef object *iterate_step(script *s, void *state, mlp_span where);
object *iterate_native(script *s, const char *name, iterate_step *step, void *state);
/* zip(sources...), enumerate(source, start) and reversed(sequence). */
object *iterate_zip(script *s, object **sources, size_t count, mlp_span where);
object *iterate_zip_strict(script *s, object **sources, size_t count, mlp_span where);
object *iterate_enumerate(script *s, object *source, int64_t start, mlp_span where);
object *iterate_reversed(script *s, object *sequence, mlp_span where);
/* Of an iterator over a range, how many elements it has and, in *at, how many it gave; 0 of another. */
uint64_t iterate_range(const object *o, uint64_t *at);
/* What an iterator is called: "generator", "zip". */
const char *iterate_name(const object *o);
/* dict.keys(), values() and items(): each for loop over them begins anew. What such a view is
 * called, NULL of another object; what it goes through, as a list; its dict, if its elements are
 * the keys of one, else NULL. */
const char *iterate_view(const object *o);
object *iterate_view_elements(script *s, const object *view, mlp_span where);
const object *iterate_view_keys(const object *view);
object *iterate_keys(script *s, object *dict);
object *iterate_values(script *s, object *dict);
object *iterate_items(script *s, object *dict);

/* len(v); fails where it has none. */
size_t object_length(script *s, const object *v, mlp_span where);
/* The element at `index`, which is less than the length, of what has elements. */
object *object_element(script *s, object *v, size_t index, mlp_span where);
/* Whether it has elements that object_element gives. */
bool object_has_elements(const object *v);

/* o[index]. */
object *subscript_of(script *s, object *o, object *index, mlp_span where);
/* Start, stop and step of a slice of so many elements, as slice.indices of Python has them. */
void slice_limits(script *s, const object *index, size_t length, int64_t limit[3], mlp_span where);

/* Sorts a list in place, by what key makes of its elements unless that is None. */
void list_sort(call *c, object *list, object *key, bool reverse);
/* Makes room for one element more in a list or a dict. */
void sequence_grow(script *s, object *v);
/* Appends to a list. */
void list_append(script *s, object *list, object *item);
/* The item of a string of a dict, NULL where it has none; sets it. More of dicts is in dict.h. */
object *dict_find(const object *dict, const char *key);
void dict_set(script *s, object *dict, const char *key, object *item, mlp_span where);

#endif
