#include "xml.h"

#include <string.h>

size_t xml_show(const char *text, size_t bytes, char shown[TEXT_SHOWN]) {
    const size_t length = text_show(text, bytes, shown);
    const unsigned code = text_sequence_length(text, bytes) ? text_code(text) : 0;
    if (code == 0xFFFE || code == 0xFFFF)
        snprintf(shown, TEXT_SHOWN, "\\u%04x", code);
    return length;
}

void xml_escape(FILE *out, const char *text) {
    for (; *text; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
}

void xml_write_part(FILE *out, const char *text, size_t bytes) {
    char shown[TEXT_SHOWN];
    for (size_t n; bytes; text += n, bytes -= n) {
        n = xml_show(text, bytes, shown);
        xml_escape(out, shown);
    }
}

void xml_write(FILE *out, const char *text) {
    xml_write_part(out, text, strlen(text));
}
