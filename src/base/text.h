/* Text from a hostile file, on its way to a terminal. */
#ifndef MLPSTEP_BASE_TEXT_H
#define MLPSTEP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the byte is not the second or a later one of a UTF-8 character. */
bool text_begins_character(char byte);
/* How many characters, not bytes, the text from `from` to `to` has. */
size_t text_count_characters(const char *from, const char *to);
/* How many of the `bytes` there are the UTF-8 character at `text` has; 0 where they are broken. */
size_t text_sequence_length(const char *text, size_t bytes);
/* How many of the `bytes` there are the UTF-8 character at `text` has; 0 where there is none to
 * be shown: a control character or a broken sequence. */
size_t text_character_length(const char *text, size_t bytes);

#endif
