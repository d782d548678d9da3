#include "printf_words.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool is_of_word(char c) {
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool begins_with(const char *at, const char *end, const char *word) {
    const size_t length = strlen(word);
    for (size_t i = 0; i < length; i++)
        if (at + i == end || tolower((unsigned char)at[i]) != word[i])
            return false;
    return true;
}

static size_t length_of_word(const char *at, const char *end) {
    size_t length = 0;
    while (at + length < end && is_of_word(at[length]))
        length++;
    return length;
}

/* Of the payload in nan(payload); 0 where there is none. */
static size_t length_of_nan(const char *at, const char *end) {
    static const char nan[] = "nan(";
    if (!begins_with(at, end, nan))
        return 0;
    const size_t length = strlen(nan) + length_of_word(at + strlen(nan), end);
    return at + length < end && at[length] == ')' ? length + 1 : 0;
}

/* Of 1.#QNAN0; *word becomes what it means. */
static size_t length_of_number_sign(const char *at, const char *end, const char **word) {
    static const char sign[] = "1.#";
    static const char *const beginnings[] = {"qnan", "snan", "ind", "inf"};
    if (!begins_with(at, end, sign))
        return 0;
    const char *behind = at + strlen(sign);
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (begins_with(behind, end, beginnings[i])) {
            *word = strcmp(beginnings[i], "inf") == 0 ? "inf" : "nan";
            return strlen(sign) + length_of_word(behind, end);
        }
    return 0;
}

static size_t length_of(const char *at, const char *end, const char **word) {
    *word = "nan";
    const size_t length = length_of_nan(at, end);
    return length ? length : length_of_number_sign(at, end, word);
}

void printf_words_replace(reader *in) {
    const char *const source = in->source, *const end = source + in->length;
    char *copy = NULL;
    for (const char *at = source; at < end;) {
        const char *word;
        const bool may_begin = (*at == 'n' || *at == 'N' || *at == '1') &&
                               (at == source || (!is_of_word(at[-1]) && at[-1] != '.'));
        const size_t length = may_begin ? length_of(at, end, &word) : 0;
        if (length) {
            copy = copy ? copy : reader_copy(in, source, in->length);
            memset(copy + (at - source), ' ', length);
            memcpy(copy + (at - source), word, strlen(word));
        }
        at += length ? length : 1;
    }
    in->source = copy ? copy : source;
}
