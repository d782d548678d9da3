# What Debian has otherwise, in the tree that becomes its package.
if(NOT CPACK_GENERATOR STREQUAL DEB)
  return()
endif()
set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}/share)
file(RENAME ${share}/doc/mlpstep/LICENSE ${share}/doc/mlpstep/copyright)
file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
execute_process(COMMAND date --utc --rfc-email --date=${CPACK_MLPSTEP_DATE} OUTPUT_VARIABLE date
                RESULT_VARIABLE status OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "date cannot write the date of the changelog")
endif()
file(WRITE ${share}/doc/mlpstep/changelog
  "mlpstep (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
  "  * Release ${CPACK_PACKAGE_VERSION}.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
execute_process(COMMAND gzip -9n ${share}/man/man1/mlpstep.1 ${share}/doc/mlpstep/changelog
                RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "gzip cannot pack the manual page and the changelog")
endif()
