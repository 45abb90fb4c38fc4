// SPDX-License-Identifier: MIT
//
// CR, LF or NUL in a name or value of a field throws, also by way of chars whose
// low byte is one of them; so does any other char that a name cannot hold.
// Whatever is tried, the answer is the one of the end.

var bad = ["\r", "\n", "\0", "\r\n", "\u010d", "\u010a", "\u0100", "\u560a",
           "\u2028"];
var badNames = ["", " ", ":", "a b", "a:", "\t", "\x7f", "\xe4", "a/b", "(", ",",
                ";", "=", "@", "[", "{", "\"", "\\"];

function refuses(response, fields) {
    try {
        response.sendHeader(200, fields);
        console.log("sent", JSON.stringify(fields));
    } catch (error) {
        if (error instanceof Error)
            return;
        console.log("no Error", error);
    }
}

var server = node.http.createServer(function (request, response) {
    bad.forEach(function (text) {
        ["", "a", "Set-Cookie: x"].forEach(function (before) {
            var value = {};
            value["A"] = before + text + "Evil: 1";
            refuses(response, value);
            refuses(response, [["A", value["A"]]]);
            var name = {};
            name[before + text + "Evil"] = "1";
            refuses(response, name);
            refuses(response, [[before + text + "Evil", "1"]]);
        });
        // In what is made into a string, and where fields are known already.
        refuses(response, { "A": { toString: function () { return text; } } });
        refuses(response, [["A", [text]]]);
        refuses(response, { "Content-Length": text + "5" });
        refuses(response, { "Connection": "close" + text });
        refuses(response, { "Transfer-Encoding": "chunked" + text });
        refuses(response, { "Date": text });
    });
    badNames.forEach(function (name) {
        refuses(response, [[name, "1"]]);
    });
    response.sendHeader(200, { "A": "fine" });
    response.finish();
    console.log("answered");
});
server.listen(0);
console.log(server.port);

// expect: answered
// expect: answered

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< A: fine
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< A: fine
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
silence 50
*/
