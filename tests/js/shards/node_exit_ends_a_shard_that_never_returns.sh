# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# 200 times, 20 at a time: each waits a second for the other to finish.
cat >"$scratch/exit.js" <<'JS'
process.addListener("exit", function () {
    console.log("exit " + node.shard.id);
});
if (node.shard.id === Number(ARGV[2]) % 2)
    setTimeout(function () { node.exit(1 + ARGV[2] % 100); }, ARGV[2] % 50);
else
    for (;;);
JS
once() {
    "$node" --no-pin --cores 2 "$scratch/exit.js" "$1" >"$scratch/out.$1" \
        2>"$scratch/err.$1"
    status=$?
    leave_out_cores "$scratch/err.$1"
    [ $status -eq $((1 + $1 % 100)) ] || echo "$1: status $status"
    [ ! -s "$scratch/err.$1" ] || cat "$scratch/err.$1"
    [ "$(cat "$scratch/out.$1")" = "exit $(($1 % 2))" ] ||
        cat "$scratch/out.$1"
}
in_parallel 20 200 once

finish
