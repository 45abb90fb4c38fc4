#!/bin/sh
# SPDX-License-Identifier: MIT
#
# test.sh [CTEST ARGUMENT...]: set up, build, run every test.
#
# Four trees: the release build, all of it again under AddressSanitizer and
# UndefinedBehaviorSanitizer, the floors without V8 under ThreadSanitizer, and
# node_g, the debug build.  ctest runs them as one suite, so that one summary
# counts them all.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/cmake/setup.sh"

install_tools build test
make_runtime
build_tree build all
build_tree build-debug all -DCMAKE_BUILD_TYPE=Debug
build_tree build-tsan all -DSANITIZE=thread
build_tree build-asan all -DSANITIZE=address

suite=$top/build/suite
mkdir -p "$suite"
for tree in build build-debug build-tsan build-asan; do
    echo "subdirs(\"$top/$tree\")"
done > "$suite/CTestTestfile.cmake"

cd "$suite"
exec ctest --output-on-failure --no-tests=error -j "$(nproc)" "$@" </dev/null
