// SPDX-License-Identifier: MIT
// within: dnsmasq
// shards: 4
var names = {};
for (var name in node.dns) {
    if (typeof node.dns[name] === "number")
        names[node.dns[name]] = name;
}

function show(promise) {
    promise.addCallback(function () { console.log("no failure"); });
    promise.addErrback(function (code, message) {
        console.log(names[code], typeof message, arguments.length, message);
        if (queue.length > 0)
            queue.shift()();
    });
}

var queue = [
    function () { show(node.dns.resolve4("no.test")); }, // expect: NXDOMAIN string 2 no.test: Domain name not found
    function () { show(node.dns.resolve6("v4.test")); }, // expect: NODATA string 2 v4.test: DNS server returned answer with no data
    function () { show(node.dns.reverse("192.0.2.200")); }, // expect: NXDOMAIN string 2 192.0.2.200: Domain name not found
    function () { show(node.dns.reverse("2001:db8::200")); }, // expect: NXDOMAIN string 2 2001:db8::200: Domain name not found
    function () { show(node.dns.resolve4("outside.example")); }, // expect: TEMPFAIL string 2 outside.example: DNS server refused query
    function () { show(node.dns.resolve4("a..test")); }, // expect: BADQUERY string 2 a..test: Misformatted domain name
    function () { show(node.dns.resolve6("x".repeat(64) + ".test")); }, // expect: BADQUERY string 2 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.test: Misformatted domain name
];
queue.shift()();
