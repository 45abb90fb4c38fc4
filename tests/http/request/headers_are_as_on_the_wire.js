// SPDX-License-Identifier: MIT
//
// Names keep their case and are looked up by it; values are strings without the
// spaces around them; a repeated name is joined, one of another case is another.

var server = node.http.createServer(function (request, response) {
    var headers = request.headers;
    for (var name in headers)
        console.log(typeof headers[name], JSON.stringify([name, headers[name]]));
    console.log(headers["Accept"], headers["accept"], headers["ACCEPT"],
                headers === request.headers);
    response.sendHeader(204, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: string ["Host","a:80"]
// expect: string ["Accept","*/*, text/html, x"]
// expect: string ["accept","lower"]
// expect: string ["Foo","bar"]
// expect: string ["X-Spaces","a  b"]
// expect: string ["X-Empty",""]
// expect: string ["X-Blank",""]
// expect: string ["Content-Length","0"]
// expect: string ["X-Colons","a:b: c"]
// expect: string ["x!#$%&'*+-.^_`|~1","odd"]
// expect: */*, text/html, x lower undefined true

/* wire
> GET / HTTP/1.1
> Host: a:80
> Accept: *\/*
> Accept: text/html
> accept: lower
> Foo:bar
> X-Spaces: \t   a  b \t
> X-Empty:
> X-Blank:   \t
> Accept: x
> Content-Length: 0
> X-Colons: a:b: c
> x!#$%&'*+-.^_`|~1: odd
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// Names that every object has are names like others.
// expect: string ["__proto__","a, b"]
// expect: string ["constructor","c"]
// expect: string ["hasOwnProperty","d"]
// expect: string ["toString","e, f"]
// expect: undefined undefined undefined true

/* wire
> GET / HTTP/1.1
> __proto__: a
> constructor: c
> hasOwnProperty: d
> toString: e
> __proto__: b
> toString: f
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// A byte is a char.
// expect: string ["X-Bytes","äöüÿ"]
// expect: undefined undefined undefined true

/* wire
> GET / HTTP/1.1
> X-Bytes: \xe4\xf6\xfc\xff
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/

// No headers at all, no Host either.
// expect: undefined undefined undefined true

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/
