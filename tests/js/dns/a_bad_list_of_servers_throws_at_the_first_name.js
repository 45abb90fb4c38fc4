// SPDX-License-Identifier: MIT
// environment: NODE_DNS_SERVERS=127.0.0.1,nowhere
// shards: 4
console.log("fine until here"); // expect: fine until here
["resolve4", "resolve6"].forEach(function (method) {
    try {
        node.dns[method]("www.test");
    } catch (e) {
        console.log(e.message);
    }
});
// expect: NODE_DNS_SERVERS is not a list of ip, ip:port or [ip]:port separated by commas: 127.0.0.1,nowhere
// expect: NODE_DNS_SERVERS is not a list of ip, ip:port or [ip]:port separated by commas: 127.0.0.1,nowhere
try {
    node.dns.reverse("192.0.2.1");
} catch (e) {
    console.log(e.message); // expect: NODE_DNS_SERVERS is not a list of ip, ip:port or [ip]:port separated by commas: 127.0.0.1,nowhere
}
