/* What an object of a library's type does when the language asks it something: one half of the
 * joint between the language and what is built on it; library.h is the other. A slot that is NULL
 * gives Python's own TypeError, in the words of this program. */
#ifndef MLPSTEP_PYTHON_TYPE_H
#define MLPSTEP_PYTHON_TYPE_H

#include "call.h"
#include "copy.h"

/* How an object comes by a name. */
typedef enum naming {
    NAMED_WHERE_FOUND,   /* an attribute or element that was looked up: no name, see call_text */
    NAMED_BY_EXPRESSION, /* the result of an expression: no name, see call_text */
    NAMED_BY_PARAMETER,  /* the parameter of a function that received it */
    NAMED_IN_PASSING,    /* the target of a loop; a name whose object changed in place */
    NAMED_IN_FUNCTION,   /* a variable of a function */
    NAMED_AT_TOP         /* a variable of the script */
} naming;

struct type {
    const char *name; /* as messages have it, and before the dot of its methods' paths */
    /* A tuple of this type stays one when it is added to, repeated or sliced. */
    bool is_closed;

    /* What `is` compares of two objects; NULL: their data. */
    const void *(*identity)(const object *self);
    /* The class of the script that self is an instance of. */
    user_class *(*user_class)(const object *self);
    /* An instance of a class of the script that derives from the type, before its __init__. */
    object *(*make)(call *c, user_class *class);
    /* What making such an instance does with the arguments, before its __init__ gets them. */
    void (*given)(call *c, object *self, const arguments *given);
    /* A class of the script that derives from the type alone was defined. */
    void (*defined)(call *c, user_class *class);
    /* type(self) */
    object *(*class)(call *c, const object *self);
    /* The __name__ of that; NULL: `name`. */
    const char *(*class_name)(const object *self);
    /* What messages call it; NULL: a value of type `name`. */
    const char *(*describe)(call *c, const object *self);

    /* self.name; NULL where there is none. */
    object *(*attribute)(call *c, object *self, const char *name);
    void (*set_attribute)(call *c, object *self, const char *name, object *o);
    /* del self.name; false where there is none. */
    bool (*remove_attribute)(call *c, object *self, const char *name);
    /* Considers the attributes that are no methods. */
    void (*suggest)(const object *self, nearest *near);

    /* a op b, where at least one is of the type; NULL where Python goes on without it. */
    object *(*binary)(call *c, operator op, object *a, object *b);
    /* self op= b: what the target holds afterwards; NULL likewise. */
    object *(*in_place)(call *c, operator op, object *self, object *b);
    object *(*negative)(call *c, object *self);
    object *(*positive)(call *c, object *self);
    object *(*absolute)(call *c, object *self); /* abs(self) */
    object *(*inverted)(call *c, object *self); /* ~self */
    bool (*truth)(call *c, const object *self);
    /* The Python number it is. Where it is not one: NULL, if asker is NULL, or a failure in the
     * name of the asker, such as "math.sqrt" or, of a %-format, "%d". */
    object *(*number)(call *c, const object *self, const char *asker);

    /* The whole number that it is where an index or a count is asked for, its __index__(). Where it
     * is not one: NULL, or a failure if that is_asked for and nothing else serves. */
    object *(*index)(call *c, const object *self, bool is_asked);

    size_t (*length)(call *c, const object *self);
    /* Whether it has a length and elements; NULL: where there is a length, it has. Where not, it may
     * fail in its own words, if asker is "len" or "iter"; c and asker are NULL where nobody is
     * told. */
    bool (*has_elements)(call *c, const object *self, const char *asker);
    bool tells_index; /* where there is no such element: "index 3 is out of range" */
    object *(*element)(call *c, object *self, size_t index);
    void (*set_element)(call *c, object *self, size_t index, object *o);
    object *(*slice)(call *c, object *self, size_t start, size_t stop);
    /* self[index] of any index; NULL, as a slot or from it: element and slice serve. */
    object *(*subscript)(call *c, object *self, object *index);
    /* item in self; NULL: whether one of its elements equals item. */
    bool (*contains)(call *c, object *self, object *item);
    bool has_all_elements; /* `in` and reversed() go through its elements, for all its subscript */
    void (*assign)(call *c, object *self, object *index, object *o);
    void (*remove)(call *c, object *self, object *index); /* del self[index] */
    void (*augment)(call *c, operator op, object *self, object *index, object *o);

    object *(*call)(call *c, object *self, const arguments *given);
    /* self stands under this name in the body of a class: __set_name__. */
    void (*set_name)(call *c, object *self, const char *name);
    /* What self, a member of a class, is of an object of it; NULL: itself. */
    object *(*bound)(call *c, object *self, object *to);

    /* copy.copy(self); or copy.deepcopy(self), whose parts are copied by copy_deep(c, part, deep). */
    object *(*copied)(call *c, object *self, copies *deep);

    /* Appends repr(self). */
    void (*write)(call *c, const object *self, buffer *out);
    const char *text;                                /* str(self) where that is another */
    const char *(*str)(call *c, const object *self); /* the same, computed */
    /* What {self:spec} formats in its place; NULL: itself. */
    object *(*formatted)(call *c, object *self);

    void (*named)(call *c, object *self, const char *name, naming how);
    /* It is printed, or stands alone in a statement. */
    void (*shown)(call *c, const object *self);

    /* with self: and @self. What enter returns is given to leave; `as` names None. */
    bool (*enter)(call *c, const object *self);
    void (*leave)(call *c, const object *self, bool before);
};

#endif
