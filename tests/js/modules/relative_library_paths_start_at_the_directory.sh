# SPDX-License-Identifier: MIT
#
# The one that the program runs in, as any other relative path.
. "$(dirname "$0")/../expect.sh"

mkdir -p "$scratch/x/library" "$scratch/x/inner"
echo 'exports.from = "library";' >"$scratch/x/library/own.js"
echo 'exports.from = "here";' >"$scratch/x/here.js"
cat >"$scratch/main.js" <<'JS'
if (ARGV[2])
    node.libraryPaths.unshift("no/such", ARGV[2]);
console.log(require("/own.js").from);
JS
echo 'console.log(require("/here.js").from);' >"$scratch/here.js"

cd "$scratch/x" || exit 1
runs 0 '^library$' '' "$node" ../main.js library
runs 0 '^library$' '' "$node" ../main.js ./library/
runs 0 '^library$' '' env NODE_LIBRARY_PATHS=none:library "$node" ../main.js
runs 0 '^here$' '' env NODE_LIBRARY_PATHS=. "$node" ../here.js
cd inner || exit 1
runs 0 '^library$' '' "$node" ../../main.js ../library
runs 1 '' "Cannot find module '/own.js'" "$node" ../../main.js library

finish
