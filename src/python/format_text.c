/* Texts that grow, and their characters. */
#include "format_write.h"

#include "base/text.h"

const char *take_text(script *s, size_t start) {
    buffer *text = &s->text;
    if (text->failed)
        script_out_of_memory(s);
    const char *taken =
        text->bytes ? script_copy(s, text->bytes + start, text->length - start) : "";
    text->length = start;
    return taken;
}

size_t bytes_of_characters(const char *text, size_t characters) {
    size_t bytes = 0;
    while (text[bytes] && characters--) {
        bytes++;
        while (!text_begins_character(text[bytes]))
            bytes++;
    }
    return bytes;
}

size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += text_begins_character(*text);
    return count;
}

const char *text_of_character(script *s, int64_t code, mlp_span where) {
    if (code <= 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        script_fail(s, where, "%lld is not the number of a character that can be printed",
                    (long long)code);
    char text[5] = "";
    const unsigned c = (unsigned)code;
    const size_t more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    text[0] = (char)(lead[more] | c >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        text[i] = (char)(0x80 | (c >> (6 * (more - i)) & 0x3F));
    return script_copy(s, text, more + 1);
}
