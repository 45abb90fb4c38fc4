// SPDX-License-Identifier: MIT
#include "src/library.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* Our own head, put there by the linker. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

static bool is_foreign(const ElfW(Ehdr) *head)
{
    return memcmp(head->e_ident, __ehdr_start.e_ident, EI_VERSION) != 0
           || head->e_machine != __ehdr_start.e_machine;
}

/* Does the file end before what it says it holds, as one that was copied in
 * part does? */
static bool is_cut(int fd, const ElfW(Ehdr) *head, off_t length)
{
    for (unsigned i = 0; i < head->e_phnum; i++) {
        ElfW(Phdr) part;
        off_t at = (off_t)(head->e_phoff + i * sizeof part);
        if (pread(fd, &part, sizeof part, at) != sizeof part)
            return true;
        if (part.p_type == PT_LOAD
            && (part.p_filesz > (uint64_t)length
                || part.p_offset > (uint64_t)length - part.p_filesz))
            return true;
    }
    return false;
}

/* For the one the loader finds no words, and of the other it dies (SIGBUS).
 * What is no ELF file at all is its.  Returns 0 or -ENOEXEC. */
static int check(int fd, const char *path, off_t length, char *why, size_t size)
{
    ElfW(Ehdr) head;

    if (pread(fd, &head, sizeof head, 0) != sizeof head
        || memcmp(head.e_ident, ELFMAG, SELFMAG) != 0)
        return 0;
    if (is_foreign(&head))
        snprintf(why, size,
                 "%s: built for another architecture (ELF class %d, machine "
                 "%d; this is class %d, machine %d)",
                 path, head.e_ident[EI_CLASS], head.e_machine,
                 __ehdr_start.e_ident[EI_CLASS], __ehdr_start.e_machine);
    else if (is_cut(fd, &head, length))
        snprintf(why, size, "%s: the file is cut short", path);
    else
        return 0;
    return -ENOEXEC;
}

/* Returns a descriptor of a copy in memory, or a negative errno. */
static int copy(int from, const char *path)
{
    const char *slash = strrchr(path, '/');
    char name[200]; /* of a memfd: at most 249 bytes */
    ssize_t n;

    snprintf(name, sizeof name, "%s", slash == NULL ? path : slash + 1);
    int to = memfd_create(name, MFD_CLOEXEC);
    if (to < 0)
        return -errno;
    do {
        n = sendfile(to, from, NULL, 1 << 30);
    } while (n > 0 || (n < 0 && errno == EINTR));
    if (n == 0)
        return to;
    int err = -errno;
    close(to);
    return err;
}

/* Says what the loader says, but of the file that was asked for. */
static int load(struct library *library, const char *name, const char *path,
                char *why, size_t size)
{
    library->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library->handle != NULL)
        return 0;
    const char *said = dlerror();
    size_t length = strlen(name);
    if (strncmp(said, name, length) == 0 && said[length] == ':')
        said += length + strlen(": ");
    snprintf(why, size, "%s: %s", path, said);
    return -ENOEXEC;
}

static int load_copy(struct library *library, int fd, const char *path,
                     char *why, size_t size)
{
    char name[64];

    library->fd = copy(fd, path);
    if (library->fd < 0)
        return library->fd;
    snprintf(name, sizeof name, "/proc/%d/fd/%d", getpid(), library->fd);
    int err = load(library, name, path, why, size);
    if (err != 0)
        close(library->fd);
    return err;
}

/* Is the file itself loaded already, by whoever? */
static bool is_loaded(const char *path)
{
    void *handle = dlopen(path, RTLD_NOW | RTLD_NOLOAD);

    if (handle != NULL)
        dlclose(handle);
    return handle != NULL;
}

/* Under a lock: of two who find it not loaded both would get the file. */
static int load_file_or_copy(struct library *library, int fd, const char *path,
                             char *why, size_t size)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&lock);
    int err = is_loaded(path) ? load_copy(library, fd, path, why, size)
                              : load(library, path, path, why, size);
    pthread_mutex_unlock(&lock);
    return err;
}

int library_open(struct library *library, const char *path, char *why,
                 size_t size)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int err;

    library->fd = -1;
    if (fd < 0)
        return -errno;
    if (fstat(fd, &s) != 0)
        err = -errno;
    else if (S_ISDIR(s.st_mode))
        err = -EISDIR;
    else
        err = check(fd, path, s.st_size, why, size);
    if (err == 0)
        err = load_file_or_copy(library, fd, path, why, size);
    close(fd);
    return err;
}

void library_close(struct library *library)
{
    dlclose(library->handle);
    if (library->fd >= 0)
        close(library->fd);
}

void *library_find(const struct library *library, const char *name)
{
    void *symbol = dlsym(library->handle, name);
    struct link_map *own;
    struct link_map *owner;
    Dl_info info;

    if (symbol == NULL || dlinfo(library->handle, RTLD_DI_LINKMAP, &own) != 0
        || dladdr1(symbol, &info, (void **)&owner, RTLD_DL_LINKMAP) == 0
        || owner != own)
        return NULL;
    return symbol;
}
