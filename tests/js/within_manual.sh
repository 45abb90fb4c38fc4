#!/bin/sh
# SPDX-License-Identifier: MIT
#
# within_manual.sh NODE PROGRAM: run a copy of an example, where its fixed
# places are this run's own: ports 7000 and 8000 one that is free, google.com
# that port of this machine, and /tmp a directory with the file hello in it and
# what modules/ holds.  The output has the example's own words again.
set -u

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# Ports that the system gives to nobody's outgoing connections.
cat >"$scratch/port.js" <<'END'
for (var port = 20000 + ARGV[2] % 6000; ; port++) {
    var server = node.tcp.createServer();
    try {
        server.listen(port);
    } catch (error) {
        continue;
    }
    console.log(port);
    node.exit(0);
}
END
port=$("$1" "$scratch/port.js" $$) || exit 1

mkdir "$scratch/tmp"
echo hello >"$scratch/tmp/hello"
cp "$(dirname "$2")"/modules/* "$scratch/tmp"
sed -e "s,/tmp/,$scratch/tmp/,g" \
    -e "s/(80, \"google.com\")/($port, \"localhost\")/" \
    -e "s/\\b[78]000\\b/$port/g" "$2" >"$scratch/tmp/example.js"
default=8000
! grep -q '\b7000\b' "$2" || default=7000

"$1" "$scratch/tmp/example.js" >"$scratch/stdout"
status=$?
sed -e "s,$scratch/tmp/,/tmp/,g" -e "s/\\b$port\\b/$default/g" \
    "$scratch/stdout"
exit $status
