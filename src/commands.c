#include "commands.h"

#include <string.h>

const command_text command_texts[COMMANDS] = {
    [RUN] = {.name = "run",
             .synopsis = "[run] [OPTION]... [SCRIPT]",
             .summary = "print every tensor on the way: forward, backward and update"},
    [TRANSCRIPT] = {.name = "transcript",
                    .synopsis = "transcript [OPTION]... [SCRIPT]",
                    .summary = "print what 'python3 SCRIPT' prints"},
    [WORKSHEET] = {.name = "worksheet",
                   .synopsis = "worksheet [OPTION]... [SCRIPT]",
                   .summary = "print the same with ? for every number that is to be computed"},
    [CHECK] = {.name = "check",
               .synopsis = "check [OPTION]... SCRIPT SHEET...",
               .summary = "mark each SHEET, a filled worksheet, a report, lines NAME = VALUE or "
                          "what 'python3 SCRIPT' printed: which answers are right, where a "
                          "mistake began, and which one it was"},
    [GRADCHECK] = {.name = "gradcheck",
                   .synopsis = "gradcheck [OPTION]... [SCRIPT]",
                   .summary = "hold every gradient against a numerical one, both in float64"},
    [DERIVE] = {.name = "derive",
                .synopsis = "derive [OPTION]... [SCRIPT]",
                .summary = "write the derivation out: formulas, the numbers put in, and what "
                           "comes of them, forward, link by link backward, and the update"},
    [GRAPH] = {.name = "graph",
               .synopsis = "graph [OPTION]... [SCRIPT]",
               .summary = "draw the computation, with shapes and, on the edges, gradients, as an "
                          "SVG or for Graphviz"},
    [VARIANT] = {.name = "variant",
                 .synopsis = "variant --seed=N [OPTION]... [SCRIPT]",
                 .summary = "print SCRIPT with other numbers, the same for the same N: an "
                            "exercise for each of many students"},
    [EXAMPLE] = {.name = "example",
                 .synopsis = "example [NAME]",
                 .summary = "list the embedded example scripts, or print one"},
    [HELP] = {.name = "help",
              .synopsis = "help [COMMAND]",
              .summary = "tell more of COMMAND, with its options, as 'mlpstep COMMAND --help' "
                         "does"}};

command_id command_find(const char *word) {
    int i = 0;
    while (i < COMMANDS && strcmp(command_texts[i].name, word) != 0)
        i++;
    return (command_id)i;
}
