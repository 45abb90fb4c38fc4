#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh [ARGUMENT...]: set up, build, and become build/node ARGUMENT...
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/cmake/setup.sh"

install_tools build
make_runtime
build_tree build node
exec "$top/build/node" "$@"
