#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh NODE CFLAGS PROGRAM.js [SHARDS]: compile the extensions that a program
# names, as a user would, and run it by ../js/run.sh:
#
#     // extension: FILE [FLAGS]   fixtures/FILE, with these flags of its own
#     // each: FLAGS               once with these flags for all; and once more
#                                  for every other such line
#
# CFLAGS are the sanitizer's, if node has one.  The program finds FILE.node in
# the directory ENV.EXTENSIONS.
set -u

here=$(dirname "$0")
. "$here/compile.sh"
shift 2

EXTENSIONS=$(mktemp -d) || exit 1
export EXTENSIONS
trap 'rm -rf "$EXTENSIONS"' EXIT

compile_all() {
    while read -r file flags; do
        # shellcheck disable=SC2086 # words
        compile "$here/fixtures/$file" "$EXTENSIONS/${file%.*}.node" \
            $flags "$@" || exit 1
    done <"$EXTENSIONS/wanted"
}

sed -n 's,^// extension: ,,p' "$1" >"$EXTENSIONS/wanted"
sed -n 's,^// each: ,,p' "$1" >"$EXTENSIONS/each"
[ -s "$EXTENSIONS/each" ] || echo >"$EXTENSIONS/each"
while read -r each; do
    # shellcheck disable=SC2086 # words
    compile_all $each
    sh "$here/../js/run.sh" "$node" "$@" || exit
done <"$EXTENSIONS/each"
