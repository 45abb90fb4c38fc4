// SPDX-License-Identifier: MIT
// within: name_server
// shards: 4
// The query is all that keeps the process alive; meanwhile others are answered.
var start = Date.now();
var answered = 0;

node.dns.resolve4("silent.test").addErrback(function (code, message) {
    var seconds = (Date.now() - start) / 1000;
    console.log(code === node.dns.TEMPFAIL, seconds >= 4 && seconds < 90,
                message);
    console.log(answered);
});
// expect: true true silent.test: Timeout while contacting DNS servers
// expect: 1

node.dns.resolve4("www.test").addCallback(function () { answered++; });
