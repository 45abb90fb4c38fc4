// SPDX-License-Identifier: MIT
// shards: 4
var SIZE = 5 << 20;
var child = node.createChildProcess("sleep 0.2; cat");
var got = [];
child.addListener("output", function (data) { if (data) got.push(data); });
child.addListener("exit", function (code) {
    var text = got.join("");
    console.log(code + " " + (text === sent));
});
var sent = "";
for (var i = 0; sent.length < SIZE; i++) {
    var piece = (i + " ").repeat(20000);
    sent += piece;
    if (!child.write(piece))
        console.log("refused");
}
child.close();
// expect: 0 true
