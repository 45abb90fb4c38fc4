// SPDX-License-Identifier: MIT
// within: dnsmasq
include("/utils.js");

var resolution = node.dns.resolve4("www.google.com");

resolution.addCallback(function (addresses, ttl, cname) {
  puts("addresses: " + JSON.stringify(addresses));
  puts("ttl: " + JSON.stringify(ttl));
  puts("cname: " + JSON.stringify(cname));

  for (var i = 0; i < addresses.length; i++) {
    var a = addresses[i];
    var reversing = node.dns.reverse(a);

    reversing.addCallback( function (domains, ttl, cname) {
      puts("reverse for " + a + ": " + JSON.stringify(domains));
    });
    reversing.addErrback( function (code, msg) {
      puts("reverse for " + a + " failed: " + msg);
    });
  }
});

resolution.addErrback(function (code, msg) {
  puts("error: " + msg);
});

// expect: addresses: ["192.0.2.70"]
// expect: ttl: 300
// expect: cname: "www.google.com"
// expect: reverse for 192.0.2.70: ["www.google.com"]
