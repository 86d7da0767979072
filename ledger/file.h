/* ledger/file.h - a file replaced while it is written in pieces, private to ledger/. */
#ifndef UTFALL_FILE_H
#define UTFALL_FILE_H
#include "utfall/ledger.h"

/** A temporary file beside `path`. */
struct utfall_file {
    utfall_run *run;
    const char *path, *folder;
    char *temporary; /* NULL when there is none */
    int descriptor;
};

/** Make the temporary file. UTFALL_E_IO with a finding. */
UTFALL_TRY utfall_status utfall_file_begin(utfall_run *run, utfall_file *out, const char *path,
                                           unsigned mode);

/** UTFALL_E_IO with a finding. */
UTFALL_TRY utfall_status utfall_file_write(utfall_file *file, const char *bytes, size_t len);

/** Have the bytes on disk. UTFALL_E_IO with a finding: the temporary file is then gone. */
UTFALL_TRY utfall_status utfall_file_sync(utfall_file *file);

/** As utfall_file_place, but UTFALL_E_IO when something has this name already. */
UTFALL_TRY utfall_status utfall_file_place_new(utfall_file *file);

/** Report that the system refused something: "could not read x: no such file". UTFALL_E_IO. */
utfall_status utfall_file_refuse(utfall_run *run, const char *path, const char *what, int error);

/** Open a regular file for reading; its size in *size. The caller closes it. */
UTFALL_TRY utfall_status utfall_file_open(utfall_run *run, int *descriptor, uint64_t *size,
                                          const char *path);

#endif
