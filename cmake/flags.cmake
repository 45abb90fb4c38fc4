# SPDX-License-Identifier: MIT
#
# How our own code is compiled: link a target to `house` (PRIVATE) and it has
# the language, the warnings, the sanitizer and the include path.

option(WERROR "Make warnings errors (but where a sanitizer confuses gcc)" OFF)
set(SANITIZE "" CACHE STRING
    "address (with undefined), thread (sched and net only, no V8) or empty")
set_property(CACHE SANITIZE PROPERTY STRINGS "" address thread)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# Line tables cost no speed and make profiles and crash reports readable.
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")

# node_g: every step can be watched, assert() is on, and libstdc++ checks each
# index.  (Our own CHECKs are on everywhere.  V8_ENABLE_CHECKS would need a V8
# that was built with it, and V8 asks.)
set(CMAKE_C_FLAGS_DEBUG "-O0 -g")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g -D_GLIBCXX_ASSERTIONS")

# What this tree is called among its tests (the release has no name), and what
# its program.
set(tree "${SANITIZE}")
set(program node)
if(NOT SANITIZE AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    set(tree debug)
    set(program node_g)
endif()

add_library(house INTERFACE)

# "sched/ready.h"
target_include_directories(house INTERFACE ${PROJECT_SOURCE_DIR})

# _GNU_SOURCE as a file would write it; g++ does so by itself.  V8 is built
# without RTTI and exceptions.
target_compile_definitions(house INTERFACE
    $<$<COMPILE_LANGUAGE:C>:_GNU_SOURCE=>)
target_compile_options(house INTERFACE
    $<$<COMPILE_LANGUAGE:C>:-std=gnu11>
    "$<$<COMPILE_LANGUAGE:CXX>:-std=c++20;-fno-rtti;-fno-exceptions>"
    -fno-omit-frame-pointer # perf and the sanitizers walk it
    -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/= # __FILE__ is "sched/shard.c"
    -fvisibility=hidden # but what the headers of extensions declare
    -pthread)
target_link_options(house INTERFACE -pthread)

target_compile_options(house INTERFACE
    -Wall -Wextra -Wshadow -Wundef -Wpointer-arith -Wcast-qual -Wvla
    -Wwrite-strings -Wformat=2
    "$<$<COMPILE_LANGUAGE:C>:-Wpedantic;-Wmissing-prototypes>"
    "$<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes;-Wold-style-definition>")
if(WERROR AND NOT SANITIZE)
    target_compile_options(house INTERFACE -Werror)
endif()

# A finding ends the program: a test that goes on has not passed.  UBSan's vptr
# check needs RTTI.
if(SANITIZE STREQUAL "address")
    set(sanitize -fsanitize=address,undefined -fno-sanitize=vptr
        -fno-sanitize-recover=all)
elseif(SANITIZE STREQUAL "thread")
    set(sanitize -fsanitize=thread)
elseif(NOT SANITIZE STREQUAL "")
    message(FATAL_ERROR "SANITIZE is address, thread or empty")
endif()
target_compile_options(house INTERFACE ${sanitize})
if(SANITIZE)
    # What a sanitizer adds hides from gcc that V8's Maybe is looked at first.
    target_compile_options(house INTERFACE -Wno-maybe-uninitialized)
endif()
target_link_options(house INTERFACE ${sanitize})

# house_test_name(variable name): what house_test() makes of the name.
function(house_test_name variable name)
    if(tree)
        set(name ${tree}.${name})
    endif()
    set(${variable} ${name} PARENT_SCOPE)
endfunction()

# house_test(name command...): add_test(), with the tree in the test's name
# (test.sh runs the trees as one suite), the sanitizer's settings in its
# environment, and a limit on its time.
function(house_test name)
    house_test_name(name ${name})
    add_test(NAME ${name} COMMAND ${ARGN})
    set_tests_properties(${name} PROPERTIES TIMEOUT 600 ENVIRONMENT
        "UBSAN_OPTIONS=print_stacktrace=1;TSAN_OPTIONS=halt_on_error=1")
endfunction()
