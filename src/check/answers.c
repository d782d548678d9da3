/* Reads answers: sheets line by line, transcripts tensor by tensor. */
#include "mlpstep/answers.h"

#include "answers_read.h"
#include "arithmetic.h"
#include "dump_read.h"
#include "faults.h"
#include "literal.h"
#include "plain.h"
#include "printf_words.h"
#include "written.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Where the sheet stands in the text. */
typedef struct {
    reader *in;
    const char *at, *end;
    const char *mark; /* a place in the line whose column is known, so that a long line is counted
                         once */
    size_t mark_column;
    size_t line;
    mlp_answers *answers;
    mlp_answer **next;
    mlp_phase section;
    size_t sections[MLP_UPDATE + 1]; /* headings of each phase so far */
    bool has_section;
    uint64_t step;       /* of the training, that a line has named; 0: none */
    bool of_names;       /* it is a file of other names */
    mlp_answer *reading; /* NULL: none yet of the entry ... */
    const char *rest;    /* ... behind which one goes on here, whatever is wrong with it */
} sheet;

const char answers_wanted[] =
    "expected NAME = VALUE, as in h = [0.1, -0.2], NAME[i][j] NUMBER, or a comment that begins "
    "with #";
static const char names_wanted[] =
    "expected NAME = NAME-IN-THE-SCRIPT, as in W1 = w1.weight, or a comment that begins with #";

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
}

static const char *line_end(const sheet *r, const char *at) {
    const char *end = memchr(at, '\n', (size_t)(r->end - at));
    return end ? end : r->end;
}

static const char *skip_blanks(const char *at, const char *end) {
    while (at < end && is_blank(*at))
        at++;
    return at;
}

static const char *trim_end(const char *start, const char *end) {
    while (end > start && is_blank(end[-1]))
        end--;
    return end;
}

static void next_line(sheet *r, const char *end) {
    r->line++;
    r->mark = r->at = end < r->end ? end + 1 : end;
    r->mark_column = 1;
}

/* Of a part of the line that the sheet is in, not before the last one that was asked for. */
static mlp_span span_of(sheet *r, const char *from, const char *to) {
    r->mark_column += text_count_characters(r->mark, from);
    r->mark = from;
    return (mlp_span){r->line, r->mark_column, text_count_characters(from, to)};
}

static mlp_answer *new_answer(sheet *r, mlp_span where) {
    mlp_answer *a = reader_alloc(r->in, 1, sizeof *a);
    a->where = where;
    a->section = r->section;
    a->step = r->step;
    a->section_count = r->has_section ? r->sections[r->section] : 0;
    *r->next = a;
    r->next = &a->next;
    r->answers->count++;
    return r->reading = a;
}

/* The first byte there that no text has; `to` where there is none. */
static const char *find_binary(const char *from, const char *to) {
    for (; from < to; from++)
        if (((unsigned char)*from < 0x20 && *from != '\n' && !is_blank(*from)) || *from == 0x7F)
            break;
    return from;
}

static bool has_binary(const char *from, const char *to) {
    return find_binary(from, to) < to;
}

static bool begins_with(const char *at, const char *end, const char *word) {
    return (size_t)(end - at) >= strlen(word) && memcmp(at, word, strlen(word)) == 0;
}

/* As a program prints it. */
static bool is_tensor(const char *at, const char *end) {
    return begins_with(at, end, "tensor(") || begins_with(at, end, "torch.tensor(");
}

/* As people copy it out of a program. */
static bool is_array(const char *at, const char *end) {
    static const char *const calls[] = {"torch.Tensor(", "Tensor(", "np.array(", "numpy.array(",
                                        "array("};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (begins_with(at, end, calls[i]))
            return true;
    return false;
}

/* Of the entry from r->at to r->rest. */
static void read_value(sheet *r, mlp_answer *a, const char *from) {
    a->value = span_of(r, from, from + (from < r->rest));
    a->unread = has_binary(r->at, r->rest); /* which is told of its line */
    if (a->unread)
        return;
    size_t length = (size_t)(r->rest - from);
    const bool is_sheet = !r->answers->is_transcript;
    a->is_list = is_sheet && !is_tensor(from, r->rest);
    const char *text = is_sheet ? plain_value(r->in, from, &length, a->value, &a->by_hand) : from;
    literal_read(r->in, lex_literal(r->in, text, length, a->value), is_sheet, a);
}

