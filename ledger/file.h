/* ledger/file.h - a file replaced while it is written in pieces, private to ledger/. */
#ifndef UTFALL_FILE_H
#define UTFALL_FILE_H
#include "utfall/ledger.h"

/** A file in the making: a temporary file beside `path`, which stays as it was until commit. */
typedef struct utfall_file {
    utfall_run *run;
    const char *path, *folder;
    char *temporary; /* NULL when there is none */
    int descriptor;
} utfall_file;

/** Make the temporary file. UTFALL_E_IO with a finding. */
UTFALL_TRY utfall_status utfall_file_begin(utfall_run *run, utfall_file *out, const char *path,
                                           unsigned mode);

/** UTFALL_E_IO with a finding. */
UTFALL_TRY utfall_status utfall_file_write(utfall_file *file, const char *bytes, size_t len);

/** Sync, close and rename to the path; then sync the folder. On failure the temporary file is gone
 * and the path as it was. */
UTFALL_TRY utfall_status utfall_file_commit(utfall_file *file);

/** Close and remove the temporary file, if there is one. */
void utfall_file_abandon(utfall_file *file);

/** Report that the system refused something: "could not read x: no such file". UTFALL_E_IO. */
utfall_status utfall_file_refuse(utfall_run *run, const char *path, const char *what, int error);

/** Open a regular file for reading; its size in *size. The caller closes it. */
UTFALL_TRY utfall_status utfall_file_open(utfall_run *run, int *descriptor, uint64_t *size,
                                          const char *path);

#endif
