// SPDX-License-Identifier: MIT
// shards: 4
function run(name, command, act) {
    var child = node.createChildProcess(command);
    var log = [];
    child.addListener("output", function (data) { log.push(data); });
    child.addListener("error", function (data) { log.push(data); });
    child.addListener("exit", function (code) {
        console.log(name + " " + code + " " + JSON.stringify(log));
        next();
    });
    if (act)
        act(child);
}
var runs = [
    // At once: it is there when createChildProcess() returns.
    function () { run("TERM", "exec sleep 100",
                      function (child) { child.kill(); }); },
    function () { run("KILL", "exec sleep 100",
                      function (child) { child.kill(node.SIGKILL); }); },
    function () { run("no integer", "exec sleep 100",
                      function (child) { child.kill("SIGKILL"); }); },
    function () { run("itself", "kill -USR1 $$"); },
    function () { run("handled",
                      "trap 'exit 5' INT; echo ready; while :; do :; done",
        function (child) {
            child.addListener("output", function (data) {
                if (data !== null)
                    child.kill(node.SIGINT);
            });
        }); }
];
function next() {
    if (runs.length > 0)
        runs.shift()();
}
next();
// expect: TERM 143 [null,null]
// expect: KILL 137 [null,null]
// expect: no integer 143 [null,null]
// expect: itself 138 [null,null]
// expect: handled 5 ["ready\n",null,null]
