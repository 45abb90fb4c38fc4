# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# 2 MB into a pipe that is read late: at once for the program, whole for the
# reader, however the process ends.
for end in "" "node.exit(0);" "setTimeout(function () { node.exit(0); }, 1);"
do
    cat >"$scratch/large.js" <<JS
node.stdio.write("0123456789abcdef".repeat(1 << 17));
node.stdio.writeError("returned\n");
$end
JS
    : >"$scratch/err"
    { "$node" "$scratch/large.js" 2>"$scratch/err"; } |
        { until_true [ -s "$scratch/err" ]
          cp "$scratch/err" "$scratch/early"
          wc -c; } >"$scratch/out"
    [ "$(cat "$scratch/early")" = returned ] || fail "'$end': write() blocks"
    [ "$(cat "$scratch/out")" -eq 2097152 ] ||
        fail "'$end': $(cat "$scratch/out") bytes"
    "$node" "$scratch/large.js" >"$scratch/file" 2>/dev/null
    [ "$(wc -c <"$scratch/file")" -eq 2097152 ] || fail "'$end': a file"
done

# Nobody reads stderr: no noise, no end.
cat >"$scratch/deaf.js" <<'JS'
node.stdio.writeError("x\n");
node.stdio.writeError("y\n");
setTimeout(function () { node.stdio.write("alive"); }, 100);
JS
mkfifo "$scratch/fifo"
sleep 0.2 <"$scratch/fifo" &
{ sleep 0.5; "$node" "$scratch/deaf.js"; } 2>"$scratch/fifo" >"$scratch/out"
[ "$(cat "$scratch/out")" = alive ] || fail "no reader of stderr: $(cat "$scratch/out")"

# writeError is out when it returns, whatever happens then.
echo 'node.stdio.writeError("before");
      node.createChildProcess("kill -KILL $PPID"); for (;;);' >"$scratch/die.js"
"$node" "$scratch/die.js" 2>"$scratch/err" >/dev/null
[ "$(head -c 6 "$scratch/err")" = before ] || fail "writeError is late"

finish