/* --- sheets --- */

/* The = between name and value: the last one of the line outside brackets that is not a part of
 * another operator. NULL where there is none. */
static const char *find_equals(const char *at, const char *end) {
    const char *found = NULL, *start = at;
    size_t depth = 0;
    for (; at < end && *at != '#'; at++) {
        depth = text_depth(depth, *at);
        const bool doubled = at + 1 < end && at[1] == '=';
        if (*at == '=' && depth == 0 && !doubled && (at == start || !strchr("=!<>", at[-1])))
            found = at;
    }
    return found;
}

/* Whether one number stands there, and nothing else. */
static bool is_one_number(const char *at, const char *end) {
    mlp_written number;
    at += at < end && (*at == '-' || *at == '+');
    const size_t length = (size_t)(end - at);
    return (length && ((*at >= '0' && *at <= '9') || *at == '.') &&
            written_decimal(at, length, &number)) ||
           (written_word(at, length, &number) && !isfinite(number.value));
}

static const char *comment_start(const char *at, const char *end) {
    while (at < end && *at != '#')
        at++;
    return at;
}

/* Whether numbers begin there, blanks aside. */
static bool begins_numbers(const char *at, const char *end) {
    at = skip_blanks(at, end);
    return at < end && (strchr("0123456789.-+[?", *at) || is_tensor(at, end) ||
                        is_one_number(at, trim_end(at, comment_start(at, end))));
}

/* The last one there, or the last of other signs that stand for it, of *length bytes. */
static const char *find_equals_sign(const char *at, const char *end, size_t *length) {
    const char *found = find_equals(at, end);
    size_t depth = 0;
    *length = 1;
    for (at = found ? found : at; at < end && *at != '#'; at++) {
        depth = text_depth(depth, *at);
        const size_t sign = depth == 0 ? plain_equals(at, end) : 0;
        if (sign) {
            found = at;
            *length = sign;
        }
    }
    return found;
}

/* Of the :: in a name of C++; 0 where there is none. */
static size_t scope_length(const char *at, const char *end) {
    return begins_with(at, end, "::") ? 2 : 0;
}

/* The : or ~ of NAME: VALUE and NAME ~ VALUE, where the name is one word, behind a marker or not. */
static const char *find_colon(const char *at, const char *end) {
    at = skip_blanks(at, end);
    at = skip_blanks(at + plain_marker(at, end), end);
    const char *start = at;
    for (size_t scope; at < end && !is_blank(*at); at += scope ? scope : 1) {
        scope = scope_length(at, end);
        if (!scope && strchr(":~#[({", *at))
            break;
    }
    const char *sign = skip_blanks(at, end);
    const bool is_there = sign < end && (*sign == ':' || *sign == '~') && at > start;
    return is_there && begins_numbers(sign + 1, end) ? sign : NULL;
}

/* Of the sign between two names, as in h + x, with the blanks around it; 0 where none is there. */
static size_t operator_length(const char *at, const char *end) {
    if (!is_blank(*at))
        return 0;
    const char *sign = skip_blanks(at, end), *behind = sign;
    while (behind < end && strchr("+-*/@%&|^<>", *behind))
        behind++;
    const char *next = skip_blanks(behind, end);
    return behind > sign && next > behind ? (size_t)(next - at) : 0;
}

/* Behind a name, as h[0][1], linear(x, w) or Net::w, that a blank or one of =:~# ends. */
static const char *skip_name(const char *at, const char *end) {
    for (size_t depth = 0, more; at < end; at += more ? more : 1) {
        more = depth > 0 ? 0 : scope_length(at, end) + operator_length(at, end);
        if (depth == 0 && !more && (is_blank(*at) || strchr("=:~#", *at)))
            break;
        depth = text_depth(depth, *at);
    }
    return at;
}

static bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Behind the letters and digits there. */
static const char *skip_word(const char *at, const char *end) {
    while (at < end && is_name_character(*at))
        at++;
    return at;
}

