#include "format.h"

_Noreturn static void refuse(script *s, const value *v, mlp_span where) {
    script_fail(s, where, "the text of a value of type %s is not supported", value_type(v));
}

const char *format_str(script *s, const value *v) {
    return v->kind == VALUE_STRING ? v->as.string : format_repr(s, v);
}

const char *format_repr(script *s, const value *v) {
    refuse(s, v, s->here);
}

const char *format_spec(script *s, const value *v, const char *spec, mlp_span where) {
    (void)spec;
    refuse(s, v, where);
}

const char *format_percent(script *s, const char *template, const value *arguments,
                           mlp_span where) {
    (void)template;
    refuse(s, arguments, where);
}
