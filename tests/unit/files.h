/* tests/unit/files.h - a folder of its own for a test, and files in it. */
#ifndef FILES_H
#define FILES_H
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include <unistd.h>

enum { FILES_MAX = 16 };

struct files {
    char folder[64];
    char path[FILES_MAX][128];
    size_t count;
};

static inline void files_begin(struct files *files)
{
    files->count = 0;
    strcpy(files->folder, "/tmp/utfall-test-XXXXXX");
    assert_non_null(mkdtemp(files->folder));
}

/* The path of a file in the folder, which is removed at the end. */
static inline const char *files_path(struct files *files, const char *name)
{
    assert_true(files->count < FILES_MAX);
    char made[sizeof files->path[0]], *path = files->path[files->count++];
    int len = snprintf(made, sizeof made, "%s/%s", files->folder, name);
    assert_true(len > 0 && (size_t)len < sizeof made);
    memcpy(path, made, (size_t)len + 1);
    return path;
}

static inline const char *files_write(struct files *files, const char *name, const char *bytes,
                                      size_t len)
{
    const char *path = files_path(files, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline const char *files_text(struct files *files, const char *name, const char *text)
{
    return files_write(files, name, text, strlen(text));
}

static inline void files_end(struct files *files)
{
    for (size_t i = 0; i < files->count; i++)
        (void)unlink(files->path[i]);
    assert_int_equal(rmdir(files->folder), 0);
}

#endif
