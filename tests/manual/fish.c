/* Completion for fish. */
#include "manual.h"

#include "option_table.h"

#include <string.h>

static const char helpers[] = "# The subcommand that was given.\n"
                              "function __mlpstep_command\n"
                              "    set -l words (commandline -opc)\n"
                              "    for word in $words[2..-1]\n"
                              "        if contains -- $word $__mlpstep_names\n"
                              "            echo $word\n"
                              "            return 0\n"
                              "        else if not string match -q -- '-*' $word\n"
                              "            return 1\n"
                              "        end\n"
                              "    end\n"
                              "    return 1\n"
                              "end\n"
                              "\n"
                              "# It is one of these; run where none was given.\n"
                              "function __mlpstep_is\n"
                              "    set -l command (__mlpstep_command); or set command run\n"
                              "    contains -- $command $argv\n"
                              "end\n"
                              "\n"
                              "# There is no word but options yet.\n"
                              "function __mlpstep_begins\n"
                              "    set -l words (commandline -opc)\n"
                              "    not string match -q -v -- '-*' $words[2..-1]\n"
                              "end\n"
                              "\n"
                              "function __mlpstep_scripts\n"
                              "    set -l word (commandline -ct)\n"
                              "    for file in $word*.py $word*.ipynb $word*.txt $word*/\n"
                              "        echo $file\n"
                              "    end\n"
                              "end\n"
                              "\n";

static void put_description(FILE *to, const char *text) {
    const int length = brief_length(text);
    fputs(" -d '", to);
    for (int i = 0; i < length; i++)
        fprintf(to, "%s%c", strchr("'\\", text[i]) ? "\\" : "", text[i]);
    fputs("'\n", to);
}

static void begin_condition(FILE *to, unsigned commands) {
    fputs("complete -c mlpstep", to);
    if (commands == OF_ALL)
        return;
    fputs(" -n '__mlpstep_is ", to);
    put_commands(to, commands, " ");
    fputs("'", to);
}

static void write_use(FILE *to, const option_row *row, const option_use *use) {
    begin_condition(to, use->commands);
    if (row->letter)
        fprintf(to, " -s %c", row->letter);
    fprintf(to, " -l %s", row->name);
    if (row->argument)
        fputs(strcmp(row->argument, "FILE") == 0 ? " -r -F" : " -x", to);
    if (use->words) {
        fputs(" -a '", to);
        put_words(to, use->words);
        fputs("'", to);
    }
    put_description(to, use->text);
}

void write_fish(FILE *to) {
    unsigned scripts = 0;
    fputs("# Completion of mlpstep for fish, written by the target update_golden.\n\n"
          "set -g __mlpstep_names ",
          to);
    put_commands(to, OF_ALL, " ");
    fputs("\n\n", to);
    fputs(helpers, to);
    for (int i = 0; i < COMMANDS; i++) {
        fprintf(to, "complete -c mlpstep -n __mlpstep_begins -a %s", command_texts[i].name);
        put_description(to, command_texts[i].summary);
        if (takes_script((command_id)i) && !takes_files((command_id)i))
            scripts |= 1U << i;
    }
    begin_condition(to, scripts);
    fputs(" -f -a '(__mlpstep_scripts)'\n", to);
    begin_condition(to, OF_EXAMPLE);
    fputs(" -f -a '", to);
    put_examples(to);
    fputs("'\n", to);
    begin_condition(to, OF_HELP);
    fputs(" -f -a '$__mlpstep_names'\n", to);
    for (const option_row *row = option_rows; row->name; row++)
        for (int i = 0; i < MOST_USES && row->uses[i].commands; i++)
            write_use(to, row, &row->uses[i]);
}
