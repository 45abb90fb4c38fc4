# SPDX-License-Identifier: MIT
#
# However a shard ends, and whatever is on its way to it then.
. "$(dirname "$0")/compile.sh"
. "$(dirname "$0")/../js/expect.sh"
sanitizer=$2

for file in ticker.c pool.c emitter.cc; do
    compile "$(dirname "$0")/fixtures/$file" "$scratch/${file%.*}.node" || exit 1
done

# Never still: threads that post for ever, and work in all states, some of which
# takes longer than the shard does.
cat >"$scratch/busy.js" <<'END'
var ticker = require("./ticker.node");
var pool = require("./pool.node");
var Worker = require("./emitter.node").Worker;
var numbers = new Float64Array(1000);
ticker.start(function () {}, -1, 0);
ticker.start(function () {}, -1, 50);
function work() {
    pool.sum(numbers, Math.random() * 2000).addCallback(work);
}
for (var i = 0; i < 50; i++) {
    work();
    new Worker().work(i, 1000);
}
setTimeout(function () {
    if (ARGV[2] === "throw")
        throw new Error("enough");
    if (ARGV[2] === "exit")
        node.exit(3);
    if (ARGV[2] === "one" && node.shard.id === 0)
        node.exit(3);
    if (ARGV[2] === "post")
        ticker.start(function () { node.exit(3); }, 10, 0);
    if (ARGV[2] === "work")
        pool.sum(numbers, 0).addCallback(function () { node.exit(3); });
    if (ARGV[2] === "spin")
        for (;;)
            if (node.shard.id === 0)
                node.exit(3);
}, 20 + Math.random() * 30);
END
for i in 1 2 3; do
    runs 1 '' '^Error: enough' "$node" --cores 4 "$scratch/busy.js" throw
    for how in exit one post work spin; do
        "$node" --cores 4 "$scratch/busy.js" $how >"$scratch/out" 2>&1
        status=$?
        [ $status -eq 3 ] ||
            fail "$how: status $status, not 3: $(cat "$scratch/out")"
        grep -v '^node: 4 shards share' "$scratch/out" >"$scratch/said" &&
            fail "$how: says $(cat "$scratch/said")"
    done
done

# Work that never ends does not keep the process either.
echo 'require("./pool.node").sum(new Float64Array(1), 1000000000);
      setTimeout(function () { node.exit(4); }, 20);' >"$scratch/stuck.js"
runs 4 '' '' timeout 60 "$node" "$scratch/stuck.js"

# Nor is what it works at freed under it.
echo 'var Worker = require("./emitter.node").Worker;
      for (var i = 0; i < 20; i++)
          new Worker().work(1, 40000 * i);
      setTimeout(function () { node.exit(5); }, 20);' >"$scratch/slow.js"
for i in 1 2 3; do
    runs 5 '' '' "$node" "$scratch/slow.js"
done

finish
