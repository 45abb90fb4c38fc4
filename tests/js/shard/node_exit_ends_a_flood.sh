# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# Four shards flood each other with everything there is; in the midst of it one
# exits, fifty times at another moment.
cat >"$scratch/flood.js" <<'JS'
var shard = node.shard;
var wish = Number(ARGV[2]);
shard.expose("f", function (x) { return [x]; });
shard.addListener("message", function (message, from) {
    shard.send(from, message);
});
function some() {
    for (var id = 0; id < shard.count; id++) {
        var buffer = new ArrayBuffer(10000);
        shard.send(id, {buffer: buffer}, [buffer]);
        shard.send(id, "small");
        shard.call(id, "f", new Error("m"));
    }
    shard.broadcast(new Map([[1, {}]]));
}
some();
setInterval(some, 1);
shard.once("o" + wish % 3, function () { return new Promise(function () {}); });
process.addListener("exit", function () { console.log("exit " + shard.id); });
// One that has not begun has no listener for "exit" yet.
if (shard.id === wish % shard.count)
    shard.callAll("f").addCallback(function () {
        setTimeout(function () {
            if (wish % 5 === 0)
                throw new Error("in the midst");
            node.exit(10 + wish % 20);
        }, wish * 2);
    });
JS
once() {
    timeout 60 "$node" --no-pin --cores 4 "$scratch/flood.js" "$1" \
        >"$scratch/out.$1" 2>"$scratch/err.$1"
    status=$?
    leave_out_cores "$scratch/err.$1"
    if [ $(($1 % 5)) -eq 0 ]; then
        [ $status -eq 1 ] || echo "$1: status $status"
        [ "$(head -n 1 "$scratch/err.$1")" = \
            "node: uncaught exception on shard $(($1 % 4))" ] ||
            cat "$scratch/err.$1"
        [ ! -s "$scratch/out.$1" ] || cat "$scratch/out.$1"
    else
        [ $status -eq $((10 + $1 % 20)) ] || echo "$1: status $status"
        [ ! -s "$scratch/err.$1" ] || cat "$scratch/err.$1"
        [ "$(sort "$scratch/out.$1")" = "exit 0
exit 1
exit 2
exit 3" ] || cat "$scratch/out.$1"
    fi
}
in_parallel 2 50 once

finish
