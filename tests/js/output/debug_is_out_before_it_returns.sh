# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# V8 dies at once for lack of memory, and nothing is flushed any more.
cat >"$scratch/dies.js" <<'JS'
var utils = require("/utils.js");
utils.puts("earlier");
utils.debug("now");
for (var all = [];;)
    all.push(new Array(1000).fill(all.length));
JS
for shards in 1 2; do
    "$node" --cores $shards --max-old-space-size=20 "$scratch/dies.js" \
        >"$scratch/out" 2>/dev/null && fail "survived"
    head -n 2 "$scratch/out" >"$scratch/head"
    printf 'earlier\nDEBUG: now\n' | cmp -s - "$scratch/head" ||
        fail "out was: $(cat "$scratch/out")"
done

# Lines of stderr are whole too.
cat >"$scratch/errors.js" <<'JS'
var utils = require("/utils.js"), text = "x".repeat(100000);
for (var i = 0; i < 20; i++)
    utils.error(text);
JS
"$node" --cores 4 "$scratch/errors.js" 2>&1 >/dev/null |
    grep -v ' shards share ' >"$scratch/err"
[ "$(grep -c '^x*$' "$scratch/err")" -eq 80 ] || fail "stderr: lines"
awk 'length != 100000 { exit 1 }' "$scratch/err" || fail "stderr: mixed"

finish
