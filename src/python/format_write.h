/* What the files of the formatting share: texts grow in s->text, and are taken out of it. */
#ifndef MLPSTEP_PYTHON_FORMAT_WRITE_H
#define MLPSTEP_PYTHON_FORMAT_WRITE_H

#include "object.h"

/* Appends str(v) or repr(v) to s->text. */
void write_str(script *s, const object *v);
void write_repr(script *s, const object *v);
/* Appends the literal of a string, in quotes. */
void write_quoted(script *s, const char *text);
/* Appends the repr of a module. */
void write_module(script *s, nn_module *m);
/* Appends the class of torch.nn as type() shows it; false where there is none of that path. */
bool write_module_class(script *s, const char *path);

/* Takes what was appended since s->text.length was `start`. */
const char *take_text(script *s, size_t start);
/* Characters of a UTF-8 text, and the bytes of its first `characters`. */
size_t count_characters(const char *text);
size_t bytes_of_characters(const char *text, size_t characters);
/* chr(code) */
const char *text_of_character(script *s, int64_t code, mlp_span where);

#endif
