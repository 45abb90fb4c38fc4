# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# Nothing comes after close(), and yes ends while node lives on.
cat >"$scratch/close.js" <<'JS'
var pieces = 0;
var closed = false;
node.stdio.addListener("data", function (data) {
    if (closed)
        console.log("data after close");
    closed = true;
    node.stdio.close();
});
node.stdio.addListener("close", function () { console.log("close"); });
node.stdio.open();
setTimeout(function () { console.log("end " + Date.now()); }, 2000);
JS
{ yes 2>/dev/null; date +%s%3N >"$scratch/ended"; } |
    "$node" "$scratch/close.js" >"$scratch/out"
[ "$(sed 's/ .*//' "$scratch/out" | tr '\n' ' ')" = "close end " ] ||
    fail "$(cat "$scratch/out")"
[ "$(cat "$scratch/ended")" -lt "$(sed -n 's/end //p' "$scratch/out")" ] ||
    fail "yes wrote on while node lived"

finish
