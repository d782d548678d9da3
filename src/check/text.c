/* Which of the two a text is: a sheet, or what the script printed. */
#include "answers_read.h"
#include "check_answers.h"
#include "dump.h"
#include "dump_read.h"
#include "transcript.h"

#include "mlpstep/path.h"

#include "base/out_of_memory.h"

#include <stdint.h>
#include <string.h>

/* A text as it was read in one way. */
typedef struct {
    mlp_answers answers;
    mlp_marks marks;
    mlp_diagnostic error;
    bool read, tried, marked; /* tried: to mark it */
    bool ran_out;             /* of memory, in any of this */
} reading;

typedef struct {
    mlp_arena *arena;
    const mlp_trace *trace;
    const mlp_text *given;
    reading as_answers, as_transcript, as_dump;
} question;

static void mark_answers(const question *q, reading *r) {
    r->tried = true;
    r->marked =
        check_answers(q->arena, q->trace, &r->answers, q->given->options, &r->marks, &r->error);
    r->ran_out = !r->marked && r->answers.fault_count < MLP_MOST_FAULTS;
}

/* Whether it has what no program prints. */
static bool is_by_hand(const mlp_answers *answers) {
    for (const mlp_answer *a = answers->first; a; a = a->next)
        if (a->by_hand)
            return true;
    return false;
}

/* As answers; marked, if it is a sheet that can be read in full and that a program may have
 * printed. */
static void read_as_answers(const question *q, reading *r) {
    r->read = answers_read(q->arena, q->given->text, q->given->length, &r->answers, &r->error,
                           &r->ran_out);
    if (r->read && q->given->options->port)
        dump_share_digits(&r->answers, 0);
    if (r->read && !r->answers.faults && !r->answers.is_transcript && !is_by_hand(&r->answers))
        mark_answers(q, r);
}

static void read_as_transcript(const question *q, const transcript *t, reading *r) {
    transcript_answers(t, &r->answers);
    mark_answers(q, r);
    if (r->marked)
        transcript_mark(t, &q->given->options->tolerance, &r->marks);
}

static bool is_clean(const reading *r) {
    return r->marked && !r->answers.faults;
}

/* Without a number that only rounding on the way explains, which may be one that was altered. */
static bool passes(const reading *r) {
    return is_clean(r) && mlp_marks_pass(&r->marks) && r->marks.of[MLP_CARRIED] == 0;
}

/* Whether the text is of lines that could have been printed. */
static bool is_plain(const mlp_text *text) {
    for (size_t i = 0; i < text->length; i++)
        if ((unsigned char)text->text[i] < 0x20 && !memchr("\n\r\t\f", text->text[i], 4))
            return false;
    return true;
}

/* Whether it has what only a sheet has: headings, or a ? for a number. */
static bool is_surely_sheet(const mlp_answers *answers) {
    for (const mlp_answer *a = answers->first; a; a = a->next) {
        if (a->section_count)
            return true;
        for (size_t i = 0; i < a->numel; i++)
            if (!a->unread && !a->numbers[i].given)
                return true;
    }
    return false;
}

/* Whether a line is one, for certain. */
static bool has_answer(const mlp_answers *answers) {
    const mlp_answer *a = answers->first;
    while (a && (a->by_colon || a->by_blank || a->by_order))
        a = a->next;
    return a != NULL;
}

/* Whether no line is an answer for certain, and not all are NAME: VALUE either. */
static bool may_be_text(const mlp_answers *answers) {
    bool has_other = answers->faults != NULL;
    for (const mlp_answer *a = answers->first; a; a = a->next)
        has_other |= a->by_blank || a->by_order;
    return has_other && !has_answer(answers);
}

static bool script_has(const mlp_trace *trace, const char *name) {
    const mlp_entry *e = trace->first_entry;
    while (e && !(e->kind == MLP_ENTRY_VALUE && strcmp(e->value->label.display, name) == 0))
        e = e->next;
    return e != NULL;
}

enum {
    MOST_ASKED = 100 /* lines, each of which is held against all names of the script */
};

