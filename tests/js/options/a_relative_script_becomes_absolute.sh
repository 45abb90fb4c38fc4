# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

mkdir -p "$scratch/a/b"
cat >"$scratch/a/b/x.js" <<'JS'
var utils = require("/utils.js");
utils.puts(ARGV[1] + " " + __filename + " " + node.cwd());
utils.puts(require("y.js").name);
JS
echo 'exports.name = __filename;' >"$scratch/a/b/y.js"
cd "$scratch/a" || exit 1
here=$(pwd -P)
runs 0 "^$here/b/x.js $here/b/x.js $here\$" '' "$node" b/x.js
runs 0 "^$here/b/x.js $here/b/x.js $here\$" '' "$node" ./b/../b/x.js
matches "$scratch/out" "^$here/b/y.js\$" "what it requires"
runs 0 "^$here/b/x.js $here/b/x.js $here\$" '' "$node" "$here/b/x.js"

# Run through the path, from elsewhere, with an own library.
mkdir -p "$scratch/library" "$scratch/home/.node_libraries"
echo 'exports.from = "environment";' >"$scratch/library/own.js"
echo 'exports.from = "home";' >"$scratch/home/.node_libraries/own.js"
echo 'exports.from = "home";' >"$scratch/home/.node_libraries/utils.js"
echo 'process.console.log(require("/own.js").from, require("/utils.js").from);' \
    >"$scratch/library.js"
cd / || exit 1
runs 0 '^environment home$' '' env HOME="$scratch/home" \
    NODE_LIBRARY_PATHS="$scratch/none::$scratch/library" \
    "$node" "$scratch/library.js"
runs 0 '^home home$' '' env HOME="$scratch/home" "$node" "$scratch/library.js"
runs 1 '' "Cannot find module '/own.js'" env -u HOME "$node" \
    "$scratch/library.js"

# Libraries are installed beside bin/, where a file is before ours.
mkdir -p "$scratch/prefix/bin" "$scratch/prefix/lib/node_libraries"
cp "$node" "$scratch/prefix/bin/node"
echo 'exports.from = "installed";' \
    >"$scratch/prefix/lib/node_libraries/utils.js"
cat >"$scratch/prefix.js" <<'JS'
console.log(node.installPrefix, require("/utils.js").from);
console.log(Object.keys(require("/mjsunit.js")).length);
JS
runs 0 "^$(cd "$scratch" && pwd -P)/prefix installed\$" '' \
    env -u HOME "$scratch/prefix/bin/node" "$scratch/prefix.js"
matches "$scratch/out" '^9$' "a library that is not installed"

# The directory of the program may be gone.
mkdir "$scratch/gone"
cd "$scratch/gone" || exit 1
cat >"$scratch/cwd.js" <<'JS'
try { node.cwd(); } catch (e) { console.log(e instanceof Error, e.code); }
JS
rmdir "$scratch/gone"
runs 0 '^true ENOENT$' '' "$node" "$scratch/cwd.js"

finish
