# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/repl.js" <<'JS'
var repl = require("/repl.js");
console.log(Object.keys(repl).sort().join());
repl.prompt = node.shard.id + "> ";
repl.scope.given = "by the program";
setTimeout(function () {
    repl.scope = { another: "scope" };
    console.log("replaced");
}, 300);
setInterval(function () {
    console.log("tick");
}, 100);
JS
have_fired() {
    grep -q replaced "$scratch/out" &&
        [ "$(grep -c tick "$scratch/out")" -gt 3 ]
}
for shards in "" "--cores 2"; do
    : >"$scratch/out"
    { echo 'given'
      until_true have_fired
      echo 'another'
      echo 'wait = new node.Promise()'
      echo 'setTimeout(function () { wait.emitSuccess("done"); }, 200); 0'
      echo 'wait.wait()'; echo '_'; sleep 0.5
      echo 'node.exit(3)'; } |
        "$node" $shards "$scratch/repl.js" >"$scratch/out" 2>"$scratch/err"
    [ $? -eq 3 ] || fail "status"
    leave_out_cores "$scratch/err"
    printf '"by the program"\n"scope"\n{}\n0\n"done"\n"done"\n' |
        diff - "$scratch/err" || fail "'$shards': values"
    grep -q '0> ' "$scratch/out" || fail "no prompt"
    ! grep -q '1> ' "$scratch/out" || fail "a prompt on another shard"
    grep -q 'prompt,scope$' "$scratch/out" || fail "exports"
    [ "$(grep -c tick "$scratch/out")" -gt 3 ] || fail "no ticks"
done

finish
