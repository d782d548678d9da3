/* JSON, looked at where it lies: nothing is copied. A value is known by where it begins. */
#ifndef MLPSTEP_SYNTAX_JSON_H
#define MLPSTEP_SYNTAX_JSON_H

#include "base/reader.h"

enum {
    JSON_CHARACTER = 4 /* bytes of one, at most */
};

/* Fails where the source of the reader is anything but one object, with a message about `what`; else
 * returns it. All functions below are for what lies in it. */
const char *json_object(reader *r, const char *what);
/* Fails with a message about the value. */
_Noreturn void json_fail(reader *r, const char *value, const char *message);

/* The first and the next value of an array; NULL where there is none. */
const char *json_first(const char *array);
const char *json_next(const char *value);
/* The name of the first and of the next member of an object, a string; NULL where there is none. The
 * value of a member. */
const char *json_first_key(const char *object);
const char *json_next_key(const char *key);
const char *json_value_of(const char *key);
/* The member of that name, the last of several as everywhere; NULL where there is none, or the value
 * is no object. */
const char *json_member(const char *value, const char *name);

/* Writes the next character of a string, UTF-8, and steps over it; 0 bytes at its end. *at is
 * behind the quote, or the last character. */
size_t json_character(const char **at, char to[JSON_CHARACTER]);
/* Behind the value. */
const char *json_end(const char *value);
/* Whether the value, which may be NULL, is this string. */
bool json_is(const char *value, const char *text);

#endif
