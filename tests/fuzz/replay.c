/* tests/fuzz/replay.c - runs a fuzz target over the files of the folders named, without a fuzzer:
 * so every input that was ever interesting is an ordinary test. Fails when a folder has no files.
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int file_replay(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return 0;
    size_t size = (size_t)about.st_size, got = 0;
    uint8_t *data = malloc(size == 0 ? 1 : size);
    FILE *file = fopen(path, "rb");
    if (data != NULL && file != NULL)
        got = fread(data, 1, size, file);
    if (file != NULL)
        (void)fclose(file);
    if (data == NULL || got != size) {
        (void)fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    (void)fprintf(stderr, "%s\n", path); /* the last one told is the one that broke */
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

static int folder_replay(const char *folder)
{
    DIR *list = opendir(folder);
    int count = 0;
    if (list == NULL) {
        (void)fprintf(stderr, "%s: no such folder\n", folder);
        exit(1);
    }
    for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
        size_t len = strlen(folder) + strlen(entry->d_name) + 2;
        char *path = malloc(len);
        if (path == NULL)
            exit(1);
        (void)snprintf(path, len, "%s/%s", folder, entry->d_name);
        count += file_replay(path);
        free(path);
    }
    (void)closedir(list);
    return count;
}

int main(int argc, char **argv)
{
    int empty = argc < 2;
    for (int i = 1; i < argc; i++) {
        int count = folder_replay(argv[i]);
        (void)printf("%s: %d inputs\n", argv[i], count);
        empty |= count == 0;
    }
    return empty;
}
