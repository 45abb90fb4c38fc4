// SPDX-License-Identifier: MIT
//
// What is checked is what is sent: a value whose toString() gives another text
// each time is asked once, and objects are not taken for the same text because
// they are the same object.

var texts = ["one", "two", "three"];
var changing = { toString: function () { return texts.shift() || "gone"; } };

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, { "X": changing });
    response.finish();
    console.log(texts.join());
});
server.listen(0);
console.log(server.port);

// expect: two,three
// expect: three

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< X: one
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< X: two
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
