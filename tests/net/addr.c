// SPDX-License-Identifier: MIT
#include "net/addr.h"

#include "tests/net/stage.h"

static void check_text(const char *literal, const char *expected)
{
    struct addr addr;
    char text[ADDR_TEXT];
    CHECK_EQ(addr_parse(&addr, literal, 1), 0);
    addr_text(&addr, text);
    CHECK_TEXT(text, expected);
}

TEST(literals_are_parsed_and_written_back)
{
    check_text("127.0.0.1", "127.0.0.1");
    check_text("0.0.0.0", "0.0.0.0");
    check_text("255.255.255.255", "255.255.255.255");
    check_text("::", "::");
    check_text("::1", "::1");
    check_text("2001:DB8:0:0:0:0:0:1", "2001:db8::1");
    check_text("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
               "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

TEST(an_ipv4_mapped_address_is_written_as_ipv4)
{
    check_text("::ffff:127.0.0.1", "127.0.0.1");
    check_text("::ffff:0.0.0.0", "0.0.0.0");
    check_text("::fffe:7f00:1", "::fffe:7f00:1");
}

TEST(what_is_no_literal_is_refused)
{
    static const char *const texts[] = {
        "", " ", "localhost", "127.0.0", "127.0.0.1 ", " 127.0.0.1",
        "127.0.0.1.1", "256.0.0.1", "127.0.0.01x", "127.0.0.-1", ":",
        ":::", "::1::", "[::1]", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "::12345", "0x7f.0.0.1", "2130706433", "127.0.0.1:80",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct addr addr;
        CHECK_EQ(addr_parse(&addr, texts[i], 1), -EINVAL);
    }
}

TEST(an_address_has_its_port_and_length)
{
    static const uint16_t ports[] = { 0, 1, 80, 0x1234, 65535 };
    for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++) {
        struct addr addr;
        CHECK_EQ(addr_parse(&addr, "127.0.0.1", ports[i]), 0);
        CHECK_EQ(addr_port(&addr), ports[i]);
        CHECK_EQ(addr.in.sin_port, htons(ports[i]));
        CHECK_EQ(addr_length(&addr), sizeof(struct sockaddr_in));
        CHECK_EQ(addr_parse(&addr, "::1", ports[i]), 0);
        CHECK_EQ(addr_port(&addr), ports[i]);
        CHECK_EQ(addr.in6.sin6_port, htons(ports[i]));
        CHECK_EQ(addr_length(&addr), sizeof(struct sockaddr_in6));
    }
}

TEST(a_port_can_be_set)
{
    struct addr addr;
    CHECK_EQ(addr_parse(&addr, "127.0.0.1", 1), 0);
    addr_set_port(&addr, 0x1234);
    CHECK_EQ(addr_port(&addr), 0x1234);
    CHECK_EQ(addr_parse(&addr, "::1", 1), 0);
    addr_set_port(&addr, 0x4321);
    CHECK_EQ(addr_port(&addr), 0x4321);
}

static bool are_equal(const char *a, uint16_t a_port, const char *b,
                      uint16_t b_port)
{
    struct addr left, right;
    CHECK_EQ(addr_parse(&left, a, a_port), 0);
    CHECK_EQ(addr_parse(&right, b, b_port), 0);
    CHECK_EQ(addr_equal(&left, &right), addr_equal(&right, &left));
    return addr_equal(&left, &right);
}

TEST(addresses_are_equal_when_family_host_and_port_are)
{
    CHECK_TRUE(are_equal("127.0.0.1", 80, "127.0.0.1", 80));
    CHECK_TRUE(are_equal("::1", 80, "0:0:0:0:0:0:0:1", 80));
    CHECK_TRUE(!are_equal("127.0.0.1", 80, "127.0.0.1", 81));
    CHECK_TRUE(!are_equal("127.0.0.1", 80, "127.0.0.2", 80));
    CHECK_TRUE(!are_equal("::1", 80, "::2", 80));
    CHECK_TRUE(!are_equal("::1", 80, "::1", 81));
    CHECK_TRUE(!are_equal("::", 80, "0.0.0.0", 80));
    CHECK_TRUE(!are_equal("::ffff:127.0.0.1", 80, "127.0.0.1", 80));
}

/* What is behind the address proper, such as padding, does not count. */
TEST(equality_does_not_look_at_padding)
{
    struct addr a, b;
    memset(&a, 0x55, sizeof a);
    memset(&b, 0xAA, sizeof b);
    a.in.sin_family = b.in.sin_family = AF_INET;
    a.in.sin_port = b.in.sin_port = htons(80);
    a.in.sin_addr.s_addr = b.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_TRUE(addr_equal(&a, &b));
}

TEST(lookup_without_a_host_is_every_ipv4_address)
{
    struct addr addr;
    char text[ADDR_TEXT];
    CHECK_EQ(addr_lookup(&addr, NULL, 80), 0);
    CHECK_EQ(addr.any.sa_family, AF_INET);
    addr_text(&addr, text);
    CHECK_TEXT(text, "0.0.0.0");
    CHECK_EQ(addr_port(&addr), 80);
}

TEST(lookup_of_a_literal_is_itself)
{
    struct addr addr;
    char text[ADDR_TEXT];
    CHECK_EQ(addr_lookup(&addr, "::1", 80), 0);
    addr_text(&addr, text);
    CHECK_TEXT(text, "::1");
    CHECK_EQ(addr_port(&addr), 80);
}

TEST(localhost_is_found_and_ipv4_preferred)
{
    struct addr addr;
    char text[ADDR_TEXT];
    CHECK_EQ(addr_lookup(&addr, "localhost", 80), 0);
    addr_text(&addr, text);
    CHECK_TEXT(text, "127.0.0.1");
    CHECK_EQ(addr_port(&addr), 80);
}

/* No name server is asked for these: they cannot be names. */
TEST(an_unknown_name_is_not_found)
{
    struct addr addr;
    CHECK_EQ(addr_lookup(&addr, "a..b", 80), -ENOENT);
    CHECK_EQ(addr_lookup(&addr, "", 80), -ENOENT);
}

TEST(a_failing_lookup_keeps_no_descriptor)
{
    struct addr addr;
    addr_lookup(&addr, "a..b", 80);
    unsigned before = open_descriptors();
    for (int i = 0; i < 20; i++) {
        addr_lookup(&addr, "a..b", 80);
        addr_lookup(&addr, "localhost", 80);
    }
    CHECK_EQ(open_descriptors(), before);
}
