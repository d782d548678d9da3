# Kernels for processors that have more than the flags of the build ask for.
#
# A level is a processor that all kernels are compiled for once more, from the same sources, under
# names that end in its own: mlp_relu_forward_f32_avx2. kernels/vector has what only a level has,
# and is compiled for a wider processor, too. kernels/level.h tells which of them is at hand, and
# operations/row.h calls its kernels.

include(CheckCSourceCompiles)
check_c_source_compiles("
#if !defined(__x86_64__)
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
set(wider)
if(MLPSTEP_X86_64)
  set(level avx2)
  set(wider avx512)
elseif(MLPSTEP_AARCH64)
  set(level neon)
else()
  return()
endif()
set(flags_of_avx2 -mavx2 -mfma)
set(flags_of_avx512 ${flags_of_avx2} -mavx512f)

# Names of kernels are those that a header declares, each of which a level calls otherwise.
file(GLOB headers CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/include/mlpstep/kernels/*.h ${CMAKE_CURRENT_SOURCE_DIR}/kernels/*.h
  ${CMAKE_CURRENT_SOURCE_DIR}/kernels/vector/*.h)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${headers})
set(names)
foreach(header IN LISTS headers)
  file(READ ${header} text)
  string(REGEX MATCHALL "mlp_[a-z0-9_]+_f(32|64)\\(|KERNEL\\([a-z0-9_]+\\)" found "${text}")
  list(APPEND names ${found})
endforeach()
list(TRANSFORM names REPLACE "^mlp_(.*)_f(32|64)\\($" "\\1")
list(TRANSFORM names REPLACE "^KERNEL\\((.*)\\)$" "\\1")
list(REMOVE_DUPLICATES names)

# add_level(TARGET LEVEL DTYPE SOURCE...)
function(add_level target level dtype)
  set(renames ${CMAKE_CURRENT_BINARY_DIR}/names_of_${level}.h)
  list(TRANSFORM names REPLACE ".+" "#define mlp_\\0_f32 mlp_\\0_f32_${level}\n#define mlp_\\0_f64 mlp_\\0_f64_${level}\n")
  list(JOIN names "" text)
  file(CONFIGURE OUTPUT ${renames} CONTENT "${text}")
  add_library(${target} OBJECT ${ARGN})
  target_compile_options(${target} PRIVATE ${flags_of_${level}} -include ${renames}
    $<$<C_COMPILER_ID:GNU>:-ftree-vectorize$<SEMICOLON>-fvect-cost-model=dynamic>) # at -O2, too
  target_compile_definitions(${target} PRIVATE MLP_LEVEL=${level})
  if(dtype STREQUAL f64)
    target_compile_definitions(${target} PRIVATE MLP_FLOAT64)
  endif()
  set(kernel_targets ${kernel_targets} ${target} PARENT_SCOPE)
endfunction()

foreach(dtype f32 f64)
  set(target mlpstep_${level}_${dtype})
  add_level(${target} ${level} ${dtype} ${kernels_${dtype}})
  # clang-tidy and the like have seen these files.
  set_target_properties(${target} PROPERTIES EXPORT_COMPILE_COMMANDS OFF)
  foreach(vector ${level} ${wider})
    add_level(mlpstep_vector_${vector}_${dtype} ${vector} ${dtype} ${kernels_vector})
  endforeach()
endforeach()
