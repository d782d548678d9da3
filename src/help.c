#include "help.h"

#include "option_table.h"

#include <ctype.h>
#include <string.h>

enum {
    WIDTH = 79, /* columns: a terminal has 80 or more */
    COLUMN = 21 /* of what is said of a subcommand or an option */
};

/* A paragraph that is being written. */
typedef struct {
    FILE *to;
    int column; /* of its lines but the first */
    int at;     /* the column that was reached */
} paragraph;

static void break_line(paragraph *p) {
    fprintf(p->to, "\n%*s", p->column, "");
    p->at = p->column;
}

/* Word by word, each on the next line where it is too long for this one. */
static void put(paragraph *p, const char *words) {
    while (*words) {
        const int length = (int)strcspn(words, " ");
        if (p->at > p->column && p->at + 1 + length > WIDTH)
            break_line(p);
        p->at += fprintf(p->to, "%s%.*s", p->at > p->column ? " " : "", length, words);
        words += length;
        words += strspn(words, " ");
    }
}

/* Begins one at COLUMN, beside `head` if this leaves room. */
static paragraph begin_beside(FILE *to, const char *head) {
    paragraph p = {to, COLUMN, COLUMN};
    if (strlen(head) < COLUMN)
        fprintf(to, "%-*s", COLUMN, head);
    else
        fprintf(to, "%s\n%*s", head, COLUMN, "");
    return p;
}

static void write_command(FILE *to, command_id command) {
    const command_text *text = &command_texts[command];
    const char *arguments = strstr(text->synopsis, " [");
    char head[64];
    /* Of those that take no script, what they take is told here. */
    snprintf(head, sizeof head, "  %s%s", text->name,
             OF_SCRIPTS >> command & 1 || !arguments ? "" : arguments);
    paragraph p = begin_beside(to, head);
    put(&p, text->summary);
    fputc('\n', to);
}

/* For which subcommands it is, unless it is for all. */
static void put_commands(paragraph *p, unsigned commands) {
    char word[32];
    for (int i = 0; i < COMMANDS && commands != OF_SCRIPTS && commands != OF_ALL; i++)
        if (commands >> i & 1) {
            snprintf(word, sizeof word, "%s%s", command_texts[i].name,
                     commands >> i == 1 ? ":" : ",");
            put(p, word);
        }
}

static paragraph begin_option(FILE *to, const option_row *row) {
    char head[64], letter[8] = "";
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c,", row->letter);
    snprintf(head, sizeof head, "  %3s --%s%s%s", letter, row->name, row->argument ? "=" : "",
             row->argument ? row->argument : "");
    return begin_beside(to, head);
}

static void write_option(FILE *to, const option_row *row) {
    paragraph p = begin_option(to, row);
    for (int i = 0; i < MOST_USES && row->uses[i].commands; i++) {
        if (i > 0)
            break_line(&p);
        put_commands(&p, row->uses[i].commands);
        put(&p, row->uses[i].text);
    }
    fputc('\n', to);
}

static void write_program(FILE *to) {
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "%s mlpstep %s\n", i == 0 ? "Usage:" : "  or: ", command_texts[i].synopsis);
    paragraph p = {to, 0, 0};
    put(&p, program_about);
    fputs("\n\n", to);
    for (int i = 0; i < COMMANDS; i++)
        write_command(to, (command_id)i);
    fputc('\n', to);
    for (const option_row *row = option_rows; row->name; row++)
        write_option(to, row);
    fputc('\n', to);
    p = (paragraph){to, 0, 0};
    put(&p, program_environment);
    break_line(&p);
    put(&p, "Exit status:");
    put(&p, program_status);
    fputc('\n', to);
}

/* The options that it shares with all that run a script, or those of its own. */
static void write_options(FILE *to, command_id command, bool shared) {
    for (const option_row *row = option_rows; row->name; row++) {
        const option_use *use = option_use_of(row, command);
        if (!use || (use->commands == OF_SCRIPTS) != shared)
            continue;
        paragraph p = begin_option(to, row);
        put(&p, use->text);
        fputc('\n', to);
    }
}

/* With a capital, and a full stop. */
static void put_sentence(paragraph *p, const char *words) {
    char text[512];
    snprintf(text, sizeof text, "%c%s.", toupper((unsigned char)*words), words + 1);
    put(p, text);
}

static void write_example(FILE *to, const char *lines) {
    fputs("\nExample:\n", to);
    while (*lines) {
        const int length = (int)strcspn(lines, "\n");
        fprintf(to, "  %.*s\n", length, lines);
        lines += length + 1;
    }
}

static void write_subcommand(FILE *to, command_id command) {
    const command_text *text = &command_texts[command];
    paragraph p = {to, 0, 0};
    fprintf(to, "Usage: mlpstep %s\n", text->synopsis);
    put_sentence(&p, text->summary);
    if (text->more)
        put(&p, text->more);
    fputs("\n\n", to);
    write_options(to, command, false);
    if (OF_SCRIPTS >> command & 1) {
        fputs("\nAnd those of every subcommand that runs a script:\n", to);
        write_options(to, command, true);
    }
    write_example(to, text->example);
}

void help_write(FILE *to, command_id command) {
    if (command == COMMANDS)
        write_program(to);
    else
        write_subcommand(to, command);
}
