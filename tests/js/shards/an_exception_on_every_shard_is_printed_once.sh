# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

echo 'throw new Error("from all");' >"$scratch/all.js"
cat >"$scratch/one.js" <<'JS'
process.addListener("exit", function () { console.log("never"); });
if (node.shard.id === 2)
    setTimeout(function () { throw new Error("from one"); }, 100);
else
    setInterval(function () {}, 10);
JS
for _ in 1 2 3 4 5 6 7 8 9 10; do
    runs 1 '' '^node: uncaught exception on shard [0-3]$' \
        "$node" --cores 4 "$scratch/all.js"
    [ "$(grep -c '^Error: from all$' "$scratch/err")" -eq 1 ] ||
        fail "not once: $(cat "$scratch/err")"
    runs 1 '' '^node: uncaught exception on shard 2$' \
        "$node" --cores 4 "$scratch/one.js"
done
runs 1 '' '^Error: from all$' "$node" "$scratch/all.js"
grep -q shard "$scratch/err" && fail "one shard is named: $(cat "$scratch/err")"

finish
