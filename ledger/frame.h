/* ledger/frame.h - the layout of a ledger in bytes, private to ledger/.
 *
 *     <?xml version="1.0" encoding="UTF-8"?>                     line 1, exactly this
 *     <ledger xmlns="urn:utfall:ledger:1" ...>                   body: every line up to the last,
 *     ...                                                        each ended by one LF
 *     <ds:Signature ...></ds:Signature></ledger>                 last line: the signature, if any
 *
 * What is digested is the body followed by "</ledger>": the exclusive C14N form of the document
 * without its signature, the same before and after sealing. */
#ifndef UTFALL_FRAME_H
#define UTFALL_FRAME_H
#include "utfall/ledger.h"

#define UTFALL_LEDGER_NAMESPACE "urn:utfall:ledger:1"
#define UTFALL_FRAME_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define UTFALL_FRAME_ROOT "<ledger xmlns=\"" UTFALL_LEDGER_NAMESPACE "\""
#define UTFALL_FRAME_SIGNATURE "<ds:Signature "
#define UTFALL_FRAME_SIGNATURE_END "</ds:Signature>"
#define UTFALL_FRAME_END "</ledger>"

enum { UTFALL_SIGNATURE_BYTES_MAX = 64 * 1024 };

/** Where the parts of a ledger are; pointers into its bytes. */
typedef struct utfall_frame {
    const char *body; /* after the declaration line, up to the last line; ends in LF */
    size_t body_len;
    const char *signature; /* from "<ds:Signature " through "</ds:Signature>"; NULL = not sealed */
    size_t signature_len;
} utfall_frame;

/** Find the parts. Looks at the frame only: declaration, root, last line, that no other line holds
 * a "<ds:" and that no byte is NUL or CR. UTFALL_E_SYNTAX with line and column; *out is then
 * untouched. */
UTFALL_TRY utfall_status utfall_frame_find(utfall_run *run, utfall_frame *out, const char *name,
                                           const char *bytes, size_t len);

/** SHA-256 over the body and "</ledger>". UTFALL_E_NOMEM when the library cannot. */
UTFALL_TRY utfall_status utfall_frame_digest(uint8_t out[32], const utfall_frame *frame);

#endif
