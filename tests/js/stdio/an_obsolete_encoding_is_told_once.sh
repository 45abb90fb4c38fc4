# SPDX-License-Identifier: MIT
#
# However often it is used: a server might at every request.
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/raw.js" <<'JS'
var connection = new node.tcp.Connection();
for (var i = 0; i < 100; i++)
    node.stdio.write(connection.setEncoding(i % 2 ? "raw" : "RAW") + "\n");
connection.setEncoding("raws");
JS
runs 0 '^binary$' '"RAW" is an obsolete encoding' "$node" "$scratch/raw.js"
[ "$(wc -l <"$scratch/err")" -eq 2 ] || fail "$(head -n 5 "$scratch/err")"

finish
