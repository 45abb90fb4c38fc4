# SPDX-License-Identifier: MIT
#
# By the headers that it brings, wherever it was moved to.
. "$(dirname "$0")/common.sh"

install_to "$scratch/first"
mv "$scratch/first" "$scratch/prefix"
node=$scratch/prefix/bin/node
case $("$node" --cflags) in
"-I$scratch/prefix/include/node "*) ;;
*) fail "flags: $("$node" --cflags)" ;;
esac

fixtures=$here/../extensions/fixtures
# shellcheck disable=SC2046 # words
cc $("$node" --cflags) -shared -o "$scratch/state.node" "$fixtures/state.c" &&
    c++ $("$node" --cflags) -shared -o "$scratch/names.node" \
        "$fixtures/names.cc" || fail "does not compile"
echo 'console.log(require("./state.node").next() +
                  require("./names.node").ANSWER);' >"$scratch/load.js"
is "on two shards" "$("$node" --cores 2 "$scratch/load.js" 2>&1 |
    grep -v 'shards share' | tr '\n' ' ')" "42 42 "

finish
