# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

echo 'exports.unused = 1; require("/repl.js");' >"$scratch/repl.js"
"$node" "$scratch/repl.js" >"$scratch/out" 2>"$scratch/err" <<'JS'
made = 1
(
.break
made
(
  .clear  
typeof made + typeof unused + typeof setTimeout
.5
.nothing
.exit
"never"
JS
printf '1\n1\n"undefinedundefinedfunction"\n0.5\n' >"$scratch/expected"
head -n 4 "$scratch/err" | diff "$scratch/expected" - || fail "values"
[ "$(sed -n 5p "$scratch/err")" = "SyntaxError: Unexpected token '.'" ] ||
    fail ".nothing: $(sed -n 5p "$scratch/err")"
[ "$(wc -l <"$scratch/err")" -eq 5 ] || fail "more follows .exit"

echo .help | "$node" "$scratch/repl.js" >"$scratch/out"
for word in .break .clear .exit .help; do
    grep -q -e "$word  " "$scratch/out" || fail "no help for $word"
done

# .exit leaves what else there is to its work.
printf 'setTimeout(function () { console.log("works"); }, 500); 0\n.exit\n' |
    "$node" "$scratch/repl.js" 2>/dev/null | grep -q works ||
    fail ".exit ends more than the prompt"

finish
