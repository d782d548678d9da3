/* Text from a hostile file, on its way to a terminal. */
#ifndef MLPSTEP_BASE_TEXT_H
#define MLPSTEP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the byte is not the second or a later one of a UTF-8 character. */
bool text_begins_character(char byte);
/* Behind so many characters of the text, or at its end where it has fewer. */
const char *text_skip(const char *text, size_t characters);
/* The number of the character at `text`, which is UTF-8. */
unsigned text_code(const char *text);
/* How many characters, not bytes, the text from `from` to `to` has. */
size_t text_count_characters(const char *from, const char *to);
/* In how many brackets one is behind the character c. All are of one kind, and one that closes
 * what is not open counts for nothing. */
size_t text_depth(size_t depth, char c);
/* Of the byte order mark that some editors, of Windows above all, put before a text in UTF-8; else 0. */
size_t text_mark_length(const char *text, size_t length);
/* How many of the `bytes` there are the UTF-8 character at `text` has; 0 where they are broken. */
size_t text_sequence_length(const char *text, size_t bytes);

enum {
    TEXT_SHOWN = 7 /* the longest escape, and its end */
};

/* The character at `text`, of which there are `bytes`, as it may be shown: itself, or, as Python's
 * repr has it, an escape of what would move the cursor, end the line or turn the direction of the
 * text, and of a byte that is not UTF-8. Returns how many of the bytes that stands for. mlp_text_write
 * writes a whole text so. */
size_t text_show(const char *text, size_t bytes, char shown[TEXT_SHOWN]);

#endif
