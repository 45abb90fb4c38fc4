#!/bin/sh
# SPDX-License-Identifier: MIT
#
# readme.sh NODE README.md: the examples of a manual do what it says.
#
#     ```js            runs; what it prints is the ```text block that follows
#                      with nothing between, or nothing
#     ```js fragment   is no whole program, or never ends: compiled only
#
# Each runs in an empty directory of its own and must end with status 0 and an
# empty stderr.
set -u

node=$1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# NUMBER.js or NUMBER.fragment, NUMBER.line where it begins, NUMBER.text.
awk -v scratch="$scratch" '
    /^```/ && file != "" { close(file); file = ""; next }
    /^```js/ {
        name = scratch "/" ++number
        example = $2 != "fragment"
        file = name (example ? ".js" : ".fragment")
        print NR >(name ".line")
        printf "" >(name ".text")
        next
    }
    /^```/ {
        file = $0 == "```text" && example ? name ".text" : "/dev/null"
        example = 0
        next
    }
    file != "" { print >file; next }
    /./ { example = 0 }
' "$2" || exit 1

cat >"$scratch/compile.js" <<'END'
new Function(node.fs.cat(ARGV[2]).wait());
END

failed=
count=0
for line in "$scratch"/*.line; do
    [ -f "$line" ] || continue
    example=${line%.line}
    count=$((count + 1))
    mkdir "$example"
    if [ -f "$example.fragment" ]; then
        set -- "$scratch/compile.js" "$example.fragment"
    else
        set -- "$example.js"
    fi
    (cd "$example" && exec timeout 60 "$node" "$@") </dev/null \
        >"$example.stdout" 2>"$example.stderr"
    status=$?
    [ "$status" -eq 0 ] && [ ! -s "$example.stderr" ] &&
        diff -u "$example.text" "$example.stdout" && continue
    echo "the example in line $(cat "$line") fails: status $status"
    cat "$example.stderr"
    failed=yes
done
echo "$count examples"
[ "$count" -gt 0 ] && [ -z "$failed" ]
