# SPDX-License-Identifier: MIT
#
# And the process lives, with no descriptor and no library more than before.
. "$(dirname "$0")/compile.sh"
. "$(dirname "$0")/../js/expect.sh"
sanitizer=$2
fixtures=$(dirname "$0")/fixtures

cd "$scratch" || exit 1
for i in 1 4 5 6; do
    compile "$fixtures/wrong.c" wrong_c$i.node -DWRONG=$i || exit 1
done
for i in 2 3; do # not with our flags
    cc -fPIC -shared -DWRONG=$i -o wrong_c$i.node "$fixtures/wrong.c" || exit 1
done
for i in 1 2 3; do
    compile "$fixtures/wrong.cc" wrong_cc$i.node -DWRONG=$i -Wno-unused ||
        exit 1
done
# An init() of a library that it is linked to is not its own.
cc -fPIC -shared -DWRONG=2 -o libinit.so "$fixtures/wrong.c" || exit 1
cc -fPIC -shared -DWRONG=7 -o wrong_c7.node "$fixtures/wrong.c" \
    -Wl,--no-as-needed,-rpath,"$scratch" -L. -linit || exit 1

yes "no ELF at all" | head -n 100 >text.node
: >empty.node
head -c 1000 wrong_c1.node >short.node
cp wrong_c1.node foreign.node # for machine 0xBEEF
printf '\357\276' | dd of=foreign.node bs=1 seek=18 conv=notrunc 2>/dev/null
cp wrong_c1.node class32.node
printf '\001' | dd of=class32.node bs=1 seek=4 conv=notrunc 2>/dev/null
mkdir directory.node
ln -s nowhere.node dangling.node

cat >wrong.js <<'END'
var files = ["missing", "dangling", "text", "empty", "short", "foreign",
             "class32", "wrong_c1", "wrong_c2", "wrong_c3", "wrong_c4",
             "wrong_c5", "wrong_c6", "wrong_c7", "wrong_cc1", "wrong_cc2",
             "wrong_cc3"];
function load(file) {
    try {
        require("./" + file + ".node");
        return "loaded";
    } catch (error) {
        return error + " " + error.code;
    }
}
function open() {
    return node.fs.readdir("/proc/self/fd").wait().length;
}
files.forEach(function (file) {
    if (node.shard.id === 0)
        console.log(file + ": " + load(file));
    else
        load(file);
});
try {
    node.dlopen("directory.node", {});
} catch (error) {
    if (node.shard.id === 0)
        console.log("directory: " + error);
}
require_async("./missing.node").addErrback(function (error) {
    if (node.shard.id === 0)
        console.log("later: " + error);
});

// Those whose init() ran stay loaded.
if (node.shard.count === 1) {
    var before = open();
    for (var i = 0; i < 50; i++)
        files.forEach(function (file) {
            if (!/wrong_c[56]|wrong_cc[123]/.test(file))
                load(file);
        });
    console.log(open() - before + " descriptors leak");
}
END
cat >expected <<END
missing: Error: Error reading $scratch/missing.node: No such file or directory ENOENT
dangling: Error: Error reading $scratch/dangling.node: No such file or directory ENOENT
text: Error: $scratch/text.node: invalid ELF header undefined
empty: Error: $scratch/empty.node: file too short undefined
short: Error: $scratch/short.node: the file is cut short undefined
foreign: Error: $scratch/foreign.node: built for another architecture (...) undefined
class32: Error: $scratch/class32.node: built for another architecture (...) undefined
wrong_c1: Error: No 'init' symbol found in module. undefined
wrong_c2: Error: Cannot load '$scratch/wrong_c2.node': it was not compiled with the flags that node --cflags prints undefined
wrong_c3: Error: Cannot load '$scratch/wrong_c3.node': it was compiled for version 1000 of the extension API, and this is version 1: compile it again undefined
wrong_c4: Error: $scratch/wrong_c4.node: undefined symbol: no_such_function undefined
wrong_c5: Error: Cannot load '$scratch/wrong_c5.node': its init returned 7 undefined
wrong_c6: Error: init of C: Input/output error EIO
wrong_c7: Error: No 'init' symbol found in module. undefined
wrong_cc1: Error: No 'init' symbol found in module. undefined
wrong_cc2: RangeError: init throws undefined
wrong_cc3: Error: C++ throws undefined
directory: Error: Error reading $scratch/directory.node: Is a directory
later: Error: Error reading $scratch/missing.node: No such file or directory
END
# On another machine other numbers.
blur() {
    sed 's/architecture (.*)/architecture (...)/' "$scratch/out"
}

runs 0 . '' "$node" wrong.js
{ cat expected; echo "0 descriptors leak"; } >all
# The promise fails in a later turn than the program's last line.
blur | sort >blurred
sort all | diff -u - blurred || fail "one shard says otherwise"
runs 0 . . "$node" --cores 4 wrong.js
blur | sort >blurred
sort expected | diff -u - blurred || fail "four shards say otherwise"
grep -v '^node: 4 shards share' "$scratch/err" && fail "stderr is not empty"

# Uncaught, it is reported where it was asked for.
echo 'require("./text.node");' >uncaught.js
runs 1 '' 'uncaught.js:1$' "$node" uncaught.js

# Too many open files.
echo 'var n = 0, fds = [];
try { for (;;) fds.push(node.fs.open("/dev/null", 0).wait()); } catch (e) {}
try { require("./wrong_c1.node"); } catch (e) { console.log(String(e)); }' >emfile.js
runs 0 'Error reading .*wrong_c1.node: Too many open files' '' \
    sh -c "ulimit -n 60 && exec '$node' emfile.js"

finish
