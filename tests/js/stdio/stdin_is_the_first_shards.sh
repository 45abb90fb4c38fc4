# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/shards.js" <<'JS'
node.stdio.addListener("data", function (data) {
    node.stdio.write(node.shard.id + " " + data);
});
node.stdio.addListener("close", function () {
    node.stdio.write(node.shard.id + " close\n");
});
node.stdio.open();
JS
: >"$scratch/out"
three_are_closed() {
    [ "$(wc -l <"$scratch/out")" -ge 3 ]
}
{ until_true three_are_closed; echo line; } |
    "$node" --cores 4 "$scratch/shards.js" 2>/dev/null >"$scratch/out"
head -n 3 "$scratch/out" | sort >"$scratch/sorted"
printf '1 close\n2 close\n3 close\n' | diff - "$scratch/sorted" ||
    fail "the others do not close at once"
tail -n +4 "$scratch/out" >"$scratch/rest"
printf '0 line\n0 close\n' | diff - "$scratch/rest" || fail "the first one"

finish
