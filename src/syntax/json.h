/* JSON, looked at where it lies: nothing is copied. A value is known by where it begins. */
#ifndef MLPSTEP_SYNTAX_JSON_H
#define MLPSTEP_SYNTAX_JSON_H

#include "base/reader.h"

enum {
    JSON_CHARACTER = 4 /* bytes of one, at most */
};

/* Fails where the source of the reader is anything but one object; else returns it. All functions
 * below are for what lies in it. */
const char *json_object(reader *r);
/* Fails with a message about the value. */
_Noreturn void json_fail(reader *r, const char *value, const char *message);

/* The first and the next value of an array; NULL where there is none. */
const char *json_first(const char *array);
const char *json_next(const char *value);
/* The member of that name, the last of several as everywhere; NULL where there is none, or the value
 * is no object. */
const char *json_member(const char *value, const char *name);

/* Writes the next character of a string, UTF-8, and steps over it; 0 bytes at its end. *at is
 * behind the quote, or the last character. */
size_t json_character(const char **at, char to[JSON_CHARACTER]);
/* Whether the value, which may be NULL, is this string. */
bool json_is(const char *value, const char *text);

#endif
