// SPDX-License-Identifier: MIT
//
// Of a thousand pipelined requests no more than 64 are unanswered at a time; all
// are answered.

var waiting = [], most = 0, count = 0;
var server = node.http.createServer(function (request, response) {
    waiting.push(response);
    if (waiting.length > most)
        most = waiting.length;
    count++;
});
function answer() {
    var some = waiting;
    waiting = [];
    some.reverse().forEach(function (response) {
        response.sendHeader(200, { "Content-Length": 1, "Date": "" });
        response.sendBody(response.request.uri.file);
        response.finish();
    });
    if (count === 1000 && some.length > 0)
        console.log(most);
    setTimeout(answer, 5);
}
setTimeout(answer, 100);
server.listen(0);
console.log(server.port);

// expect: 64

/* wire
send 1000 GET /x HTTP/1.1\r\n\r\n
receive 1000 HTTP/1.1 200 OK\r\nContent-Length: 1\r\nDate: \r\nConnection: keep-alive\r\n\r\nx
silence 50
*/
