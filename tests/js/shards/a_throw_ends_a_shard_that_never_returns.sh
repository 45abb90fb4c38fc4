# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# 200 times, 8 at a time: the time to set out varies with the load.
cat >"$scratch/throw.js" <<'JS'
if (node.shard.id === Number(ARGV[2]) % 2)
    setTimeout(function () { throw new Error("thrown"); }, ARGV[2] % 50);
else
    for (;;);
JS
once() {
    "$node" --no-pin --cores 2 "$scratch/throw.js" "$1" >"$scratch/out.$1" \
        2>"$scratch/err.$1"
    status=$?
    leave_out_cores "$scratch/err.$1"
    [ $status -eq 1 ] || echo "$1: status $status"
    [ ! -s "$scratch/out.$1" ] || cat "$scratch/out.$1"
    [ "$(grep -c '^Error: thrown$' "$scratch/err.$1")" -eq 1 ] &&
        [ "$(head -n 1 "$scratch/err.$1")" = \
            "node: uncaught exception on shard $(($1 % 2))" ] ||
        cat "$scratch/err.$1"
}
in_parallel 8 200 once

finish
