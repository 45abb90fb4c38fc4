// SPDX-License-Identifier: MIT
#include "src/edit.h"

#include "src/output.h"

#include <dlfcn.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* libedit's face, as its manual editline(3) has it: its headers need not be
 * here when we build. */
struct EditLine;
struct History;

struct HistEvent {
    int number;
    const char *text;
};

enum {
    EL_PROMPT = 0,
    EL_EDITOR = 2,
    EL_SIGNAL = 3,
    EL_HIST = 10,
    H_SETSIZE = 1,
    H_ENTER = 10,
    HISTORY = 1000 /* lines */
};

static struct {
    struct EditLine *(*init)(const char *, FILE *, FILE *, FILE *);
    int (*set)(struct EditLine *, int, ...);
    const char *(*gets)(struct EditLine *, int *);
    struct History *(*history_init)(void);
    int (*history)(struct History *, struct HistEvent *, int, ...);
} libedit;

static struct EditLine *editor;
static struct History *lines;
static struct termios terminal;
static locale_t locale; /* the user's: which bytes are a character */
static char *current_prompt;

static bool load(void)
{
    const struct {
        const char *name;
        void *to;
    } symbols[] = {
        { "el_init", &libedit.init },
        { "el_set", &libedit.set },
        { "el_gets", &libedit.gets },
        { "history_init", &libedit.history_init },
        { "history", &libedit.history },
    };
    void *library = dlopen("libedit.so.2", RTLD_NOW | RTLD_LOCAL);

    if (library == NULL)
        return false;
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (symbol == NULL)
            return false;
        memcpy(symbols[i].to, &symbol, sizeof symbol);
    }
    return true;
}

static char *give_prompt(struct EditLine *el)
{
    (void)el;
    return current_prompt;
}

static bool start(void)
{
    editor = libedit.init("node", stdin, stdout, stderr);
    lines = libedit.history_init();
    if (editor == NULL || lines == NULL)
        return false;
    struct HistEvent event;
    libedit.history(lines, &event, H_SETSIZE, HISTORY);
    libedit.set(editor, EL_PROMPT, give_prompt);
    libedit.set(editor, EL_EDITOR, "emacs");
    libedit.set(editor, EL_SIGNAL, 1); /* a killed process leaves it sane */
    libedit.set(editor, EL_HIST, libedit.history, lines);
    return true;
}

bool edit_open(void)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
        tcgetattr(STDIN_FILENO, &terminal) != 0 || !load())
        return false;
    locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (locale == (locale_t)0)
        locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t old = (locale_t)0;
    if (locale != (locale_t)0)
        old = uselocale(locale);
    bool started = start();
    if (old != (locale_t)0)
        uselocale(old);
    return started;
}

const char *edit_line(char *prompt, size_t *length)
{
    struct HistEvent event;
    int count = 0;

    if (locale != (locale_t)0)
        uselocale(locale);
    current_prompt = prompt;
    output_flush();
    const char *line = libedit.gets(editor, &count);
    *length = line == NULL || count < 0 ? 0 : (size_t)count;
    if (*length > 1)
        libedit.history(lines, &event, H_ENTER, line);
    return line;
}

void edit_restore(void)
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal);
}
