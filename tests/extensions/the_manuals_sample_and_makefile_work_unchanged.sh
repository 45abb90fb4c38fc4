# SPDX-License-Identifier: MIT
#
# Both word for word, at -O0 and -O2 too.  What the Makefile asks of PostgreSQL
# is a script and an empty library.
. "$(dirname "$0")/compile.sh"
. "$(dirname "$0")/../js/expect.sh"
here=$(cd "$(dirname "$0")" && pwd)
sanitizer=$2

cd "$scratch" || exit 1
mkdir bin
ln -s "$node" bin/node
cat >bin/pg_config <<END
#!/bin/sh
echo "$scratch"
END
chmod +x bin/pg_config
cc -shared -o libpq.so -x c /dev/null
cp "$here/fixtures/manual/binding.cc" "$here/fixtures/manual/Makefile" .
echo 'console.log(JSON.stringify(require("./binding.node")));' >sample.js

PATH=$scratch/bin:$PATH LD_LIBRARY_PATH=$scratch make >log 2>&1 ||
    fail "make: $(cat log)"
# Its own words are all that make says: no warning.
grep -qi warning log && fail "$(cat log)"
runs 0 '^{"hello":"World"}$' '' "$node" sample.js
runs 0 '^{"hello":"World"}$' . "$node" --cores 4 sample.js
[ "$(wc -l <out)" -eq 4 ] || fail "not on each shard: $(cat out)"

for flags in -O0 -O2 '-O3 -flto' -std=c++98 -std=c++20 '-fno-exceptions -fno-rtti'; do
    rm -f binding.node
    # shellcheck disable=SC2086 # words
    compile binding.cc binding.node $flags || fail "$flags: does not compile"
    runs 0 '^{"hello":"World"}$' '' "$node" sample.js
done

finish
