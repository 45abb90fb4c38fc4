// SPDX-License-Identifier: MIT
// within: dnsmasq
// shards: 4
console.log(node.dns.resolve4("www.test").wait()[0][0]); // expect: 192.0.2.10
try {
    node.dns.resolve4("no.test").wait();
} catch (e) {
    console.log(e === node.dns.NXDOMAIN); // expect: true
}

// In listeners, one wait() within the other.
node.dns.resolve4("www.test").addCallback(function (addresses) {
    var names = node.dns.reverse(addresses[0]).wait()[0];
    console.log(names[0]); // expect: www.test
    node.dns.reverse("2001:db8::10").addCallback(function (names) {
        console.log(node.dns.resolve6(names[0]).wait()[0][0]); // expect: 2001:db8::10
        withAwait();
    });
});

async function withAwait() {
    var answer = await node.dns.resolve4("alias.test");
    console.log(answer[2]); // expect: www.test
    try {
        await node.dns.resolve4("no.test");
    } catch (e) {
        console.log(e instanceof Error, e.values[0]); // expect: true -3
    }
}
