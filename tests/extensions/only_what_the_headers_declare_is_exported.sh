# SPDX-License-Identifier: MIT
. "$(dirname "$0")/compile.sh"
. "$(dirname "$0")/../js/expect.sh"
fixtures=$(dirname "$0")/fixtures
sanitizer=

# 1. Each function of the headers is there, and no other of ours.
echo '#include <node_extension.h>' >"$scratch/all.c"
# shellcheck disable=SC2046 # words
cc $("$node" --cflags) -E -P "$scratch/all.c" | tr '\n' ' ' | tr ';{' '\n\n' |
    grep -v 'static inline' |
    sed -n 's/.*[ *]\(\(js\|node\)_[a-z0-9_]*\)(.*/\1/p' |
    grep -vE '^(node_extension_init|js_native)$' | sort -u >"$scratch/declared"
nm -D --defined-only "$node" | sed -n 's/.* \(\(js\|node\)_.*\)/\1/p' |
    sort >"$scratch/exported"
[ "$(wc -l <"$scratch/declared")" -gt 60 ] || fail "where are they?"
diff -u "$scratch/declared" "$scratch/exported" ||
    fail "declared is not what is exported"

# 2. What C++ is compiled to binds to nothing of V8's, and shows nothing that V8
# or another extension could bind to, but what libstdc++'s headers show.
compile "$fixtures/names.cc" "$scratch/names.node" -O0 || exit 1
nm -D "$scratch/names.node" >"$scratch/symbols"
grep -E 'v8|4node' "$scratch/symbols" && fail "V8's names"
grep -E ' [uTDBVW] ' "$scratch/symbols" |
    grep -vE ' node_extension_(version|cxx_init)$| _Z\w*(St|9__gnu_cxx)' &&
    fail "shown too"

finish
