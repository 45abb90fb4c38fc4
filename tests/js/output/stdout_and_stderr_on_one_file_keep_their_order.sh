# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/order.js" <<'JS'
var utils = require("/utils.js");
for (var i = 0; i < 500; i += 2) {
    utils.puts(i);
    utils.error(i + 1);
}
JS
"$node" "$scratch/order.js" >"$scratch/file" 2>&1
seq 0 499 | cmp -s - "$scratch/file" || fail "a file"
"$node" "$scratch/order.js" 2>&1 | cat >"$scratch/file"
seq 0 499 | cmp -s - "$scratch/file" || fail "a pipe"

finish
