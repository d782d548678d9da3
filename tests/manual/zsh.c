/* Completion for zsh. */
#include "manual.h"

#include "option_table.h"

#include <string.h>

static const char beginning[] = "  local command=''\n"
                                "  local -a options operands\n"
                                "  integer i\n"
                                "  for ((i = 2; i < CURRENT; i++)); do\n"
                                "    case $words[i] in\n"
                                "      (-*) ;;\n"
                                "      (*)\n"
                                "        if (( ${_mlpstep_names[(Ie)$words[i]]} )); then\n"
                                "          command=$words[i]\n"
                                "          words[i]=()\n"
                                "          (( CURRENT-- ))\n"
                                "        fi\n"
                                "        break ;;\n"
                                "    esac\n"
                                "  done\n"
                                "  case ${command:-run} in\n";

static const char end[] = "  esac\n"
                          "  [[ -n $command ]] || operands=('1:script:_mlpstep_first')\n"
                          "  _arguments -s -S : $options $operands\n"
                          "}\n"
                          "\n"
                          "_mlpstep \"$@\"\n";

/* What stands between single quotes; `special` characters get a backslash. */
static void put_quoted(FILE *to, const char *text, const char *special) {
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", to);
        else if (strchr(special, *text))
            fprintf(to, "\\%c", *text);
        else
            fputc(*text, to);
}

static void put_brief(FILE *to, const char *text, const char *special) {
    char brief[256];
    snprintf(brief, sizeof brief, "%.*s", brief_length(text), text);
    put_quoted(to, brief, special);
}

static void write_argument(FILE *to, const option_row *row, const option_use *use) {
    fputc(':', to);
    put_quoted(to, row->argument, ":\\");
    fputc(':', to);
    if (strcmp(row->argument, "FILE") == 0)
        fputs("_files", to);
    else if (use->words) {
        fputc('(', to);
        put_words(to, use->words);
        fputc(')', to);
    }
}

static void write_option(FILE *to, const option_row *row, const option_use *use) {
    if (row->letter)
        fprintf(to, "        '(-%c --%s)'{-%c,--%s}'[", row->letter, row->name, row->letter,
                row->name);
    else
        fprintf(to, "        '--%s%s[", row->name, row->argument ? "=" : "");
    put_brief(to, use->text, ":[]\\");
    fputc(']', to);
    if (row->argument)
        write_argument(to, row, use);
    fputs("'\n", to);
}

static void write_operands(FILE *to, command_id command) {
    fputs("      operands=(", to);
    if (command == EXAMPLE)
        fputs("'1:example:_mlpstep_examples'", to);
    else if (command == HELP)
        fputs("'1:subcommand:_mlpstep_commands'", to);
    if (takes_script(command))
        fputs("'1:script:_mlpstep_scripts'", to);
    if (takes_files(command))
        fputs(" '*:file:_files'", to);
    fputs(") ;;\n", to);
}

static void write_command(FILE *to, command_id command) {
    fprintf(to, "    (%s)\n      options=(\n", command_texts[command].name);
    for (const option_row *row = option_rows; row->name; row++) {
        const option_use *use = option_use_of(row, command);
        if (use)
            write_option(to, row, use);
    }
    fputs("      )\n", to);
    write_operands(to, command);
}

void write_zsh(FILE *to) {
    fputs("#compdef mlpstep\n"
          "# Completion of mlpstep for zsh, written by the target update_golden.\n\n"
          "typeset -ga _mlpstep_names=(",
          to);
    put_commands(to, OF_ALL, " ");
    fputs(")\n\n"
          "(( $+functions[_mlpstep_scripts] )) ||\n"
          "_mlpstep_scripts() { _files -g '*.(py|ipynb|txt)' }\n\n"
          "(( $+functions[_mlpstep_examples] )) ||\n"
          "_mlpstep_examples() {\n  local -a list=(",
          to);
    put_examples(to);
    fputs(")\n  _describe -t examples example list\n}\n\n"
          "(( $+functions[_mlpstep_commands] )) ||\n"
          "_mlpstep_commands() {\n  local -a list=(\n",
          to);
    for (int i = 0; i < COMMANDS; i++) {
        fprintf(to, "    '%s:", command_texts[i].name);
        put_brief(to, command_texts[i].summary, ":\\");
        fputs("'\n", to);
    }
    fputs("  )\n  _describe -t commands subcommand list\n}\n\n"
          "(( $+functions[_mlpstep_first] )) ||\n"
          "_mlpstep_first() { _alternative 'commands:subcommand:_mlpstep_commands' "
          "'scripts:script:_mlpstep_scripts' }\n\n"
          "_mlpstep() {\n",
          to);
    fputs(beginning, to);
    for (int i = 0; i < COMMANDS; i++)
        write_command(to, (command_id)i);
    fputs(end, to);
}
