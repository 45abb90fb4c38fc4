// SPDX-License-Identifier: MIT
// within: dnsmasq
node.dns.resolve4("www.example.com").addCallback(function (addresses, ttl, cname) {
    console.log(cname + " for " + ttl + " s: " + addresses.join(" "));
}).addErrback(function (code, message) {
    if (code !== node.dns.NXDOMAIN)
        console.log(message);
});
// expect: www.example.com for 600 s: 192.0.2.80
