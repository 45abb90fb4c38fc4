# SPDX-License-Identifier: MIT
. "$(dirname "$0")/compile.sh"
. "$(dirname "$0")/../js/expect.sh"

runs 0 '^-I/.* -include /.*/node\.h ' '' "$node" --cflags
[ "$(wc -l <"$scratch/out")" -eq 1 ] || fail "not one line"
case $node in
*_g) grep -q -e ' -O0$' "$scratch/out" || fail "not for a debugger" ;;
*) grep -q -e ' -O2$' "$scratch/out" || fail "not for speed" ;;
esac

# Installed in a prefix; a copy, for the kernel knows where a link leads.
for program in "$scratch/prefix/bin/node" "$scratch/prefix/lib/node/node"; do
    mkdir -p "$(dirname "$program")" "$scratch/prefix/include/node"
    cp "$node" "$program"
    runs 0 "^-I$scratch/prefix/include/node -include $scratch/prefix/include/node/node.h " \
        '' "$program" --cflags
    rm -r "$scratch/prefix/include"
    runs 1 '' "^node: cannot find the headers of extensions in $scratch/prefix/include/node: no such file or directory" \
        "$program" --cflags
    one_line
done

# No quoting survives the shell's backticks: at least it is said.
mkdir -p "$scratch/with blanks/include/node" "$scratch/with blanks/bin"
cp "$node" "$scratch/with blanks/bin/node"
runs 0 . '^node: the shell divides these flags at the blanks of /.*/with blanks/' \
    "$scratch/with blanks/bin/node" --cflags
one_line

finish
