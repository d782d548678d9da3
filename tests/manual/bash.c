/* Completion for bash: no function of the package bash-completion is needed. */
#include "manual.h"

#include "option_table.h"

#include <string.h>

static const char helpers[] =
    "# Completion of mlpstep for bash, written by the target update_golden.\n"
    "\n"
    "# Files whose names end like those of scripts, and folders.\n"
    "_mlpstep_scripts() {\n"
    "    compgen -f -X '!*.py' -- \"$1\"\n"
    "    compgen -f -X '!*.ipynb' -- \"$1\"\n"
    "    compgen -f -X '!*.txt' -- \"$1\"\n"
    "    compgen -d -- \"$1\"\n"
    "}\n"
    "\n"
    "_mlpstep_reply() {\n"
    "    local line\n"
    "    while IFS= read -r line; do\n"
    "        COMPREPLY+=(\"$line\")\n"
    "    done\n"
    "}\n"
    "\n"
    "# Options of bash 4 and later.\n"
    "_mlpstep_with() {\n"
    "    type compopt >/dev/null 2>&1 && compopt -o \"$1\" 2>/dev/null\n"
    "}\n"
    "\n";

static const char beginning[] =
    "_mlpstep() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local option='' prefix='' command='' words='' count=0 i\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "            =) ((i++)) ;;\n"
    "            -*) _mlpstep_takes \"${COMP_WORDS[i]}\" && [[ ${COMP_WORDS[i + 1]} != = ]] &&\n"
    "                ((i++)) ;;\n"
    "            *) [[ $count$command == 0 ]] && _mlpstep_is_command \"${COMP_WORDS[i]}\" &&\n"
    "                command=${COMP_WORDS[i]} || ((count++)) ;;\n"
    "        esac\n"
    "    done\n"
    "    # Words may be broken at the = of an option, or not.\n"
    "    if [[ $word == = ]]; then\n"
    "        option=$before word=''\n"
    "    elif [[ $before == = ]]; then\n"
    "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    elif [[ $word == --*=* ]]; then\n"
    "        option=${word%%=*} prefix=${word%%=*}= word=${word#*=}\n"
    "    elif _mlpstep_takes \"$before\"; then\n"
    "        option=$before\n"
    "    fi\n"
    "    if [[ $option ]]; then\n"
    "        case ${command:-run}:$option in\n";

static const char end[] =
    "        esac\n"
    "        _mlpstep_reply < <(compgen -P \"$prefix\" -W \"$words\" -- \"$word\")\n"
    "        return\n"
    "    fi\n"
    "    if [[ $word == -* ]]; then\n"
    "        _mlpstep_reply < <(compgen -W \"$(_mlpstep_options \"${command:-run}\")\" -- \"$word\")\n"
    "        [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && _mlpstep_with nospace\n"
    "        return\n"
    "    fi\n"
    "    [[ $command || $count != 0 ]] || _mlpstep_reply < <(compgen -W \"$(_mlpstep_commands)\" -- "
    "\"$word\")\n"
    "    case ${command:-run}:$count in\n";

/* A function that succeeds for the words of a pattern. */
static void begin_test(FILE *to, const char *name) {
    fprintf(to, "%s() {\n    case $1 in\n        ", name);
}

static void end_test(FILE *to) {
    fputs(") return 0 ;;\n    esac\n    return 1\n}\n\n", to);
}

static void write_tests(FILE *to) {
    const char *between = "";
    begin_test(to, "_mlpstep_is_command");
    put_commands(to, OF_ALL, "|");
    end_test(to);
    begin_test(to, "_mlpstep_takes");
    for (const option_row *row = option_rows; row->name; row++)
        if (row->argument) {
            fprintf(to, "%s--%s", between, row->name);
            between = "|";
        }
    end_test(to);
    fputs("_mlpstep_commands() {\n    echo '", to);
    put_commands(to, OF_ALL, " ");
    fputs("'\n}\n\n", to);
}

static void write_options(FILE *to) {
    fputs("_mlpstep_options() {\n    case $1 in\n", to);
    for (int i = 0; i < COMMANDS; i++) {
        const char *between = "";
        fprintf(to, "        %s) echo '", command_texts[i].name);
        for (const option_row *row = option_rows; row->name; row++)
            if (option_use_of(row, (command_id)i)) {
                fprintf(to, "%s--%s%s", between, row->name, row->argument ? "=" : "");
                between = " ";
            }
        fputs("' ;;\n", to);
    }
    fputs("    esac\n}\n\n", to);
}

/* For the subcommands that take these words. */
static void write_words(FILE *to, const option_row *row, const option_use *use) {
    const char *between = "            ";
    if (use->commands == OF_SCRIPTS)
        fprintf(to, "%s*:--%s", between, row->name);
    for (int i = 0; i < COMMANDS && use->commands != OF_SCRIPTS; i++)
        if (use->commands >> i & 1) {
            fprintf(to, "%s%s:--%s", between, command_texts[i].name, row->name);
            between = "|";
        }
    fputs(") words='", to);
    put_words(to, use->words);
    fputs("' ;;\n", to);
}

static void write_arguments(FILE *to) {
    for (const option_row *row = option_rows; row->name; row++) {
        for (int i = 0; i < MOST_USES; i++)
            if (row->uses[i].words)
                write_words(to, row, &row->uses[i]);
        if (row->argument && strcmp(row->argument, "FILE") == 0)
            fprintf(to,
                    "            *:--%s) _mlpstep_with filenames\n"
                    "                _mlpstep_reply < <(compgen -P \"$prefix\" -f -- \"$word\")\n"
                    "                return ;;\n",
                    row->name);
    }
}

static void write_operands(FILE *to) {
    unsigned scripts = 0, files = 0;
    for (int i = 0; i < COMMANDS; i++) {
        scripts |= takes_script((command_id)i) ? 1U << i : 0;
        files |= takes_files((command_id)i) ? 1U << i : 0;
    }
    fputs("        ", to);
    put_commands(to, scripts, ":0|");
    fputs(":0) _mlpstep_with filenames\n"
          "            _mlpstep_reply < <(_mlpstep_scripts \"$word\") ;;\n"
          "        ",
          to);
    put_commands(to, files, ":*|");
    fputs(":*) _mlpstep_with filenames\n"
          "            _mlpstep_reply < <(compgen -f -- \"$word\") ;;\n",
          to);
    fputs("        example:0) _mlpstep_reply < <(compgen -W '", to);
    put_examples(to);
    fputs(
        "' -- \"$word\") ;;\n"
        "        help:0) _mlpstep_reply < <(compgen -W \"$(_mlpstep_commands)\" -- \"$word\") ;;\n"
        "    esac\n"
        "}\n"
        "\n"
        "complete -F _mlpstep mlpstep\n",
        to);
}

void write_bash(FILE *to) {
    fputs(helpers, to);
    write_tests(to);
    write_options(to);
    fputs(beginning, to);
    write_arguments(to);
    fputs(end, to);
    write_operands(to);
}
