# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# Each piece as JSON; characters that two pieces divide are whole.
cat >"$scratch/show.js" <<'JS'
var text = "";
node.stdio.addListener("data", function (data) {
    if (typeof data !== "string" || data === "")
        console.log("not a string with something in it");
    text += data;
});
node.stdio.addListener("close", function () {
    console.log(JSON.stringify(text) + " " + arguments.length);
});
node.stdio.open(ARGV[2]);
JS

shows() { # TEXT ENCODING: of what comes from a pipe
    "$node" "$scratch/show.js" $2 >"$scratch/out" 2>"$scratch/err"
    [ "$(cat "$scratch/out")" = "\"$1\" 0" ] ||
        fail "'$2': $(cat "$scratch/out") is not \"$1\" 0"
    [ ! -s "$scratch/err" ] || fail "'$2': $(cat "$scratch/err")"
}

halves() {
    printf 'a\303'; sleep 0.3; printf '\244\342\202'; sleep 0.3; printf '\254'
}
halves | shows aä€
halves | shows aä€ UTF8
halves | shows aä€ nonsense
printf '\303\244\n' | shows 'Ã¤\n' binary
printf '\303\244\n' | shows 'Ã¤\n' ASCII
printf 'x\303' | shows x�
printf '' | shows ''

# Whatever stdin is.
printf 'of a file' >"$scratch/file"
shows 'of a file' <"$scratch/file"
shows '' </dev/null
shows '' <&-
shows '' <"$scratch"

# In pieces of no size that matters; all of them, though files are "ready".
cat >"$scratch/count.js" <<'JS'
var length = 0;
var pieces = 0;
node.stdio.addListener("data", function (data) {
    length += data.length;
    pieces++;
});
node.stdio.addListener("close", function () {
    console.log(length + " " + (pieces > 1));
});
node.stdio.open("binary");
JS
head -c 3000000 /dev/zero >"$scratch/zeros"
[ "$("$node" "$scratch/count.js" <"$scratch/zeros")" = "3000000 true" ] ||
    fail "a file is not whole"
[ "$(cat "$scratch/zeros" | "$node" "$scratch/count.js")" = "3000000 true" ] ||
    fail "a pipe is not whole"

finish