static bool is_number_word(const char *at, const char *end) {
    mlp_written number;
    return arithmetic_knows(at, (size_t)(end - at)) ||
           written_word(at, (size_t)(end - at), &number);
}

/* Whether a word is there that is none of a number. */
static bool has_word(const char *at, const char *end) {
    for (const char *next; at < end; at = next) {
        next = skip_word(at, end);
        if (next > at && !isdigit((unsigned char)*at) && !is_number_word(at, next))
            return true;
        next += next == at;
    }
    return false;
}

/* Whether a name begins there, which may be that of a part of an nn.Sequential, as 4.bias or
 * 1(0(x)), or an expression, as (2 * x). */
static bool begins_name(const char *at, const char *end) {
    const char *first = at;
    while (at < end && (isdigit((unsigned char)*at) || (*at == '.' && at > first)))
        at++;
    if (at < end && *at == '(')
        return has_word(at, end);
    return at < end && (at == first || at[-1] == '.') &&
           (isalpha((unsigned char)*at) || *at == '_');
}

/* The value of NAME VALUE, one number, as of h[0][1] 0.5. */
static const char *find_behind_blank(const char *at, const char *end) {
    end = trim_end(at, comment_start(at, end));
    at = skip_blanks(at, end);
    const char *name_end = skip_name(at, end), *value = skip_blanks(name_end, end);
    const bool is_name = begins_name(at, name_end) && !is_one_number(at, name_end);
    return is_name && value > name_end && is_one_number(value, end) ? value : NULL;
}

/* The : of h[0][1]: 0.5 and f(x): 0.5. */
static const char *find_colon_of_call(const char *at, const char *end) {
    end = trim_end(at, comment_start(at, end));
    at = skip_blanks(at, end);
    const char *name_end = skip_name(at, end), *sign = skip_blanks(name_end, end);
    const bool is_there = name_end > at && strchr("])", name_end[-1]) &&
                          begins_name(at, name_end) && sign < end && *sign == ':';
    return is_there && is_one_number(skip_blanks(sign + 1, end), end) ? sign : NULL;
}

static bool is_beside(char c) {
    return c == ':' || c == '~';
}

/* The : or ~ between two names: of a file of them. */
static const char *find_colon_of_names(const char *at, const char *end) {
    size_t depth = 0, scope;
    for (end = comment_start(at, end); at < end; at += scope ? scope : 1) {
        depth = text_depth(depth, *at);
        scope = scope_length(at, end);
        if (depth == 0 && !scope && is_beside(*at))
            return at;
    }
    return NULL;
}

/* The sign between name and value, also one of two characters, as :=, or of none. */
static const char *find_sign(const sheet *r, const char *at, const char *end, size_t *length) {
    const char *found = find_equals_sign(at, end, length);
    if (!found && r->of_names)
        return find_colon_of_names(at, end);
    if (!found)
        found = find_colon(at, end);
    if (!found)
        found = find_colon_of_call(at, end);
    if (found && is_beside(*found))
        return found;
    if (!found) {
        *length = 0;
        return find_behind_blank(at, end);
    }
    while (found + *length < end && found[*length] == '~')
        ++*length;
    for (; found > at && is_beside(found[-1]); found--)
        ++*length;
    return found;
}

/* Which of the words, of which there are `count`, the text is; `count` where it is none. */
static size_t find_word(const char *const *words, size_t count, const char *at, const char *end) {
    size_t i = 0;
    while (i < count &&
           !((size_t)(end - at) == strlen(words[i]) && memcmp(at, words[i], strlen(words[i])) == 0))
        i++;
    return i;
}

enum {
    HEADINGS = MLP_UPDATE + 1
};

/* The phase whose heading the line is; HEADINGS where it is none. */
static size_t find_heading(const char *at, const char *end) {
    static const char *const headings[HEADINGS] = {
        [MLP_FORWARD] = "# forward", [MLP_BACKWARD] = "# backward", [MLP_UPDATE] = "# step"};
    return find_word(headings, HEADINGS, at, trim_end(at, end));
}

/* Whether what stands before an = can be a name, and is not what is left of a tensor(...), as in
 * 2.], dtype=torch.float64). */
