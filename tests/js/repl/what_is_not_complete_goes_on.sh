# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

echo 'require("/repl.js");' >"$scratch/repl.js"
"$node" "$scratch/repl.js" >"$scratch/out" 2>"$scratch/err" <<'JS'
function add(a,
             b) {
    return a + b;
}
add(1
, add(2,
3))
`a
b`
/* a
comment */ 4
[1,
2].length
if (true) {
"block"
}
add(1 2)
"open
JSON.stringify([
JS
cat >"$scratch/expected" <<'END'
6
"a\nb"
4
2
"block"
SyntaxError: missing ) after argument list
SyntaxError: Invalid or unexpected token
END
# The source line of a syntax error's position is none of the stack.
diff "$scratch/expected" "$scratch/err" || fail "values"
[ "$(tail -n +2 "$scratch/out" | tr -d '\n')" = \
"node> ...   ...   ...   node> ...   ...   node> ...   node> ...   \
node> ...   node> ...   ...   node> node> node> ...   " ] ||
    fail "prompts: $(cat "$scratch/out")"

finish
