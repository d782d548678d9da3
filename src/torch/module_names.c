/* The names that nn.Module has taken: what a script's class may not call its own by them. */
#include "module.h"

#include "python/order.h"

#include <string.h>

static bool is_one_of(const char *const *names, const char *name) {
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* Those that nn.Module uses itself, so that another of the name would change what it does. */
static bool is_used(const char *name) {
    static const char *const names[] = {"parameters",
                                        "named_parameters",
                                        "children",
                                        "named_children",
                                        "modules",
                                        "named_modules",
                                        "state_dict",
                                        "apply",
                                        "get_extra_state",
                                        "set_extra_state",
                                        "_apply",
                                        "_get_name",
                                        "_call_impl",
                                        "_slow_forward",
                                        "_named_members",
                                        "_load_from_state_dict",
                                        "_save_to_state_dict",
                                        "_get_backward_hooks",
                                        "_version",
                                        "_parameters",
                                        "_buffers",
                                        "_non_persistent_buffers_set",
                                        "_modules",
                                        "_backward_hooks",
                                        "_is_full_backward_hook",
                                        "_forward_hooks",
                                        "_forward_pre_hooks",
                                        "_state_dict_hooks",
                                        "_load_state_dict_pre_hooks",
                                        "_load_state_dict_post_hooks",
                                        NULL};
    return is_one_of(names, name);
}

/* The other methods, which hide a module or a parameter that is assigned to their name. */
static bool is_method(const char *name) {
    static const char *const names[] = {"add_module",
                                        "bfloat16",
                                        "buffers",
                                        "cpu",
                                        "cuda",
                                        "double",
                                        "dump_patches",
                                        "eval",
                                        "float",
                                        "get_buffer",
                                        "get_parameter",
                                        "get_submodule",
                                        "half",
                                        "ipu",
                                        "load_state_dict",
                                        "named_buffers",
                                        "register_backward_hook",
                                        "register_buffer",
                                        "register_forward_hook",
                                        "register_forward_pre_hook",
                                        "register_full_backward_hook",
                                        "register_load_state_dict_post_hook",
                                        "register_module",
                                        "register_parameter",
                                        "requires_grad_",
                                        "share_memory",
                                        "to",
                                        "to_empty",
                                        "type",
                                        "xpu",
                                        "zero_grad",
                                        "T_destination",
                                        NULL};
    return is_one_of(names, name);
}

void module_check_attribute(call *c, const char *name, bool is_part) {
    static const char *const methods[] = {"forward", "train", "extra_repr", NULL};
    if (is_one_of(methods, name))
        call_fail(c, "'%s' is a method: define it in the class", name);
    if (is_used(name) || (is_part && is_method(name)))
        call_fail(c, "'%s' is a name that nn.Module has for itself: choose another", name);
}

void module_check_class(call *c, const user_class *class) {
    for (const user_class *in = class; in; in = order_next(class, in))
        for (const binding *b = in->members.first; b; b = b->next)
            if (is_used(b->name))
                call_fail(
                    c, "%s() is a method that nn.Module calls itself: give that of %s another name",
                    b->name, class->name);
}
