/* tests/unit/folder.h - a folder of its own for the files of a test, gone afterwards. The file that
 * includes it defines _POSIX_C_SOURCE first. */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/utfall-test-XXXXXX";

static inline int folder_make(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : 1;
}

/* Path of a file in the folder; good until the eighth call after. */
static inline const char *in_folder(const char *name)
{
    static char paths[8][512];
    static unsigned next;
    char *path = paths[next++ % 8];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* Number of names in the folder; removes them when told. */
static inline size_t folder_count(int remove_them)
{
    size_t count = 0;
    DIR *open_folder = opendir(folder);
    for (struct dirent *entry; open_folder && (entry = readdir(open_folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (remove_them)
            (void)remove(in_folder(entry->d_name));
    }
    if (open_folder)
        (void)closedir(open_folder);
    return count;
}

static inline int folder_remove(void **state)
{
    (void)state;
    (void)folder_count(1);
    return rmdir(folder);
}

#endif
