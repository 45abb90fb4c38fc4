// SPDX-License-Identifier: MIT
//
// Each misuse throws where it happens, sends nothing, and the response can still
// be answered right.

function tell(what, f) {
    try {
        f();
        console.log(what, "returns");
    } catch (error) {
        console.log(what, error instanceof Error);
    }
}

var server = node.http.createServer(function (request, response) {
    tell("early body", function () { response.sendBody("x"); });
    tell("early finish", function () { response.finish(); });
    [undefined, null, "abc", NaN, 99, 1000, 200.5, -200, {}].forEach(
        function (status) {
            tell("status", function () { response.sendHeader(status, {}); });
        });
    tell("fields", function () { response.sendHeader(200, "a"); });
    tell("fields", function () { response.sendHeader(200, ["a"]); });
    tell("fields", function () { response.sendHeader(200, [["a"]]); });
    tell("length", function () {
        response.sendHeader(200, { "Content-Length": "five" });
    });
    tell("length", function () {
        response.sendHeader(200, { "Content-Length": -1 });
    });
    response.sendHeader(200, { "A": "b" });
    tell("second head", function () { response.sendHeader(404, {}); });
    [undefined, null, 5, true, {}, [256], [-1], [1.5], ["a"]].forEach(
        function (chunk) {
            tell("chunk", function () { response.sendBody(chunk); });
        });
    response.sendBody("right");
    tell("second head", function () { response.sendHeader(404, {}); });
    response.finish();
    tell("second finish", function () { response.finish(); });
    tell("late body", function () { response.sendBody("late"); });
    tell("late head", function () { response.sendHeader(200, {}); });
});
server.listen(0);
console.log(server.port);

// expect: early body true
// expect: early finish true
// expect: status true
// expect: status true
// expect: status true
// expect: status true
// expect: status true
// expect: status true
// expect: status true
// expect: status true
// expect: status true
// expect: fields true
// expect: fields true
// expect: fields true
// expect: length true
// expect: length true
// expect: second head true
// expect: chunk true
// expect: chunk true
// expect: chunk true
// expect: chunk true
// expect: chunk true
// expect: chunk true
// expect: chunk true
// expect: chunk true
// expect: chunk true
// expect: second head true
// expect: second finish returns
// expect: late body true
// expect: late head true

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< A: b
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< right\
says late head true
silence 50
*/
