// SPDX-License-Identifier: MIT
#include "src/builtin.h"

/* The file that mksnapshot wrote. */
extern const char snapshot[], snapshot_end[];
__asm__(".pushsection .rodata\n"
        ".balign 64\n"
        "snapshot: .incbin \"" SNAPSHOT_FILE "\"\n"
        "snapshot_end:\n"
        ".popsection\n");

struct js_snapshot builtin_snapshot(void)
{
    return (struct js_snapshot){ snapshot, (size_t)(snapshot_end - snapshot) };
}
