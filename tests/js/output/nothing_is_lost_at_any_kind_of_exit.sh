# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# 100,000 lines into a pipe whose reader is late, then the end in some way.
ends() { # STATUS STDERR CODE
    cat >"$scratch/ends.js" <<JS
var utils = require("/utils.js");
for (var i = 1; i <= 100000; i++)
    utils.puts("line " + i);
utils.print("no newline");
$3
JS
    { "$node" $shards "$scratch/ends.js" 2>"$scratch/err"
      echo $? >"$scratch/status"; } |
        { sleep 0.3; cat >"$scratch/out"; }
    [ "$(cat "$scratch/status")" -eq "$1" ] ||
        fail "'$3': status $(cat "$scratch/status")"
    matches "$scratch/err" "$2" "'$3': stderr"
    { seq 100000 | sed 's/^/line /'; printf 'no newline'; } |
        cmp -s - "$scratch/out" || fail "'$3': output is not whole"
}

for shards in "" "--cores 1"; do
    ends 0 '' ''
    ends 7 '' 'node.exit(7);'
    ends 7 '' 'setTimeout(function () { node.exit(7); }, 1);'
    ends 1 'Error: uncaught' 'throw new Error("uncaught");'
    ends 1 'Error: uncaught' 'process.addListener("exit", function () {
        throw new Error("uncaught"); });'
    ends 3 '' 'node.reallyExit(3);'
done

# Beside a shard that never ends, and one that waits.
cat >"$scratch/beside.js" <<'JS'
var utils = require("/utils.js");
for (var i = 0; i < 20000; i++)
    utils.puts("line");
utils.print("end of " + node.shard.id);
if (node.shard.id === 0)
    setTimeout(function () { node.exit(3); }, 3000);
else if (node.shard.id === 1)
    for (;;);
else
    setInterval(function () {}, 1000);
JS
{ "$node" --cores 3 "$scratch/beside.js" 2>"$scratch/err"
  echo $? >"$scratch/status"; } | { sleep 0.3; cat >"$scratch/out"; }
[ "$(cat "$scratch/status")" -eq 3 ] || fail "status $(cat "$scratch/status")"
[ "$(grep -c '^line$' "$scratch/out")" -eq 60000 ] || fail "lines are missing"
[ "$(grep -c '^end of [012]$' "$scratch/out")" -eq 3 ] ||
    fail "unfinished lines: $(grep -v '^line$' "$scratch/out")"

finish
