// SPDX-License-Identifier: MIT
// within: dnsmasq
// shards: 4
function show(addresses, ttl, cname) {
    console.log(JSON.stringify(addresses.sort()), ttl, cname);
}

show.apply(null, node.dns.resolve4("www.test").wait()); // expect: ["192.0.2.10"] 300 www.test
show.apply(null, node.dns.resolve6("www.test").wait()); // expect: ["2001:db8::10"] 300 www.test
show.apply(null, node.dns.resolve4("many.test").wait()); // expect: ["192.0.2.1","192.0.2.2","192.0.2.3"] 100 many.test
show.apply(null, node.dns.resolve4("www.test.").wait()); // expect: ["192.0.2.10"] 300 www.test

// The least time to live of the chain, the name at its end.
show.apply(null, node.dns.resolve4("alias.test").wait()); // expect: ["192.0.2.10"] 60 www.test
show.apply(null, node.dns.resolve6("alias.test").wait()); // expect: ["2001:db8::10"] 60 www.test

// The server's, not the hosts file's.
show.apply(null, node.dns.resolve4("localhost").wait()); // expect: ["192.0.2.99"] 100 localhost
