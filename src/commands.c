#include "commands.h"

#include <string.h>

const command_text command_texts[COMMANDS] = {
    [RUN] = {.name = "run",
             .synopsis = "[run] [OPTION]... [SCRIPT]",
             .summary = "print every tensor on the way: forward, backward and update",
             .more = "The report has a heading for each part of the step, and a comment with the "
                     "formula for each operation.",
             .example = "$ mlpstep example dropout > net.py\n"
                        "$ mlpstep --only=d,l net.py\n"
                        "# forward\n"
                        "d = tensor([[0.270000, 0.490000, 0.000000]])\n"
                        "l = tensor(0.619109)\n"},
    [TRANSCRIPT] = {.name = "transcript",
                    .synopsis = "transcript [OPTION]... [SCRIPT]",
                    .summary = "print what 'python3 SCRIPT' prints",
                    .more = "Of a notebook, print what its cells show.",
                    .example = "$ echo 'import torch; print(torch.ones(2) / 3)' > third.py\n"
                               "$ mlpstep transcript third.py\n"
                               "tensor([0.3333, 0.3333])\n"},
    [WORKSHEET] = {.name = "worksheet",
                   .synopsis = "worksheet [OPTION]... [SCRIPT]",
                   .summary =
                       "print the report of run with ? for every number that is to be computed",
                   .more = "Fill it in, and have it marked by check.",
                   .example = "$ mlpstep example dropout > net.py\n"
                              "$ mlpstep worksheet --only=d,l net.py\n"
                              "# worksheet: write a number for every ?\n"
                              "# forward\n"
                              "d = tensor([[?, ?, ?]])\n"
                              "l = tensor(?)\n"},
    [CHECK] =
        {.name = "check",
         .synopsis = "check [OPTION]... SCRIPT {SHEET|--raw=FILE}...",
         .summary = "mark each SHEET, a filled worksheet, a report, lines NAME = VALUE or what "
                    "'python3 SCRIPT' printed: which answers are right, where a mistake began, "
                    "and which one it was",
         .more = "A SHEET of - is standard input. What follows from a wrong answer is carried, and "
                 "not held against it. The exit status is 1 where an answer is wrong. What "
                 "a program prints may also be lines NAME[i][j] NUMBER, lists without names in the "
                 "order of the report, JSON, .npy or .npz.",
         .example = "$ mlpstep example dropout > net.py\n"
                    "$ echo 'd = [0.0675, 0.1225, 0]' > answers.txt\n"
                    "$ mlpstep check net.py answers.txt\n"
                    "wrong    d\n"
                    "  [0, 1]: 0.1225, but should be 0.490000\n"
                    "  2 of 3 numbers differ\n"
                    "  looks like no-dropout-scale: the kept values were not divided by 1 - p "
                    "(0.25)\n"
                    "0 right, 1 wrong, 0 carried, 0 blank\n"
                    "$ printf 'o[0][0] 0.5265\\no[0][1] 0.6805\\n' > port.txt\n"
                    "$ mlpstep check --port net.py port.txt\n"
                    "1 right, 0 wrong, 0 carried, 0 blank\n"},
    [DIFF] =
        {.name = "diff",
         .synopsis = "diff [OPTION]... SCRIPT A B",
         .summary = "hold the tensors that two ports of SCRIPT printed against each other, and "
                    "against SCRIPT: where they first differ",
         .more = "Each of A and B is what check --port reads. The exit status is 1 where they "
                 "differ by more than builds of PyTorch may, or one has what the other has "
                 "not.",
         .example =
             "$ mlpstep example dropout > net.py\n"
             "$ echo 'l 0x1.3cfbd2p-1' > a.txt\n"
             "$ echo 'l 0.63' > b.txt\n"
             "$ mlpstep diff net.py a.txt b.txt\n"
             "first difference: l\n"
             "  a.txt: 0x1.3cfbd2p-1 = 0.61910874, as it may be\n"
             "  b.txt: 0.63, off by 1.1e-02, relative 1.8e-02, 182725 units in the last place\n"
             "  the script: 0.61910874\n"
             "0 alike, 1 different, 0 in one only; off the script: 0 in A, 1 in B\n"},
    [GRADCHECK] = {.name = "gradcheck",
                   .synopsis = "gradcheck [OPTION]... [SCRIPT]",
                   .summary = "hold every gradient against a numerical one, both in float64",
                   .more = "The numerical one is found by moving each element a little. "
                           "Elements at a kink, as that of ReLU at 0, have no "
                           "derivative: they are counted, not compared. The exit status is 1 where "
                           "one differs.",
                   .example = "$ mlpstep example dropout > net.py\n"
                              "$ mlpstep gradcheck net.py | tail -n 1\n"
                              "5 agree, 0 differ, 0 at a kink\n"},
    [DERIVE] = {.name = "derive",
                .synopsis = "derive [OPTION]... [SCRIPT]",
                .summary = "write the derivation out: formulas, the numbers put in, and what "
                           "comes of them, forward, backward by the chain rule, and the update",
                .more = "Of a large tensor two elements are computed, of different cases where "
                        "there are such, as on either side of a ReLU.",
                .example = "$ mlpstep example dropout > net.py\n"
                           "$ mlpstep derive --format=html net.py > net.html\n"
                           "$ mlpstep derive --only=d --blank net.py > exercise.txt\n"},
    [GRAPH] = {.name = "graph",
               .synopsis = "graph [OPTION]... [SCRIPT]",
               .summary = "draw the computation, with shapes and, on the edges, gradients, as an "
                          "SVG or for Graphviz",
               .more = "Browsers show an SVG. Of what is for Graphviz its program dot makes "
                       "pictures: dot -Tpdf net.dot > net.pdf.",
               .example = "$ mlpstep example dropout > net.py\n"
                          "$ mlpstep graph net.py > net.svg\n"
                          "$ mlpstep graph --format=dot net.py > net.dot\n"},
    [VARIANT] = {.name = "variant",
                 .synopsis = "variant --seed=N [OPTION]... [SCRIPT]",
                 .summary = "print SCRIPT with other numbers, the same for the same N: an "
                            "exercise for each of many students",
                 .more = "The decimal numbers of its lists and tensors change; learning rates, "
                         "probabilities and whole numbers stay.",
                 .example = "$ mlpstep example dropout > net.py\n"
                            "$ mlpstep variant --seed=7 net.py > exercise.py\n"
                            "$ mlpstep worksheet exercise.py > exercise.txt\n"},
    [EXAMPLE] = {.name = "example",
                 .synopsis = "example [NAME]",
                 .summary = "list the embedded example scripts, or print one",
                 .example = "$ mlpstep example plain > net.py\n"
                            "$ mlpstep --only=l net.py\n"
                            "# forward\n"
                            "l = tensor(0.646715)\n"},
    [HELP] = {.name = "help",
              .synopsis = "help [COMMAND]",
              .summary = "tell more of COMMAND, with its options, as 'mlpstep COMMAND --help' does",
              .example = "$ mlpstep help example | head -n 1\n"
                         "Usage: mlpstep example [NAME]\n"}};

const char program_summary[] = "run the PyTorch script of a small network without PyTorch";

const char program_about[] =
    "Run the PyTorch script SCRIPT of a small network without PyTorch: a file of Python, a "
    "notebook (.ipynb) or a session that was copied (>>>). Without SCRIPT, run the embedded "
    "example 'plain'; with -, read the script from standard input.";

const char program_environment[] =
    "The environment's MLPSTEP_TORCH stands for --torch where neither it nor --rng is given.";

const char program_status[] =
    "0 if all went well, 1 if check finds a wrong answer or other text, diff a difference, or gradcheck a gradient "
    "that differs, 2 if there was trouble.";

command_id command_find(const char *word) {
    int i = 0;
    while (i < COMMANDS && strcmp(command_texts[i].name, word) != 0)
        i++;
    return (command_id)i;
}
