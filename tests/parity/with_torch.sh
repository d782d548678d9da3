#!/bin/sh
# Runs a Python script with the first Python that can import torch: $MLPSTEP_PYTHON, python3,
# /usr/bin/python3. Status 77, which ctest takes for skipped, where there is none.

# The bits depend on these: on one thread, with the kernels that every recent processor has.
export OPENBLAS_NUM_THREADS=1
if [ "$(uname -m)" = x86_64 ]; then
  export ATEN_CPU_CAPABILITY=avx2 OPENBLAS_CORETYPE=Haswell
fi

for python in "$MLPSTEP_PYTHON" python3 /usr/bin/python3; do
  if [ -n "$python" ] && "$python" -c 'import torch' >/dev/null 2>&1; then
    exec "$python" -B "$@"
  fi
done
echo 'skipped: no Python here can import torch (python3-torch); set MLPSTEP_PYTHON to one that can'
exit 77
