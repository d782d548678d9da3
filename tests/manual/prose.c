/* Sections of the manual page that no table has. */
#include "manual.h"

const char prose_description[] =
    "A training step is what a script does for one update of its parameters: forward, from the "
    "inputs to the loss; backward, the gradient of the loss by each parameter; and the update by "
    "the optimizer. mlpstep computes it as PyTorch does, and shows each tensor that comes about on "
    "the way. A derivation by hand can be marked by these numbers, and so can what a port prints: "
    "the same network as a program in another language.\n.PP\n"
    "To begin with, save an example, and look at what it computes:\n.PP\n"
    ".EX\n"
    "$ mlpstep example dropout > net.py\n"
    "$ mlpstep net.py\n"
    ".EE";

const char prose_report[] =
    "What run prints has the headings # forward, # backward and # step (the update), in the order "
    "in which things happen, and again where they happen again. Other lines that begin with # are "
    "comments, as the formula of an operation. Each tensor is an entry NAME = tensor(...), as "
    "PyTorch prints it, but always with six decimals (--precision).\n.PP\n"
    "NAME is the variable that the tensor has in SCRIPT; of a parameter the name in state_dict(), "
    "as w1.weight; without a variable the call or the expression itself, as w1(x); of what a module "
    "computes within, its part, as loss.softmax or dropout.mask. NAME.grad is the gradient of the "
    "loss by NAME.\n.PP\n"
    "The form of the report has a version of its own, the second line of --version: only where that "
    "rises do kept reports, and programs that read reports, have to be looked at.";

const char prose_on_paper[] =
    "Numbers may stand as on paper: 27/400, 0.15*0.05 + 0.2*0.1, -ln(0.5238), 6.4e-1, 52.38 %. Where "
    "SCRIPT has no such names, W1, b1, z1 and a1 are weight, bias and result of the first linear "
    "layer and what the activation behind it gives, W2 and so on those of the next one, and L is the "
    "loss. dW1, dL/dW1 and W1.grad are the gradient by W1. A line W1 = w1.weight in a SHEET, or in a "
    "file of --names, makes a name.";

const char prose_formats[] =
    "What run writes for other programs reads back to the same bits:\n"
    ".TP\n.B json\n"
    "{\"tensors\": [...]}, of each its name, step, section, dtype, shape and values.\n"
    ".TP\n.B csv\n"
    "A row for each number: step, section, name, dtype, shape, index, value.\n"
    ".TP\n.B npz\n"
    "What numpy.load opens, with arrays SECTION/NAME, as forward/w1.weight.\n"
    ".TP\n.B c\n"
    "A header with an array for each tensor, and a table of all, mlpstep_tensors.\n"
    ".PP\n"
    "What check writes for other programs:\n"
    ".TP\n.B csv\n"
    "A row for each SHEET: its name; its status, which is pass, fail, faults (some of it cannot be "
    "read) or refused; how many answers are right, wrong, carried, cheap, blank, undecided and "
    "different, see ANSWERS; how many faults it has; the first mistake; and the slip, the common "
    "mistake, that is the likeliest for it. Cheap are those of the carried ones that follow from a "
    "zero, a nan or a copy of the answer before: whoever writes 0 early has little left to "
    "compute.\n"
    ".TP\n.B json\n"
    "{\"sheets\": [...]}, of each the same, and a list of marks, one for each answer: its name and "
    "line, its verdict, the number that is furthest off with the expected one (worst), the answers "
    "that it follows from, and slips. Under right_with stands the release for --torch with which "
    "all of the sheet is right, if there is one.\n"
    ".TP\n.B tap\n"
    "The Test Anything Protocol, version 13: a point for each answer.";

const char prose_releases[] =
    "Releases and builds of PyTorch differ in the neurons that dropout drops, in what zero_grad() "
    "leaves, and in last digits. Without an option mlpstep follows 2.6 from pip, which draws the "
    "masks that most articles show. Of your own PyTorch, python3 -c 'import torch; "
    "print(torch.__version__)' shows the release: of 2.11.0+cpu it is 2.11, and the option "
    "--torch=2.11; on a Mac with Apple silicon, on ARM, and of Debian's package, "
    "--torch=2.11,native; from 2.5 on, on a processor with AVX-512, --torch=2.11,avx512.";

const char prose_supported[] =
    "SCRIPT may use these parts of PyTorch. Most functions of torch are methods of tensors, too, "
    "and many have a form with _ behind the name, which changes its input. What is outside, as convolutions, recurrent layers, GPUs and torch.utils.data, is refused, "
    "with its place in SCRIPT. Of Python there are functions, classes, generators, comprehensions, "
    "f-strings, exceptions and most of what is built in. README.md tells the rest.";

const char prose_library[] =
    "C programs call libmlpstep: its headers are mlpstep/*.h, and those in mlpstep/kernels have the "
    "formulas of each layer. pkg-config knows it as mlpstep. In CMake, find_package(mlpstep) gives "
    "the targets mlpstep::mlpstep and mlpstep::command, and the functions mlpstep_add_golden_test "
    "and mlpstep_add_port_test, which add tests that hold a file, or what a program prints, against "
    "SCRIPT; README.md has an example of each.";

const char prose_bugs[] =
    "What is known to differ from PyTorch stands in README.md, under Numbers. Where another number "
    "is printed that no build of PyTorch may compute (--bounds tells how far they may be from each "
    "other), that is a bug, and so is an end by a signal, but by SIGPIPE.";

const char prose_authors[] =
    "The mlpstep authors. mlpstep is free software under the MIT License, without warranty.";

const char prose_see_also[] =
    ".BR python3 (1),\n.BR dot (1),\n.BR cmake (1),\n.BR pkg-config (1)\n.PP\n"
    "README.md, which is installed in share/doc/mlpstep, has all of this at length.";
