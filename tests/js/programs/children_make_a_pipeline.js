// SPDX-License-Identifier: MIT
// Each writes to the next, through this program.
include("/utils.js");
function pipe(from, to) {
    from.addListener("output", function (data) {
        if (data === null)
            to.close();
        else
            to.write(data, "utf8");
    });
}
var numbers = node.createChildProcess(
    "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i + 1)); done");
var sort = node.createChildProcess("sort -rn -k2");
var head = node.createChildProcess("sed -n '1,2p;$p'");
pipe(numbers, sort);
pipe(sort, head);

var output = "";
head.addListener("output", function (data) {
    if (data !== null)
        output += data;
});
head.addListener("exit", function (code) {
    print(output);
    puts(code + " " + sort.write("more") + " " + sort.close());
});

// shards: 4
// expect: line 19999
// expect: line 19998
// expect: line 0
// expect: 0 false false
