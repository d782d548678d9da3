/* Texts that grow, and their characters. */
#include "format_write.h"
#include "run.h"

#include "base/text.h"

const char *take_text(call *c, size_t start) {
    buffer *text = &c->script->text;
    if (text->failed)
        script_out_of_memory(c->script);
    const char *taken =
        text->bytes ? script_copy(c->script, text->bytes + start, text->length - start) : "";
    text->length = start;
    return taken;
}

size_t bytes_of_characters(const char *text, size_t characters) {
    return (size_t)(text_skip(text, characters) - text);
}

size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += text_begins_character(*text);
    return count;
}

const char *text_of_character(call *c, int64_t code) {
    if (code <= 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        call_fail(c, "%lld is not the number of a character that can be printed", (long long)code);
    char text[5] = "";
    const unsigned u = (unsigned)code;
    const size_t more = u < 0x80 ? 0 : u < 0x800 ? 1 : u < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    text[0] = (char)(lead[more] | u >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        text[i] = (char)(0x80 | (u >> (6 * (more - i)) & 0x3F));
    return script_copy(c->script, text, more + 1);
}
