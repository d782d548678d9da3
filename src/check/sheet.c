#include "sheet.h"

mlp_sheet_status mlp_sheet_find_status(const mlp_sheet *sheet) {
    const bool has_faults = sheet->answers && sheet->answers->faults;
    if (!sheet->marks || sheet->refusal || (has_faults && sheet->marks->count == 0))
        return MLP_SHEET_IS_REFUSED;
    if (has_faults)
        return MLP_SHEET_HAS_FAULTS;
    return mlp_marks_pass(sheet->marks) ? MLP_SHEET_PASSES : MLP_SHEET_FAILS;
}

const char *sheet_status_name(const mlp_sheet *sheet) {
    static const char *const names[] = {[MLP_SHEET_PASSES] = "pass",
                                        [MLP_SHEET_FAILS] = "fail",
                                        [MLP_SHEET_HAS_FAULTS] = "faults",
                                        [MLP_SHEET_IS_REFUSED] = "refused"};
    return names[mlp_sheet_find_status(sheet)];
}
