# SPDX-License-Identifier: MIT
#
# In a file system that holds only what the archive does, /dev and /proc.
. "$(dirname "$0")/common.sh"

needs_mounts
umask 077 # whoever makes it, it is for everybody
package TZST
umask 022
archive=$(echo "$scratch"/packages/node-*.tar.zst)
[ "$(stat -c %s "$archive")" -le 60000000 ] || fail "more than 60 MB"

root=$scratch/root
mkdir -p "$root/dev" "$root/proc"
(cd "$root" && cmake -E tar xf "$archive") || exit 1
prefix=$(cd "$root" && echo node-*)
case $prefix in
node-[0-9]*.[0-9]*.[0-9]*-linux-*) ;;
*) fail "the archive holds: $prefix" ;;
esac
find "$root/$prefix" ! -perm -444 -o -type d ! -perm -555 >"$scratch/found"
[ -s "$scratch/found" ] && fail "not for everybody: $(cat "$scratch/found")"

echo 'exports.installed = "yes";' \
    >"$root/$prefix/lib/node_libraries/installed.js"
cp "$here/where.js" "$root"

# inside COMMAND...
inside() {
    # shellcheck disable=SC2016 # $0 is that shell's
    privately sh -c 'mount --rbind /dev "$0/dev" &&
        mount --rbind /proc "$0/proc" && exec chroot "$0" "$@"' "$root" "$@"
}

for name in $(programs "$root/$prefix"); do
    inside "/$prefix/bin/$name" /where.js >"$scratch/found" 2>&1 ||
        fail "$name: status $?"
    cat >"$scratch/expected" <<EOF
/$prefix/bin/$name
/$prefix
/$prefix/lib/node_libraries
yes
EOF
    diff -u "$scratch/expected" "$scratch/found" || fail "$name"
done

# It serves.
cat >"$root/serve.js" <<'EOF'
var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.sendBody("hello from " + ARGV[0]);
    response.finish();
    server.close();
});
server.listen(0, "127.0.0.1");
node.http.createClient(server.port, "127.0.0.1").get("/", {})
    .finish(function (response) {
        response.addListener("body", function (text) { console.log(text); });
    });
EOF
is served "$(inside "/$prefix/bin/node" /serve.js 2>&1)" \
    "hello from /$prefix/bin/node"

# Mounted elsewhere, and without /proc.
mkdir "$scratch/elsewhere"
# shellcheck disable=SC2016
is mounted "$(privately sh -c 'mount --bind "$0" "$1" && "$1/bin/node" "$2"' \
    "$root/$prefix" "$scratch/elsewhere" "$here/where.js" 2>&1 | head -n 1)" \
    "$scratch/elsewhere/bin/node"
is 'without /proc' \
    "$(privately chroot "$root" "/$prefix/bin/node" /where.js 2>&1)" \
    'node: cannot read /proc/self/exe: No such file or directory'

finish
