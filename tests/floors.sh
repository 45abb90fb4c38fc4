#!/bin/sh
# SPDX-License-Identifier: MIT
#
# floors.sh DIR: in the tree DIR, does each floor include only what it may?
# Prints each line that breaks the rule.

cd "$1" || exit 2
broken=0

# allow FILES PATTERN: of the FILES, each #include has to match one of:
# the C library, POSIX and Linux, or PATTERN.
system='<(assert|ctype|dlfcn|elf|endian|errno|fcntl|inttypes|limits|link|locale|math|netdb|poll|pthread|sched|search|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|termios|time|unistd|dirent)\.h>|<(sys|net|netinet|arpa|linux)/[a-z_]+\.h>|<sanitizer/[a-z_]+\.h>'

allow() {
    found=$(grep -nE '^[[:space:]]*#[[:space:]]*include' $1 /dev/null |
        grep -vE "include ($system|$2)")
    [ -z "$found" ] && return
    printf '%s\n' "$found"
    broken=1
}

# only FILES HEADER DIRS: nothing but FILES includes HEADER.
only() {
    found=$(grep -lE "include $2" $(sources "$3") | grep -vE "$1")
    [ -z "$found" ] && return
    printf '%s: may not include %s\n' "$found" "$2"
    broken=1
}

sources() {
    # shellcheck disable=SC2086 # a list of folders
    find $1 \( -name '*.[ch]' -o -name '*.cc' -o -name '*.hh' \) -print
}

allow "$(sources sched)" '<uv\.h>|<ck_[a-z]+\.h>|"sched/'
allow "$(sources net)" '<uv\.h>|<llhttp\.h>|<ares\.h>|"(sched|net)/'
# C++ has its own library; V8's headers stay in this floor's .cc and .hh.
allow "$(find isolates -name '*.h')" '"isolates/include/node/node_js\.h"'
allow "$(find isolates -name '*.cc' -o -name '*.hh')" \
    '<[a-z_]+>|<v8[a-z0-9-]*\.h>|<libplatform/[a-z0-9-]+\.h>|"isolates/'
allow "$(sources 'src -path src/include -prune -o')" \
    '<uv\.h>|"(sched|net|isolates|src)/'
# What is installed knows only what is installed beside it.
allow "$(sources src/include)" '<exception>|"node[a-z_]*\.h"'

only '^sched/mailbox\.c$' '<ck_' 'sched net src isolates'
only '^net/http_parse\.c$' '<llhttp' 'sched net src isolates'
only '^net/dns\.c$' '<ares' 'sched net src isolates'
only '^isolates/[a-z]+\.(cc|hh)$' '<v8' 'sched net src isolates'

exit $broken
