# SPDX-License-Identifier: MIT
#
# Signals do to a program what they do to any process; but SIGPIPE is ignored.
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/signal.js" <<'JS'
var pid = ARGV[2], signal = ARGV[3];
process.addListener("exit", function () { node.stdio.write("exit\n"); });
// A core dump may begin a moment after the signal was sent.
node.createChildProcess("kill -" + signal + " $PPID").addListener("exit",
    function () {
        setTimeout(function () { node.stdio.write("alive\n"); }, 300);
    });
JS
while read -r signal number; do
    # The shell says by which.
    runs $((128 + number)) '' . \
        sh -c 'ulimit -c 0; exec "$@"' - "$node" "$scratch/signal.js" \
        - "$signal"
done <<SIGNALS
HUP 1
QUIT 3
USR1 10
USR2 12
TERM 15
SIGNALS
runs 0 '^alive$' '' "$node" "$scratch/signal.js" - PIPE
matches "$scratch/out" '^exit$' "what ends by itself"

finish
