/* Elements that are set one after the other, in a loop: x[i] = i. Each would be a step, with a copy
 * of all that stays; those that nobody looks at in between are one step, which grows. */
#include "record.h"

#include <string.h>

/* A given tensor of one dimension that has room for more; NULL without memory. */
static mlp_value *roomy(mlp_trace *trace, const mlp_tensor *from, size_t room) {
    mlp_tensor copy;
    mlp_diagnostic ignored;
    if (!mlp_tensor_new(&copy, trace->arena, from->dtype, 1, &room, &ignored))
        return NULL;
    if (from->data)
        memcpy(copy.data, from->data, from->numel * mlp_dtype_size(from->dtype));
    copy.shape[0] = copy.numel = from->numel;
    mlp_value *value = mlp_trace_given(trace, copy);
    if (value)
        value->label.hidden = true;
    return value;
}

/* Whether the value may still change under its name: it was just put together and shown last, and
 * no step or print has read it. */
static bool can_grow(const mlp_trace *trace, const mlp_value *value) {
    const mlp_step *step = value->producer;
    const bool puts = step && step->operation == &mlp_index_put;
    const bool is_own = puts && (!step->in[2] || !step->in[2]->producer);
    const bool is_echoed = trace->last_echo && trace->last_echo->value == value;
    return is_own && !value->used && value->leaf && !is_echoed && trace->last_shown == value;
}

/* The step's places and numbers, with room for `count` more of them. Rooms are powers of 2. */
static bool make_room(mlp_trace *trace, mlp_step *step, size_t count) {
    const mlp_tensor *places = &step->in[1]->tensor;
    const size_t had = places->numel, wanted = had + count;
    size_t room = 16;
    if (wanted > SIZE_MAX / 2)
        return false;
    while (room < wanted)
        room *= 2;
    if (step->in[2] && had > room / 2)
        return true; /* it was made for that many */
    const bool has_values = step->in[2] != NULL;
    mlp_tensor values =
        has_values ? step->in[2]->tensor : (mlp_tensor){.dtype = step->out[0]->tensor.dtype};
    values.numel = had;
    mlp_value *more_places = roomy(trace, places, room), *more = roomy(trace, &values, room);
    if (!more_places || !more)
        return false;
    for (size_t i = 0; i < had && !has_values; i++)
        mlp_number_set(&more->tensor, i, step->options->number);
    step->in[1] = more_places;
    step->in[2] = more;
    return true;
}

bool mlp_trace_put(mlp_trace *trace, mlp_value *value, const mlp_tensor *places, mlp_number number,
                   bool *done, mlp_diagnostic *error) {
    mlp_step *step = value->producer;
    *done = can_grow(trace, value);
    if (!*done)
        return true;
    if (!make_room(trace, step, places->numel))
        return trace_out_of_memory(trace, error);
    trace_note_places(value, places);
    mlp_value_changed_again(value);
    mlp_tensor *at = &step->in[1]->tensor, *values = &step->in[2]->tensor;
    for (size_t i = 0; i < places->numel; i++) {
        const int64_t place = mlp_tensor_get_int(places, i);
        ((int64_t *)at->data)[at->numel] = place;
        mlp_number_set(values, at->numel, number);
        mlp_number_set(&step->out[0]->tensor, (size_t)place, number);
        if (value->bound)
            value->bound[place] = 0;
        values->shape[0] = values->numel = at->shape[0] = at->numel = at->numel + 1;
    }
    return true;
}
