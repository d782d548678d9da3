#include "written.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_DECIMALS = 400 /* beyond them every double is 0, or exact */
};

/* 0x1.8p-3: all of it is there. */
static bool is_hexadecimal(const char *text) {
    return text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && text[2];
}

static int count_decimals(const char *text) {
    const char *point = strchr(text, '.'), *exponent = strpbrk(text, "eE");
    const size_t end = exponent ? (size_t)(exponent - text) : strlen(text);
    const long behind = point ? (long)end - (long)(point - text) - 1 : 0;
    const long shift = exponent ? strtol(exponent + 1, NULL, 10) : 0;
    const long most = MOST_DECIMALS;
    if (shift > most || shift < -most)
        return (int)(shift > 0 ? -most : most);
    return (int)(behind - shift < most ? behind - shift : most);
}

bool written_decimal(const char *text, size_t length, mlp_written *number) {
    char copy[LONGEST_NUMBER + 1];
    if (length == 0 || length > LONGEST_NUMBER)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *end;
    *number = (mlp_written){.given = true, .text = text, .length = length};
    number->value = strtod(copy, &end);
    number->exact = copy[length - 1] == '.' || is_hexadecimal(copy);
    number->decimals = is_hexadecimal(copy) ? 0 : count_decimals(copy);
    if (number->value == 0 && number->decimals < 0)
        number->decimals = 0; /* 0e99 is 0 */
    return *end == '\0';
}

/* In upper case or lower case, if so. */
static bool is_word(const char *text, size_t length, const char *word, bool in_any_case) {
    for (size_t i = 0; i < length; i++)
        if (!word[i] || (in_any_case ? tolower((unsigned char)text[i]) : text[i]) != word[i])
            return false;
    return !word[length];
}

bool written_word(const char *text, size_t length, mlp_written *number) {
    static const struct {
        const char *name;
        bool in_any_case;
        double value;
    } words[] = {{"nan", true, NAN},
                 {"inf", true, INFINITY},
                 {"infinity", true, INFINITY},
                 {"True", false, 1},
                 {"False", false, 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(text, length, words[i].name, words[i].in_any_case)) {
            *number = (mlp_written){.given = true,
                                    .exact = true,
                                    .value = words[i].value,
                                    .text = text,
                                    .length = length};
            return true;
        }
    return false;
}

int written_significant(const mlp_written *w) {
    int count = 0;
    for (size_t i = 0; i < w->length && w->text[i] != 'e' && w->text[i] != 'E'; i++)
        count += w->text[i] >= '0' && w->text[i] <= '9' && (count || w->text[i] != '0');
    return count;
}
