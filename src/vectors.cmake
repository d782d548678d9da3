# kernels/vector, compiled for each processor that it has registers of: kernels/level.h tells which of
# them is at hand. `vectors` is what other files are told of it.

include(CheckCSourceCompiles)
# On Windows gcc puts wide registers where the stack is not aligned for them (its bug 54412).
check_c_source_compiles("
#if !defined(__x86_64__) || defined(_WIN32)
#error other
#endif
int main(void) { return __builtin_cpu_supports(\"avx512f\") && __builtin_cpu_supports(\"fma\"); }"
  MLPSTEP_X86_64)
check_c_source_compiles("
#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error other
#endif
int main(void) { return 0; }"
  MLPSTEP_AARCH64)

# add_vectors(LEVEL FLAG...): both dtypes. Without what -O2 calls expensive, gcc leaves the upper
# halves of registers in use, and every loop behind, which has the lower ones alone, waits for them.
function(add_vectors level)
  foreach(dtype f32 f64)
    set(target mlpstep_${level}_${dtype})
    add_library(${target} OBJECT kernels/vector/elements.c kernels/vector/multiply.c)
    target_compile_options(${target} PRIVATE ${ARGN}
                           $<$<C_COMPILER_ID:GNU>:-fexpensive-optimizations>)
    target_compile_definitions(${target} PRIVATE MLP_VECTOR=${level})
    list(APPEND kernel_targets ${target})
  endforeach()
  target_compile_definitions(${target} PRIVATE MLP_FLOAT64)
  set(kernel_targets ${kernel_targets} PARENT_SCOPE)
endfunction()

# What MKL's order has of eight floats each: AVX-512 uses that of AVX2.
function(add_mkl_vectors level)
  target_sources(mlpstep_${level}_f32 PRIVATE kernels/vector/mkl_sums.c)
endfunction()

if(MLPSTEP_X86_64)
  set(vectors MLP_X86_VECTORS)
  add_vectors(avx2 -mavx2 -mfma -mno-avx512f) # whatever processor the rest is compiled for
  add_mkl_vectors(avx2)
  add_vectors(avx512 -mavx2 -mfma -mavx512f)
elseif(MLPSTEP_AARCH64)
  set(vectors MLP_NEON_VECTORS)
  add_vectors(neon)
  add_mkl_vectors(neon)
endif()
