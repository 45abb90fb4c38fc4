// SPDX-License-Identifier: MIT
// within: dnsmasq
// shards: 4
function show(domains, ttl, cname) {
    console.log(JSON.stringify(domains), ttl, cname);
}

show.apply(null, node.dns.reverse("192.0.2.10").wait()); // expect: ["www.test"] 300 10.2.0.192.in-addr.arpa
show.apply(null, node.dns.reverse("2001:DB8::10").wait()); // expect: ["www.test"] 300 0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
