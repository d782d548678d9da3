#include "dump_read.h"

#include "dump_json.h"
#include "dump_npy.h"
#include "printf_words.h"

#include "base/text.h"

#include <string.h>

static const char npy_magic[] = "\x93NUMPY", zip_magic[] = "PK\3\4", empty_zip_magic[] = "PK\5\6";
/* How two formats of `run` begin that are for other programs alone. */
static const char csv_header[] = "step,section,name,dtype,shape,index,value",
                  c_comment[] = "/* The tensors of a training step, ";

static bool begins_with(const char *text, size_t length, const char *magic) {
    return length >= strlen(magic) && memcmp(text, magic, strlen(magic)) == 0;
}

static size_t skip_space(const char *text, size_t length, size_t i) {
    while (i < length && strchr(" \t\r\n", text[i]) && text[i])
        i++;
    return i;
}

/* {" or {}: Python writes a dict with '. */
static bool is_json(const char *text, size_t length) {
    size_t i = skip_space(text, length, text_mark_length(text, length));
    if (i == length || text[i] != '{')
        return false;
    i = skip_space(text, length, i + 1);
    return i < length && (text[i] == '"' || text[i] == '}');
}

static bool is_zip(const char *text, size_t length) {
    return begins_with(text, length, zip_magic) || begins_with(text, length, empty_zip_magic);
}

static bool is_for_others(const char *text, size_t length) {
    const size_t mark = text_mark_length(text, length);
    return begins_with(text + mark, length - mark, csv_header) ||
           begins_with(text + mark, length - mark, c_comment);
}

bool dump_is(const char *text, size_t length) {
    return begins_with(text, length, npy_magic) || is_zip(text, length) || is_json(text, length) ||
           is_for_others(text, length);
}

void dump_read(reader *in, mlp_answers *answers) {
    dump d = {.in = in, .answers = answers, .next = &answers->first};
    answers->by_program = true;
    if (is_for_others(in->source, in->length))
        reader_fail(in, (mlp_span){.line = 1, .column = 1},
                    "csv and c of run are for other programs: of its formats text, json and npz "
                    "are read here");
    if (is_zip(in->source, in->length)) {
        dump_read_npz(&d);
    } else if (begins_with(in->source, in->length, npy_magic)) {
        mlp_answer *a = dump_add(&d, NULL);
        a->by_order = true;
        dump_read_npy(&d, a, "", in->source, in->length);
    } else {
        printf_words_replace(in);
        dump_read_json(&d);
    }
    if (!answers->first)
        reader_fail(in, (mlp_span){0}, "there are no tensors in it");
}
