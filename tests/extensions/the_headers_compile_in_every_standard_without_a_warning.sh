# SPDX-License-Identifier: MIT
. "$(dirname "$0")/compile.sh"
. "$(dirname "$0")/../js/expect.sh"

warnings='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
          -Wundef -Wcast-qual -Werror'
for standard in gnu99 c99 c11 c17 gnu++98 c++11 c++14 c++17 c++20; do
    case $standard in
    *++*) language=c++ pedantic=-Wno-long-long ;;
    *) language=c pedantic= ;;
    esac
    case $standard in
    *++98) pedantic=-Wno-pedantic ;; # stdint.h's types are long long then
    esac
    echo '#include <node_js.h>
#include <node_extension.h>
#include <node.h>
#include <v8.h>' >"$scratch/all.c"
    # shellcheck disable=SC2046,SC2086 # words
    cc -x $language -std=$standard $("$node" --cflags) $warnings $pedantic \
        -c -o "$scratch/all.o" "$scratch/all.c" || fail "$standard"
done

# And each alone.
directory=$("$node" --cflags | sed 's/^-I\([^ ]*\) .*/\1/')
for header in node_js node_extension node v8; do
    for language in c c++; do
        echo "#include \"$directory/$header.h\"" >"$scratch/one.c"
        cc -x $language -c -o "$scratch/one.o" "$scratch/one.c" ||
            fail "$header in $language"
    done
done

# The real v8.h is refused, not mixed.
printf '#define INCLUDE_V8_H_\n#include <node.h>\n' >"$scratch/mixed.cc"
c++ -I"$directory" -c -o "$scratch/mixed.o" "$scratch/mixed.cc" \
    2>"$scratch/err" && fail "mixed with v8.h"
grep -q 'node.h takes the place of v8.h' "$scratch/err" ||
    fail "$(cat "$scratch/err")"

finish
