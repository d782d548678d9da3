#include "manual.h"

#include "examples.h"

#include <string.h>

bool takes_script(command_id command) {
    return strstr(command_texts[command].synopsis, "SCRIPT") != NULL;
}

bool takes_files(command_id command) {
    return strstr(command_texts[command].synopsis, "SCRIPT ") != NULL;
}

void put_commands(FILE *to, unsigned commands, const char *between) {
    const char *before = "";
    for (int i = 0; i < COMMANDS; i++)
        if (commands >> i & 1) {
            fprintf(to, "%s%s", before, command_texts[i].name);
            before = between;
        }
}

void put_words(FILE *to, const char *const *words) {
    for (size_t i = 0; words[i]; i++)
        fprintf(to, "%s%s", i == 0 ? "" : " ", words[i]);
}

void put_examples(FILE *to) {
    for (const example *e = examples; e->name; e++)
        fprintf(to, "%s%s", e == examples ? "" : " ", e->name);
}

int brief_length(const char *text) {
    static const char *const ends[] = {" (", ": ", "; "};
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *end = strstr(text, ends[i]);
        if (end && (size_t)(end - text) < length)
            length = (size_t)(end - text);
    }
    return (int)length;
}
