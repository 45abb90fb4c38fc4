# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# prompts COUNT: so many are there.
prompts() {
    [ "$(grep -a -o -E -e 'node> |[.]{3}   ' "$scratch/seen" | wc -l)" -ge "$1" ]
}

# at_terminal COMMAND: run it at one; types what it reads from stdin, a line a
# prompt.  Without carriage returns and escapes its output is in $scratch/out.
at_terminal() {
    : >"$scratch/seen"
    { lines=0
      while IFS= read -r line; do
        lines=$((lines + 1))
        until_true prompts $lines
        printf "$line"
      done; sleep 1; } |
        TERM=xterm LC_ALL=C.UTF-8 timeout 60 script -qefc "$1" "$scratch/seen" |
        sed 's/\r//g; s/\x1b\[[0-9;]*[A-Za-z]//g' >"$scratch/out"
}

shows() {
    grep -q -E -e "$1" "$scratch/out" ||
        fail "no '$1' in: $(cat -v "$scratch/out")"
}

for command in "$node" "$node --cores 2" "$node | cat"; do
    at_terminal "$command; echo status \$?" <<'KEYS'
6 * 7\r
[ARGV.length,\r
__dirname = "h\303\244"]\r
console.log("a" + "b"); node.shard.id\r
\004
KEYS
    shows '^42$'
    shows '^\[1,"hä"\]$'
    shows '^ab$'
    shows '^status 0$'
done

# Lines can be edited and come back, where libedit is.
if ldconfig -p | grep -q libedit.so.2; then
    at_terminal "$node" <<'KEYS'
13 * 3\033[D\1772\r
\033[A + 1\033[H1\r
\004
KEYS
    shows '^299$'
    shows '^2600$'
fi

# However it ends, the terminal is what it was.
for end in '\004' '.exit\r' 'node.exit(0)\r' \
    'setTimeout(function () { node.exit(0); }, 200); 0\r' \
    'setTimeout(function () { nowhere(); }, 200); 0\r'; do
    printf '%s\n' "$end" |
        at_terminal "stty -a; $node; echo over; stty -a"
    shows 'over$'
    sed -n '/speed/,/^$/p' "$scratch/out" | grep -E '^[-a-z]' |
        grep -E 'icanon|isig|opost' | sort | uniq -c |
        awk '{ if ($1 % 2) exit 1 }' || fail "'$end': $(cat "$scratch/out")"
done

finish
