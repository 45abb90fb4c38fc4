# SPDX-License-Identifier: MIT
#
# Those of src/README.md, each under the name that its first line has.
. "$(dirname "$0")/compile.sh"
. "$(dirname "$0")/../js/expect.sh"
manual=$(cd "$(dirname "$0")/../.." && pwd)/src/README.md

cd "$scratch" || exit 1
awk '/^```cc?$/ { getline; name = $2; print name; file = 1 }
     /^```$/ { file = 0; close(name) }
     file { print >name }' "$manual" >names
for name in $(cat names); do
    compile "$name" "${name%.*}.node" || fail "$name does not compile"
done
echo 'console.log(require("./sum.node").add(1, 2),
                  require("./hello.node").hello);' >examples.js
runs 0 '^3 World$' '' "$node" examples.js

finish
