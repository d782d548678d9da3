/* Whatever the bytes, answers are read, or refused with one diagnostic; what was read can be held
 * against a script that has values of those names, and the marks can be written. */
#include "mlpstep/check.h"
#include "mlpstep/script.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char script[] = "import torch\n"
                             "from torch import nn\n"
                             "x = torch.tensor([[1.0, -2.0], [0.5, 4.0]], requires_grad=True)\n"
                             "net = nn.Linear(2, 2)\n"
                             "net.weight.data = torch.tensor([[0.5, -1.0], [0.25, 2.0]])\n"
                             "h = nn.LeakyReLU(0.1)(net(x))\n"
                             "torch.manual_seed(1)\n"
                             "drop = nn.Dropout(0.5)\n"
                             "d = drop(h)\n"
                             "y = torch.tensor([0, 1])\n"
                             "i = d.argmax(1)\n"
                             "w = x[i]\n"
                             "loss = nn.CrossEntropyLoss()\n"
                             "l = loss(d, y) + (w * w).sum()\n"
                             "print(h, l, y)\n"
                             "for i in range(3):\n"
                             "    print('epoch', i, f'loss {l.item() / (i + 1):.3f}', h.tolist())\n"
                             "print('l =', l.item())\n"
                             "l.backward()\n"
                             "torch.optim.SGD(net.parameters(), lr=0.5).step()\n";

static void write(const mlp_answers *answers, const mlp_marks *marks) {
    const mlp_sheet sheet = {.name = "fuzz \"\x1b\xff.txt", .answers = answers, .marks = marks};
    const mlp_marks_options options = {.hint = marks->count % 2,
                                       .only_wrong = marks->count % 3 == 0};
    FILE *out = fopen("/dev/null", "w");
    if (!out)
        abort();
    mlp_marks_write(out, marks, &(mlp_marks_options){0});
    mlp_marks_write_tap(out, marks, &options);
    mlp_sheet_write_tap(out, &sheet, 1, &options);
    mlp_sheet_write_csv(out, &sheet, &options);
    mlp_sheet_write_json(out, &sheet, &options);
    fclose(out);
}

static void render(const char *text, size_t size, const mlp_diagnostic *error) {
    FILE *out = fopen("/dev/null", "w");
    if (!out || error->message[0] == '\0')
        abort();
    mlp_diagnostic_write(out, error, "error", "fuzz.txt", text, size, NULL);
    fclose(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    mlp_arena *arena = mlp_arena_new((size_t)64 << 20);
    mlp_diagnostic error;
    mlp_answers answers;
    mlp_marks marks;
    const mlp_check_options asked = {.tolerance = {.replaces = size % 7 == 0, .atol = 1e-3},
                                     .min_digits = (int)(size % 3),
                                     .port = size % 13 == 0,
                                     .require_all = size % 11 == 0};
    if (!arena)
        abort();
    mlp_printed printed;
    const mlp_script_options options = {.printed = &printed};
    const mlp_trace *trace = mlp_script_run(arena, script, strlen(script), &options, NULL, &error);
    if (!trace)
        abort();
    const mlp_text given = {text, size, size % 5 ? &printed : NULL, "fuzz.npy", &asked};
    if (mlp_check_text(arena, trace, &given, &answers, &marks, &error))
        write(&answers, &marks);
    else
        render(text, size, &error);
    mlp_arena_free(arena);
    return 0;
}
