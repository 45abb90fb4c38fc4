# SPDX-License-Identifier: MIT

# needs(variable file): the libraries that it says (DT_NEEDED) it needs.
function(needs variable file)
    execute_process(COMMAND ${CMAKE_READELF} -d ${file} OUTPUT_VARIABLE text
        COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "\\(NEEDED\\)[^\n]*" lines "${text}")
    list(TRANSFORM lines REPLACE "^.*\\[(.*)\\].*$" "\\1")
    set(${variable} ${lines} PARENT_SCOPE)
endfunction()