/* Whether a line NAME: VALUE or NAME VALUE has a name of the script. */
static bool has_known_name(const question *q) {
    size_t asked = 0;
    for (const mlp_answer *a = q->as_answers.answers.first; a && asked < MOST_ASKED; a = a->next) {
        if (!a->by_colon && !a->by_blank)
            continue;
        if (script_has(q->trace, a->name))
            return true;
        asked++;
    }
    return false;
}

/* Whether it may be a transcript: it is like what the script prints, shows as many tensors in as many
 * lines, or has no line that could be an answer, unless nothing in it is like what the script prints. */
static bool is_transcript(const question *q, const transcript *t) {
    const mlp_answers *answers = &q->as_answers.answers;
    if (is_surely_sheet(answers))
        return false;
    if (transcript_is_alike(t) || (answers->is_transcript && transcript_is_as_long(t)))
        return true;
    return may_be_text(answers) && t->ours.count && is_plain(q->given) &&
           (t->pairs || !has_known_name(q));
}

/* Whether it is one: no sheet, or right as a transcript. */
static bool counts_as_transcript(reader *in, question *q) {
    if (!q->given->printed || !q->given->printed->text || passes(&q->as_answers))
        return false;
    mlp_printed printed = *q->given->printed;
    if (q->given->options->tolerance.replaces)
        printed.doubt = SIZE_MAX; /* another way counts as little as another bound */
    transcript t = {.in = in, .printed = &printed};
    transcript_align(&t, q->given->text, q->given->length);
    if (!is_transcript(q, &t))
        return false;
    read_as_transcript(q, &t, &q->as_transcript);
    return q->as_transcript.ran_out || !is_clean(&q->as_answers) || passes(&q->as_transcript);
}

static size_t count_not_right(const reading *r) {
    const size_t *of = r->marks.of;
    return of[MLP_WRONG] + of[MLP_CARRIED] + of[MLP_DIFFERENT];
}

/* Whether as much is told of the tensors, one by one, as of the text in which some of them are lost,
 * as where another release prints it. */
static bool tensors_tell_more(const question *q) {
    const reading *all = &q->as_answers, *aligned = &q->as_transcript;
    const size_t count = is_clean(all) && is_clean(aligned) ? count_not_right(all) : 0;
    return count > 0 && count >= count_not_right(aligned);
}

/* Whether something stands in the line, blanks aside. */
static bool has_text(const char *line, const char *end) {
    while (line < end && strchr(" \t\f\r", *line))
        line++;
    return line < end;
}

/* How many lines have text, and no tensor. */
static size_t lines_beside(const mlp_text *given, const mlp_answers *answers) {
    const char *line = given->text, *const end = line + given->length, *covered = line;
    const mlp_answer *next = answers->first;
    size_t beside = 0;
    for (size_t number = 1; line < end; number++) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *past = feed ? feed : end;
        bool has_tensor = line <= covered && covered > given->text;
        for (; next && next->where.line == number; next = next->next) {
            has_tensor = true;
            if (next->numel && next->numbers[next->numel - 1].text)
                covered = next->numbers[next->numel - 1].text;
        }
        beside += !has_tensor && has_text(line, past);
        line = past + (feed != NULL);
    }
    return beside;
}

/* Whether all its tensors have names of the script's before an =, as a script of one's own prints
 * them: then their order tells nothing. */
static bool counts_as_dump(question *q) {
    reading *r = &q->as_dump;
    const mlp_answers *answers = &q->as_answers.answers;
    if (!q->as_answers.read || !answers->is_transcript)
        return false;
    r->read = answers_read_dump(q->arena, q->given->text, q->given->length, &r->answers, &r->error,
                                &r->ran_out);
    if (!r->read || r->answers.count != answers->count)
        return r->ran_out;
    if (q->given->options->port)
        dump_share_digits(&r->answers, 0);
    mark_answers(q, r);
    r->marks.lines_left = r->marked ? lines_beside(q->given, &r->answers) : 0;
    return r->ran_out || (is_clean(r) && !r->marks.unanswered);
}

/* Of some steps of a training, what the script printed tells nothing. */
static bool is_of_all_steps(const question *q) {
    const mlp_answers *answers = &q->as_answers.answers;
    return mlp_trace_steps(q->trace) && !is_surely_sheet(answers) && !answers->is_worksheet &&
           (answers->is_transcript || may_be_text(answers));
}

