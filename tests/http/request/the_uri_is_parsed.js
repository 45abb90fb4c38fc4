// SPDX-License-Identifier: MIT
//
// request.uri holds the parts that are there, and no other.

var parts = ["protocol", "authority", "user", "password", "host", "port",
             "relative", "path", "directory", "file", "query", "anchor"];

var server = node.http.createServer(function (request, response) {
    var uri = request.uri;
    console.log("==", uri.source);
    parts.forEach(function (part) {
        if (uri[part] !== undefined || part in uri)
            console.log(part, JSON.stringify(uri[part]));
    });
    console.log("params", JSON.stringify(uri.params));
    if (uri.toString() !== uri.source || uri !== request.uri)
        console.log("wrong");
    var again = JSON.parse(JSON.stringify(request.uri));
    if (again.source !== uri.source || again.path !== uri.path ||
        JSON.stringify(again.params) !== JSON.stringify(uri.params))
        console.log("JSON", JSON.stringify(again));
    response.sendHeader(204, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: == /status?name=ryan
// expect: relative "/status?name=ryan"
// expect: path "/status"
// expect: directory "/"
// expect: file "status"
// expect: query "name=ryan"
// expect: params {"name":"ryan"}

/* wire
> GET /status?name=ryan HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == /
// expect: relative "/"
// expect: path "/"
// expect: directory "/"
// expect: params {}

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == /a/b/
// expect: relative "/a/b/"
// expect: path "/a/b/"
// expect: directory "/a/b/"
// expect: params {}

/* wire
> GET /a/b/ HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == /a/b/c.html?x=1#f
// expect: relative "/a/b/c.html?x=1#f"
// expect: path "/a/b/c.html"
// expect: directory "/a/b/"
// expect: file "c.html"
// expect: query "x=1"
// expect: anchor "f"
// expect: params {"x":"1"}

/* wire
> GET /a/b/c.html?x=1#f HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == /?
// expect: relative "/"
// expect: path "/"
// expect: directory "/"
// expect: params {}

/* wire
> GET /? HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == /x?a=1&b=2+3&a=4&k&=empty&e=%C3%A4%20&bad=%99&%zz=1&c=%
// expect: relative "/x?a=1&b=2+3&a=4&k&=empty&e=%C3%A4%20&bad=%99&%zz=1&c=%"
// expect: path "/x"
// expect: directory "/"
// expect: file "x"
// expect: query "a=1&b=2+3&a=4&k&=empty&e=%C3%A4%20&bad=%99&%zz=1&c=%"
// expect: params {"a":"4","b":"2 3","k":"","e":"ä "}

/* wire
> GET /x?a=1&b=2+3&a=4&k&=empty&e=%C3%A4%20&bad=%99&%zz=1&c=% HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == /a%20b/c%2Fd
// expect: relative "/a%20b/c%2Fd"
// expect: path "/a%20b/c%2Fd"
// expect: directory "/a%20b/"
// expect: file "c%2Fd"
// expect: params {}

/* wire
> GET /a%20b/c%2Fd HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == http://user:pw@example.com:8080/p/f?q=1#a
// expect: protocol "http"
// expect: authority "user:pw@example.com:8080"
// expect: user "user"
// expect: password "pw"
// expect: host "example.com"
// expect: port "8080"
// expect: relative "/p/f?q=1#a"
// expect: path "/p/f"
// expect: directory "/p/"
// expect: file "f"
// expect: query "q=1"
// expect: anchor "a"
// expect: params {"q":"1"}

/* wire
> GET http://user:pw@example.com:8080/p/f?q=1#a HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == http://example.com
// expect: protocol "http"
// expect: authority "example.com"
// expect: host "example.com"
// expect: params {}

/* wire
> GET http://example.com HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == *
// expect: relative "*"
// expect: path "*"
// expect: file "*"
// expect: params {}

/* wire
> OPTIONS * HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// expect: == /x?__proto__=1&constructor=2
// expect: relative "/x?__proto__=1&constructor=2"
// expect: path "/x"
// expect: directory "/"
// expect: file "x"
// expect: query "__proto__=1&constructor=2"
// expect: params {"__proto__":"1","constructor":"2"}

/* wire
> GET /x?__proto__=1&constructor=2 HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/
