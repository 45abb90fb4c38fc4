# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# A last message of shard 0 is the last event of all; what comes after it is the
# end, a hundred times.  Were it found by chance or by an interval, some would
# hang.
cat >"$scratch/end.js" <<'JS'
var shard = node.shard;
shard.addListener("message", function (hops) {
    if (hops > 0)
        shard.send((shard.id + hops) % shard.count, hops - 1);
    else
        console.log("delivered");
});
if (shard.id === 0)
    setTimeout(function () { shard.send(1, 20); }, ARGV[2] % 7);
JS
once() {
    timeout 60 "$node" --no-pin --cores 4 "$scratch/end.js" "$1" \
        >"$scratch/out.$1" 2>"$scratch/err.$1" || echo "$1: status $?"
    [ "$(cat "$scratch/out.$1")" = delivered ] || cat "$scratch/out.$1"
    leave_out_cores "$scratch/err.$1"
    cat "$scratch/err.$1"
}
in_parallel 2 100 once

finish
