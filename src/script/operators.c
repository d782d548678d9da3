#include "operators.h"

_Noreturn static void refuse(script *s, mlp_span where) {
    script_fail(s, where, "operators on tensors are not supported: use modules and functions");
}

value *tensor_binary(script *s, operator op, value *a, value *b, mlp_span where) {
    (void)op;
    (void)a;
    (void)b;
    refuse(s, where);
}

value *tensor_in_place(script *s, operator op, value *a, value *b, mlp_span where) {
    (void)op;
    (void)a;
    (void)b;
    refuse(s, where);
}

value *tensor_negative(script *s, value *a, mlp_span where) {
    (void)a;
    refuse(s, where);
}

value *tensor_index(script *s, value *a, value *index, mlp_span where) {
    (void)a;
    (void)index;
    refuse(s, where);
}

bool tensor_truth(script *s, const value *a, mlp_span where) {
    (void)a;
    refuse(s, where);
}
