# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

echo 'require("/repl.js");' >"$scratch/repl.js"
input() {
    cat <<'JS'
1 + 1
var x = "kept";
x
let y = 5
  y + _.length  
_
undefined
null
setTimeout
"\u00e4"
[1, {a: 2}]

puts
include("/utils.js")
puts("printed")
nowhere
throw new Error("thrown")
throw undefined
throw { toString: function () { throw 1; } }
JSON.parse("{")
) (
return 1
exec("echo of a child").wait()[0]
toString
"last"
JS
}
values='2\n"kept"\n9\n9\nnull\n[Function]\n"ä"\n[1,{"a":2}]\n[Function]
ReferenceError: nowhere is not defined\n    at repl:1:1
Error: thrown\n    at repl:1:7
undefined
an exception that cannot be printed
'
for shards in "" "--cores 2"; do
    input | "$node" $shards "$scratch/repl.js" >"$scratch/out" \
        2>"$scratch/err" || fail "status $?"
    leave_out_cores "$scratch/err"
    printf "$values" >"$scratch/expected"
    cat >>"$scratch/expected" <<'END'
SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)
    at JSON.parse (<anonymous>)
    at repl:1:6
SyntaxError: Unexpected token ')'
SyntaxError: Illegal return statement
"of a child\n"
[Function]
"last"
END
    diff "$scratch/expected" "$scratch/err" || fail "'$shards': stderr"
    [ "$(head -n 1 "$scratch/out")" = "Type .help for help." ] ||
        fail "the hint"
    # A prompt before each line, and one that the end of input answers.
    [ "$(tail -n +2 "$scratch/out" | tr -d '\n')" = \
"$(printf 'node> %.0s' $(seq 15))printed$(printf 'node> %.0s' $(seq 11))" ] ||
        fail "'$shards': $(cat "$scratch/out")"
done

finish
