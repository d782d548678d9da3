/* What became of a sheet, in a word. */
#ifndef MLPSTEP_CHECK_SHEET_H
#define MLPSTEP_CHECK_SHEET_H

#include "mlpstep/check.h"

/* pass, fail, faults or refused. */
const char *sheet_status_name(const mlp_sheet *sheet);

#endif