/* What a program wrote in a format of its own. A script may print JSON, too. */
static bool is_dump(const question *q) {
    const mlp_printed *printed = q->given->printed;
    const bool prints_json =
        !q->given->options->port && printed && printed->text && *printed->text == '{';
    return !prints_json && dump_is(q->given->text, q->given->length);
}

/* The last part of the path, without .npy. */
static const char *stem_of(mlp_arena *arena, const char *path) {
    const char *name = mlp_path_name(path);
    const size_t length = strlen(name);
    const bool has_suffix = length > 4 && strcmp(name + length - 4, ".npy") == 0;
    return mlp_arena_copy(arena, name, length - (has_suffix ? 4 : 0));
}

/* A single tensor without a name has that of its file. */
static bool take_name(const question *q, mlp_answer *a) {
    if (!a || a->name || a->next || !q->given->name)
        return true;
    a->name = stem_of(q->arena, q->given->name);
    return a->name != NULL;
}

enum {
    JSON_DIGITS = 6 /* of answers, whose numbers need not have as many as those by hand */
};

static const reading *read_as_dump(const question *q, reading *r) {
    r->read = answers_read_format(q->arena, q->given->text, q->given->length, &r->answers,
                                  &r->error, &r->ran_out);
    if (r->read && q->given->options->port)
        dump_take_nulls(&r->answers);
    if (r->read)
        dump_share_digits(&r->answers, q->given->options->port ? 0 : JSON_DIGITS);
    if (r->read && take_name(q, r->answers.first))
        mark_answers(q, r);
    else if (r->read)
        out_of_memory(&r->error, q->arena, "the answers need");
    return r;
}

static const reading *choose(reader *in, question *q) {
    reading *answers = &q->as_answers;
    if (is_dump(q))
        return read_as_dump(q, &q->as_dump);
    read_as_answers(q, answers);
    if (is_of_all_steps(q)) {
        answers->marked =
            mlp_error(&answers->error, "what a script printed is marked as a whole, "
                                       "without --step; a sheet has lines NAME = VALUE");
        return answers;
    }
    const bool is_transcript =
        !q->given->options->port && !answers->ran_out && counts_as_transcript(in, q);
    if (!answers->ran_out && !is_transcript && counts_as_dump(q))
        return &q->as_dump;
    const bool asks_both = is_transcript && answers->answers.is_transcript &&
                           answers->answers.count > q->as_transcript.answers.count;
    if (answers->read && !answers->tried && (!is_transcript || asks_both))
        mark_answers(q, answers);
    if (is_transcript && !answers->ran_out && !(asks_both && tensors_tell_more(q)))
        return &q->as_transcript;
    if (answers->marked && answers->answers.is_transcript)
        answers->marks.lines_left = lines_beside(q->given, &answers->answers);
    return answers;
}

/* NULL without memory. */
static const reading *read_text(reader *in, question *q) {
    return setjmp(in->failed) == 0 ? choose(in, q) : NULL;
}

static bool is_empty(const mlp_text *text) {
    const char *at = text->text, *const end = at + text->length;
    while (at < end && *at && strchr(" \t\r\n", *at))
        at++;
    return at == end;
}

bool mlp_check_text(mlp_arena *arena, const mlp_trace *trace, const mlp_text *text,
                    mlp_answers *answers, mlp_marks *marks, mlp_diagnostic *error) {
    reader in = {.arena = arena, .needs = "the answers need", .error = error};
    question q = {.arena = arena, .trace = trace, .given = text};
    *answers = (mlp_answers){0};
    *marks = (mlp_marks){0};
    *error = (mlp_diagnostic){0};
    const reading *chosen = read_text(&in, &q);
    if (!chosen)
        return false;
    *answers = chosen->answers;
    *marks = chosen->marks;
    *error = chosen->error;
    if (!chosen->read && !chosen->ran_out && is_empty(text))
        mlp_error(error, text->options->port ? "it is empty: the program printed nothing"
                                             : "it is empty: write lines such as h = [0.1, -0.2]");
    return chosen->marked && check_is_answered(answers, marks, error);
}
