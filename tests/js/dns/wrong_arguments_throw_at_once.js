// SPDX-License-Identifier: MIT
// within: name_server
function show(f) {
    try {
        f();
        console.log("nothing thrown");
    } catch (e) {
        console.log(e instanceof Error, e.message);
    }
}

show(function () { node.dns.resolve4(); }); // expect: true resolve4: domain must be a string
show(function () { node.dns.resolve4(5); }); // expect: true resolve4: domain must be a string
show(function () { node.dns.resolve6({}); }); // expect: true resolve6: domain must be a string
show(function () { node.dns.reverse(); }); // expect: true reverse: ip must be a string
show(function () { node.dns.reverse(""); }); // expect: true Invalid IP address
show(function () { node.dns.reverse("www.test"); }); // expect: true Invalid IP address
show(function () { node.dns.reverse("1.2.3"); }); // expect: true Invalid IP address
show(function () { node.dns.reverse("1.2.3.256"); }); // expect: true Invalid IP address
show(function () { node.dns.reverse("1.2.3.4\0"); }); // expect: true Invalid IP address
show(function () { node.dns.reverse(" 1.2.3.4"); }); // expect: true Invalid IP address
show(function () { node.dns.reverse("2001:db8:::1"); }); // expect: true Invalid IP address
