# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# V8 dies at once for lack of memory, and nothing is flushed any more; the
# reader is so late that all would still be ours if debug() did not wait.
cat >"$scratch/dies.js" <<'JS'
var utils = require("/utils.js");
utils.puts("x".repeat(1000000));
utils.debug("now");
for (var all = [];;)
    all.push(new Array(1000).fill(all.length));
JS
for shards in 1 2; do
    { "$node" --no-pin --cores $shards --max-old-space-size=20 \
        "$scratch/dies.js" 2>/dev/null && echo survived; } |
        { sleep 1; cat >"$scratch/out"; }
    [ "$(head -n 1 "$scratch/out" | wc -c)" -eq 1000001 ] ||
        fail "the earlier line is not whole"
    grep -q '^DEBUG: now$' "$scratch/out" || fail "debug() is missing"
    grep -q survived "$scratch/out" && fail "survived"
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