static bool is_name(const char *at, const char *end) {
    static const char *const arguments[] = {"dtype",  "device",  "requires_grad",
                                            "layout", "grad_fn", "size"};
    const size_t count = sizeof arguments / sizeof *arguments;
    size_t depth = 0;
    if (at == end || is_blank(*at) || find_word(arguments, count, at, end) < count)
        return false;
    for (; at < end; at++) {
        if (depth == 0 && (*at == ',' || *at == ')' || *at == ']' || *at == '}'))
            return false;
        depth = text_depth(depth, *at);
    }
    return true;
}

/* Whether no value goes on in the line, also where a bracket is open: a heading, or NAME = at the
 * margin. */
static bool begins_entry(const sheet *r, const char *at) {
    size_t length;
    const char *end = line_end(r, at), *equals = find_sign(r, at, end, &length);
    return find_heading(at, end) < HEADINGS || (equals && is_name(at, trim_end(at, equals)));
}

/* The end of the line on which the brackets of the value that begins at `at` are closed. Where they
 * are not, which is a fault, the next entry is none of it. */
static const char *value_end(const sheet *r, const char *at) {
    size_t depth = 0;
    for (; at < r->end; at++) {
        if (*at == '#')
            at = line_end(r, at);
        if (at == r->end || (*at == '\n' && (depth == 0 || begins_entry(r, at + 1))))
            break;
        depth = text_depth(depth, *at);
    }
    return at;
}

/* # --step=N: the sections are those of that step. */
static void begin_step(sheet *r, const char *at, const char *end) {
    static const char beginning[] = "# --step=";
    if (!begins_with(at, end, beginning))
        return;
    r->step = 0;
    for (at += strlen(beginning); at < end && *at >= '0' && *at <= '9'; at++)
        r->step = r->step > UINT64_MAX / 10 - 1 ? UINT64_MAX : 10 * r->step + (uint64_t)(*at - '0');
    memset(r->sections, 0, sizeof r->sections);
    r->has_section = false;
}

/* Blank lines and comments say nothing, but for the headings. */
static bool skip_comment(sheet *r, const char *at, const char *end) {
    if (at < end && *at != '#')
        return false;
    const size_t phase = find_heading(at, end);
    begin_step(r, at, end);
    r->answers->is_worksheet |= begins_with(at, end, "# worksheet");
    if (phase < HEADINGS) {
        r->section = (mlp_phase)phase;
        r->sections[phase]++;
        r->has_section = true;
    }
    return true;
}

static _Noreturn void fail_line(sheet *r, const char *at, const char *end) {
    reader_fail(r->in, span_of(r, at, trim_end(at, end)), "%s",
                r->of_names ? names_wanted : answers_wanted);
}

static void count_lines(sheet *r, const char *to) {
    for (const char *end; (end = line_end(r, r->at)) < to;)
        next_line(r, end);
    r->at = to;
}

/* Whether a comma stands in the outermost brackets that begin there, as in (0.1, 0.2). */
static bool is_tuple(const char *at, const char *end) {
    if (at == end || *at != '(')
        return false;
    for (size_t depth = 0; at < end; at++) {
        depth = text_depth(depth, *at);
        if (depth == 0 || (depth == 1 && *at == ','))
            return depth > 0;
    }
    return false;
}

/* Whether the value is a name instead: it begins as one does, and has a word that is none of a
 * number. */
static bool is_other_name(const char *at, const char *end) {
    const char *first = at + (at < end && *at == '-'), *call = at;
    while (call < end && *call == '(')
        call++;
    return begins_name(first, end) && has_word(at, end) && !is_tuple(first, end) &&
           !is_tensor(call, end) && !is_array(call, end) && !is_one_number(at, end);
}

/* Whether a value was derived there, as -ln(0.5238) or W x + b: not what belongs to another name, as
 * in loss = 0.5 acc = 0.9. */
static bool is_derivation(const char *at, const char *end) {
    size_t depth = 0;
    while (at < end) {
        const char *next = skip_word(at, end), *behind = skip_blanks(next, end);
        const bool is_number = next > at && *at >= '0' && *at <= '9';
        if (is_number && behind > next && behind < end && is_name_character(*behind))
            return false;
        depth = text_depth(depth, *at);
        if (depth == 0 && (*at == ',' || *at == ';'))
            return false;
        at = next > at ? next : at + 1;
    }
    return true;
}

