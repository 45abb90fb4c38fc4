# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

prefix=$scratch/prefix
install_to "$prefix"
page=$prefix/share/man/man1/node.1

# As mdoc writes it, "--pin" is "Fl -pin".
"$prefix/bin/node" --help >"$scratch/help"
options=$(grep -o -E '^  +(-[a-z], )?--[a-z0-9-]+' "$scratch/help" |
    sed 's/.*--//' | sort -u)
[ "$(echo "$options" | wc -l)" -ge 6 ] || fail "options: $options"
for option in $options; do
    grep -q -E "^\.It (Fl|.*,) ?-$option( |\$)" "$page" ||
        fail "the manual page does not tell of --$option"
done
for variable in $(grep -o -E '^  NODE_[A-Z_]+' "$scratch/help"); do
    grep -q -E "^\.It Ev $variable\$" "$page" ||
        fail "the manual page does not tell of $variable"
done

if command -v mandoc >/dev/null; then
    mandoc -Tlint -Wwarning "$page" || fail "mandoc"
fi
if command -v man >/dev/null; then
    man --warnings=w -l "$page" >"$scratch/text" 2>"$scratch/log" || fail "man"
    [ -s "$scratch/log" ] && fail "man: $(cat "$scratch/log")"
    grep -q -F 'node-repl' "$scratch/text" || fail "man shows nothing"
fi

finish
