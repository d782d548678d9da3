#include "text.h"

bool text_begins_character(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t text_count_characters(const char *from, const char *to) {
    size_t count = 0;
    for (; from < to; from++)
        count += text_begins_character(*from);
    return count;
}

size_t text_sequence_length(const char *text, size_t bytes) {
    const unsigned char first = (unsigned char)text[0];
    if (first < 0x80)
        return 1;
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > bytes)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (text_begins_character(text[i]))
            return 0;
    const unsigned char second = (unsigned char)text[1];
    const bool too_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool no_character = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return too_long || no_character ? 0 : length;
}

size_t text_character_length(const char *text, size_t bytes) {
    const unsigned char first = (unsigned char)*text;
    if (first < 0x80)
        return (first >= 0x20 && first != 0x7F) || first == '\t';
    const size_t length = text_sequence_length(text, bytes);
    return length && first == 0xC2 && (unsigned char)text[1] < 0xA0 ? 0 : length;
}