enum {
    MOST_PARTS = 50 /* of NAME = DERIVATION = DERIVATION = VALUE */
};

/* Where the name ends in NAME = VALUE, and in NAME = DERIVATION = VALUE; `last` is the last = of the
 * line. */
static const char *find_name_end(const char *at, const char *last) {
    size_t length;
    const char *first = last;
    size_t parts = 0;
    for (const char *sign; (sign = find_equals_sign(at, first, &length)) != NULL; first = sign)
        if (++parts > MOST_PARTS || !is_derivation(sign + length, last))
            return trim_end(at, last);
    return trim_end(at, first);
}

/* A tensor without a name: a list, or one number. */
static bool read_unnamed(sheet *r, const char *at, const char *end) {
    const bool is_list = at < end && *at == '[';
    if (!is_list && !is_one_number(at, trim_end(at, comment_start(at, end))))
        return false;
    mlp_answer *a = new_answer(r, span_of(r, at, trim_end(at, end)));
    a->by_order = a->by_hand = true;
    r->rest = value_end(r, at);
    read_value(r, a, at);
    return true;
}

/* Of one of several tensors, h[0][1], which only programs write one by one. */
static bool is_element(const char *at, const char *end) {
    return end > at && end[-1] == ']' && begins_name(at, end);
}

/* The - of a name that is left out. */
static bool is_dash(const char *at, const char *end) {
    return end - at == 1 && *at == '-';
}

/* Whether anything there may be the name of a value, in whatever letters: also e, and nan, which a
 * variable may be called. */
static bool may_be_name(const char *at, const char *end) {
    if (at == end || *at == '[' || is_tensor(at, end))
        return false;
    for (const char *next; at < end; at = next) {
        if (isalpha((unsigned char)*at) || *at == '_' || (unsigned char)*at >= 0x80)
            return true;
        next = skip_word(at, end);
        next += next == at;
    }
    return false;
}

/* Whether the value of the line is the name of another: always, in a file of names. */
static bool read_means(sheet *r, const char *value, const char *end) {
    if (has_binary(r->at, line_end(r, r->at)))
        return false;
    if (!r->of_names)
        return is_other_name(value, end);
    if (is_dash(value, end) || may_be_name(value, end))
        return true;
    r->rest = value_end(r, value);
    reader_fail(r->in, span_of(r, value, value + (value < end)),
                "expected the name of a value of the script, as in W1 = w1.weight");
}

static void read_line(sheet *r) {
    const char *end = line_end(r, r->at), *at = skip_blanks(r->at, end);
    r->rest = end;
    if (skip_comment(r, at, end) || (!r->of_names && read_unnamed(r, at, end)))
        return;
    size_t sign;
    const char *equals = find_sign(r, at, end, &sign),
               *name_end = equals ? trim_end(at, equals) : at;
    if (name_end == at && has_binary(at, end))
        return; /* which is told of the line */
    if (!equals || name_end == at)
        fail_line(r, at, end);
    const char *value = skip_blanks(equals + sign, end);
    const char *other_end = trim_end(value, comment_start(value, end));
    const bool means_other = read_means(r, value, other_end);
    name_end = means_other ? name_end : find_name_end(at, equals);
    if (name_end == at)
        fail_line(r, at, end);
    mlp_answer *a = new_answer(r, span_of(r, at, name_end));
    a->name = reader_copy(r->in, at, (size_t)(name_end - at));
    a->by_colon = sign == 1 && *equals == ':' && !is_element(at, name_end);
    a->by_blank = sign == 0 && !is_element(at, name_end);
    a->by_hand = !is_element(at, name_end) &&
                 (sign == 0 || *equals != '=' || trim_end(at, equals) != name_end);
    r->rest = value_end(r, value);
    if (means_other) {
        a->value = span_of(r, value, other_end);
        a->means = reader_copy(r->in, value, (size_t)(other_end - value));
        a->by_hand = true;
    } else {
        read_value(r, a, value);
    }
}

