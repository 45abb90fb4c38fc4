// SPDX-License-Identifier: MIT
// Bad arguments throw at once, and nothing is sent.
include("/utils.js");
var client = node.http.createClient(1, "127.0.0.1");
function fails(f) {
    try {
        f();
        puts("no error");
    } catch (e) {
        puts(e.message);
    }
}
fails(function () { node.http.createClient("x"); });
fails(function () { client.get(); });
fails(function () { client.get("/a b"); });
fails(function () { client.get("/\r\nX: y"); });
fails(function () { client.get("/", {"A": "b\r\nC: d"}); });
fails(function () { client.get("/", {"A b": "c"}); });
fails(function () { client.post("/", {"Content-Length": "2"}).sendBody("abc"); });
fails(function () { client.post("/").sendBody(12); });
fails(function () { client.post("/").sendBody([256]); });
fails(function () { node.http.cat("ftp://x/"); });

// expect: createClient: port must be an integer from 0 to 65535
// expect: path must be a string
// expect: path, "/a b", has a character that a request cannot hold
// expect: path, "/\r\nX: y", has a character that a request cannot hold
// expect: sendHeader: the value of A, "b\r\nC: d", has a character that a field cannot hold
// expect: sendHeader: "A b" is no field name
// expect: sendBody: more than the Content-Length
// expect: sendBody: chunk must be a string, an array of integers, a typed array or an ArrayBuffer
// expect: sendBody: chunk[0] is no integer from 0 to 255
// expect: cat: "ftp://x/" is no http: address
