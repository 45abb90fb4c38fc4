// SPDX-License-Identifier: MIT
// shards: 4
// environment: COLOUR=blue=green
// Also the listening socket, the other child's pipes and our own files are not
// its own; nor are variables that node sets for itself, or its dispositions.
var server = node.http.createServer(function () {});
server.listen(0);
// (Another shard that starts has V8 open its library for a moment.)
node.shard.expose("up", function () {});
node.shard.callAll("up").addCallback(look);
var other = node.createChildProcess("cat");
function look() {
    var child = node.createChildProcess(
        "echo $COLOUR; pwd; ls /proc/self/fd | wc -l; " +
        "env | grep -c '^UV_'; " +
        "grep -E '^Sig(Ign|Blk)' /proc/self/status");
    var text = "";
    child.addListener("output", function (data) { text += data || ""; });
    child.addListener("exit", function () {
        var lines = text.split("\n");
        console.log(lines[0] + " " + (lines[1] === node.cwd()));
        console.log(lines.slice(2, -1).join(" ").replace(/\s+/g, " "));
        other.close();
        server.close();
    });
}
// expect: blue=green true
// expect: 4 0 SigBlk: 0000000000000000 SigIgn: 0000000000000000