static void read_named_tensor(sheet *r) {
    const char *end = line_end(r, r->at), *at = skip_blanks(r->at, end);
    const char *equals = find_equals(at, end);
    r->rest = end;
    if (equals && equals > at && is_tensor(skip_blanks(equals + 1, end), end))
        read_line(r);
}

/* Reads an entry. One that cannot be read becomes a fault. Fails without memory, or where there are
 * too many faults. */
static bool attempt(sheet *r, void (*read)(sheet *)) {
    r->reading = NULL;
    if (setjmp(r->in->failed) == 0) {
        read(r);
        return true;
    }
    if (r->reading)
        r->reading->unread = true;
    return !r->in->exhausted && faults_add(r->answers, r->in->arena, r->in->error, r->in->error);
}

static bool read_lines(sheet *r, void (*read)(sheet *)) {
    while (r->at < r->end) {
        if (!attempt(r, read))
            return false;
        count_lines(r, r->rest);
        next_line(r, r->rest);
    }
    return true;
}

/* --- transcripts --- */

static const char tensor[] = "tensor(";

/* The next tensor( that is not the end of another word; NULL where there is none. */
static const char *find_tensor(const sheet *r, const char *from) {
    const size_t length = strlen(tensor);
    for (const char *at = from; (size_t)(r->end - at) >= length; at++) {
        at = memchr(at, *tensor, (size_t)(r->end - at) - length + 1);
        if (!at)
            return NULL;
        if (memcmp(at, tensor, length) == 0 && (at == from || !is_name_character(at[-1])))
            return at;
    }
    return NULL;
}

/* Behind the bracket that closes the one of tensor(; the end of the text where none does. */
static const char *tensor_end(const sheet *r, const char *at) {
    size_t depth = 0;
    for (; at < r->end; at++) {
        depth = text_depth(depth, *at);
        if (*at == ')' && depth == 0)
            return at + 1;
    }
    return at;
}

static const char *skip_back(const char *start, const char *at, const char *word) {
    const size_t length = strlen(word);
    const bool is_there = (size_t)(at - start) >= length && memcmp(at - length, word, length) == 0;
    return is_there ? at - length : at;
}

/* Whether the tensor( at `at` of a line is the value of the name before the =, or a part of it, as
 * in torch.tensor([1]) + x = tensor([2]). */
static bool is_named(const char *start, const char *equals, const char *at, size_t depth) {
    if (!equals || depth > 0)
        return equals && at < equals;
    const char *end = trim_end(start, skip_back(start, at, "torch."));
    const bool is_value =
        end > start && end[-1] == '=' && (end - 1 == start || !strchr("=!<>", end[-2]));
    return is_value ? end - 1 == equals : at < equals;
}

/* Whether a tensor without a name stands in the line, in front of a comment. */
static bool prints_tensor(const sheet *r, const char *start, const char *end) {
    const char *equals = find_equals(start, end), *next = find_tensor(r, start);
    size_t depth = 0;
    for (const char *at = start; next && next < end && *at != '#'; at++) {
        if (at == next) {
            if (!is_named(start, equals, at, depth))
                return true;
            next = find_tensor(r, at + 1);
        }
        depth = text_depth(depth, *at);
    }
    return false;
}

/* Whether the first line that says anything has the form NAME = value. */
static bool begins_with_name(const sheet *r) {
    const char *at = r->at;
    for (;;) {
        const char *end = line_end(r, at), *text = skip_blanks(at, end);
        if (text < end && *text != '#') {
            const char *equals = find_equals(text, end);
            return equals && trim_end(text, equals) > text;
        }
        if (end == r->end)
            return true;
        at = end + 1;
    }
}

/* A tensor without a name is one that was printed, and so are all below a line of other text. */
static bool is_transcript(const sheet *r) {
    const char *at = find_tensor(r, r->at);
    if (at && !begins_with_name(r))
        return true;
    for (const char *start = r->at, *end; at; at = find_tensor(r, end)) {
        for (end = line_end(r, start); end < at; end = line_end(r, start))
            start = end + 1;
        if (prints_tensor(r, start, end))
            return true;
    }
    return false;
}

/* Reads the tensor that r->at stands at. */
static void read_printed(sheet *r) {
    const char *at = r->at;
    r->rest = tensor_end(r, at);
    mlp_answer *a = new_answer(r, span_of(r, at, at + strlen("tensor")));
    read_value(r, a, at);
}

