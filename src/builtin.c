// SPDX-License-Identifier: MIT
#include "src/builtin.h"

#include "src/constants.h"

#include <stddef.h>
#include <string.h>

/* The one list.  What needs another comes after it. */
#define SOURCES(X)                                                         \
    X(boot)                                                                \
    X(events)                                                              \
    X(promise)                                                             \
    X(timers)                                                              \
    X(dns)                                                                 \
    X(path)                                                                \
    X(uri)                                                                 \
    X(encoding)                                                            \
    X(tcp)                                                                 \
    X(head)                                                                \
    X(http)                                                                \
    X(client)                                                              \
    X(child)                                                               \
    X(fs)                                                                  \
    X(stdio)                                                               \
    X(shard)                                                               \
    X(modules)                                                             \
    X(utils)                                                               \
    X(file)                                                                \
    X(repl)                                                                \
    X(mjsunit)                                                             \
    X(multipart)                                                           \
    X(start)

/* The files as they are: BUILTIN_DIR is that of src/lib. */
#define EMBED(name)                                                        \
    extern const char builtin_##name[], builtin_##name##_end[];            \
    __asm__(".pushsection .rodata\n"                                       \
            "builtin_" #name ": .incbin \"" BUILTIN_DIR "/" #name ".js\"\n" \
            "builtin_" #name "_end:\n"                                     \
            ".popsection\n");
SOURCES(EMBED)

enum {
#define COUNT(name) COUNT_##name,
    SOURCES(COUNT)
    COUNT_ALL
};

static struct js_source make(const char *name, const char *text,
                             const char *end)
{
    return (struct js_source){ name, text, (size_t)(end - text) };
}

const struct js_source *builtin_sources(void)
{
    static struct js_source list[1 + COUNT_ALL + 1];
    struct js_source *next = list;

    if (list->name == NULL) {
        const char *text = constants_source();
        *next++ = make("node:constants.js", text, text + strlen(text));
#define ADD(name)                                                          \
        *next++ = make("node:" #name ".js", builtin_##name,                \
                       builtin_##name##_end);
        SOURCES(ADD)
    }
    return list;
}