static bool read_transcript(sheet *r) {
    r->answers->is_transcript = true;
    for (const char *at; (at = find_tensor(r, r->at)) != NULL;) {
        count_lines(r, at);
        if (!attempt(r, read_printed))
            return false;
        count_lines(r, r->rest);
    }
    return true;
}

/* --- all --- */

/* One fault a line: what is no text has many such bytes. */
static void refuse_binary(sheet *r) {
    r->rest = line_end(r, r->at);
    const char *at = find_binary(r->at, r->rest);
    if (at < r->rest)
        reader_fail(r->in, span_of(r, at, at + 1),
                    "byte 0x%02x does not belong in answers: is this a text file?",
                    (unsigned char)*at);
}

/* By its byte order mark, or as ASCII has it there, with every second byte 0. */
static bool is_utf16(const char *text, size_t length) {
    return length >= 2 &&
           (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0 ||
            (!text[0] != !text[1] && length >= 4 && !text[0] == !text[2] && !text[1] == !text[3]));
}

static sheet begin(reader *in, mlp_answers *answers) {
    reader_unify_newlines(in);
    printf_words_replace(in);
    sheet r = {.in = in,
               .at = in->source,
               .end = in->source + in->length,
               .mark = in->source,
               .mark_column = 1,
               .line = 1,
               .answers = answers,
               .next = &answers->first};
    r.mark = r.at += text_mark_length(in->source, in->length);
    return r;
}

static bool read_text(reader *in, mlp_answers *answers, bool of_names) {
    if (is_utf16(in->source, in->length))
        return mlp_error(in->error, "this is UTF-16: save it as UTF-8");
    sheet r = begin(in, answers), scan = r;
    r.of_names = of_names;
    if (!read_lines(&scan, refuse_binary) ||
        !(is_transcript(&r) ? read_transcript(&r) : read_lines(&r, read_line)))
        return false;
    return answers->first || answers->faults ||
           mlp_error(in->error, "there are no answers in it: write lines such as h = [0.1, -0.2]");
}

static bool read_answers(reader *in, mlp_answers *answers) {
    return read_text(in, answers, false);
}

static bool read_names(reader *in, mlp_answers *answers) {
    return read_text(in, answers, true);
}

static bool read_dump(reader *in, mlp_answers *answers) {
    sheet r = begin(in, answers);
    return read_lines(&r, read_named_tensor) && answers->first;
}

/* *ran_out: of memory. */
static bool read_by(bool (*read)(reader *, mlp_answers *), reader in, mlp_answers *answers,
                    bool *ran_out) {
    *answers = (mlp_answers){0};
    *in.error = (mlp_diagnostic){0};
    const bool done = setjmp(in.failed) == 0 && read(&in, answers);
    *ran_out = in.exhausted;
    return done;
}

static reader reader_of(mlp_arena *arena, const char *text, size_t length, mlp_diagnostic *error) {
    return (reader){.arena = arena,
                    .source = text ? text : "",
                    .length = length,
                    .needs = "the answers need",
                    .error = error};
}

bool answers_read(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                  mlp_diagnostic *error, bool *ran_out) {
    return read_by(read_answers, reader_of(arena, text, length, error), answers, ran_out);
}

bool answers_read_names(mlp_arena *arena, const char *text, size_t length, mlp_answers *names,
                        mlp_diagnostic *error, bool *ran_out) {
    return read_by(read_names, reader_of(arena, text, length, error), names, ran_out);
}

bool answers_read_dump(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                       mlp_diagnostic *error, bool *ran_out) {
    return read_by(read_dump, reader_of(arena, text, length, error), answers, ran_out);
}

static bool read_format(reader *in, mlp_answers *answers) {
    dump_read(in, answers);
    return true;
}

bool answers_read_format(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                         mlp_diagnostic *error, bool *ran_out) {
    return read_by(read_format, reader_of(arena, text, length, error), answers, ran_out);
}

bool mlp_answers_read(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                      mlp_diagnostic *error) {
    bool ran_out;
    return answers_read(arena, text, length, answers, error, &ran_out);
}
