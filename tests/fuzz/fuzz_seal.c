/* tests/fuzz/fuzz_seal.c - any bytes as a sealed ledger, with and without roots to trust.
 *
 * Nothing may crash, leak or read outside; and no mutation may become a trusted seal over a ledger
 * that was not sealed: the keys of the roots below were thrown away when the two files of the
 * corpus that lead to them were made. */
#define _POSIX_C_SOURCE 200809L
#include "utfall/ledger.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char roots[] = "-----BEGIN CERTIFICATE-----\n"
                            "MIICFDCCAbugAwIBAgIQQRExbvEcxs1e/rN3MZiNEjAKBggqhkjOPQQDAjBoMQsw\n"
                            "CQYDVQQGEwJTRTEhMB8GA1UECgwYdXRmYWxsIHRlc3QgbXVuaWNpcGFsaXR5MTYw\n"
                            "NAYDVQQDDC11dGZhbGwgVEVTVCAtIG5vdCBmb3IgcmVhbCBzZXR0bGVtZW50cyAo\n"
                            "cm9vdCkwIBcNMjYwMTAxMDAwMDAwWhgPMjEyNTEyMDgwMDAwMDBaMGgxCzAJBgNV\n"
                            "BAYTAlNFMSEwHwYDVQQKDBh1dGZhbGwgdGVzdCBtdW5pY2lwYWxpdHkxNjA0BgNV\n"
                            "BAMMLXV0ZmFsbCBURVNUIC0gbm90IGZvciByZWFsIHNldHRsZW1lbnRzIChyb290\n"
                            "KTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLhBbEnEyw3sNxi8Oo8qimBe1jCJ\n"
                            "+VQMOLg16NuSQcSFWIyEo51MOu6AqyPSz89XH6FYPLx+6vrCigM2Qkg8E2ajRTBD\n"
                            "MBIGA1UdEwEB/wQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBTT\n"
                            "unM+7/jz5+w9svihqIVHYCoxyTAKBggqhkjOPQQDAgNHADBEAiA3LPtPEWbLJVJC\n"
                            "LHqtvqzq+/u0dJIzOAyBzTlcDUtl6gIgPI5seK5QxCIvmqDBmySx4Q+6WYwEZdZI\n"
                            "aDMdVrq+pYw=\n"
                            "-----END CERTIFICATE-----\n"
                            "-----BEGIN CERTIFICATE-----\n"
                            "MIIEoTCCAwmgAwIBAgIQbTwsj6M6dfzHFeLZooM3MDANBgkqhkiG9w0BAQsFADBo\n"
                            "MQswCQYDVQQGEwJTRTEhMB8GA1UECgwYdXRmYWxsIHRlc3QgbXVuaWNpcGFsaXR5\n"
                            "MTYwNAYDVQQDDC11dGZhbGwgVEVTVCAtIG5vdCBmb3IgcmVhbCBzZXR0bGVtZW50\n"
                            "cyAocm9vdCkwIBcNMjYwMTAxMDAwMDAwWhgPMjEyNTEyMDgwMDAwMDBaMGgxCzAJ\n"
                            "BgNVBAYTAlNFMSEwHwYDVQQKDBh1dGZhbGwgdGVzdCBtdW5pY2lwYWxpdHkxNjA0\n"
                            "BgNVBAMMLXV0ZmFsbCBURVNUIC0gbm90IGZvciByZWFsIHNldHRsZW1lbnRzIChy\n"
                            "b290KTCCAaIwDQYJKoZIhvcNAQEBBQADggGPADCCAYoCggGBAK0cv2oLMtkmAcea\n"
                            "u6ZLin4NKZU6RQU9/BmFmeuYJi0i7kSZzA7grvBHoctOclHcXp2LlL03QT0gUuXV\n"
                            "aW7oQ0rH88fs4oNKlBg1LpFjcZSqC9X3HBHCm1zyyPfaGHfQsl84hktPsvOKlyLY\n"
                            "gs2n1Q1flAuoITFVxpHhApm9yHJOf0Oss51BqKFA3xOazcu6NlrXYkuw678twE/m\n"
                            "FPTTrOG09sKv3N4VT0rhB7FX/BB6X1EaFp6xFTE1mENbUtRFodFGHd33KettMume\n"
                            "kSIDAhufwMl3ZgomO3X6jzYQs2bda8Rn26f3mFwAv0VVU1hBlgEtLHh5kfl7Vgs/\n"
                            "1Lv5hdpBbFezsbE3ef3RLEwfbmR+Xz7CJLIKo2yZsL8JeeL8/Kk2OJh/kNn0lAxj\n"
                            "soQH9Tpp83IKs7uAfZa7Oen6GcmVUKX7mKNZFmIUhmqVE2W24Kb4lC18oQAPOqB5\n"
                            "hSgwkG3IARdU9r53t4DaUGUNplAyUBe3bJbhbB2d3p8ncX+ruQIDAQABo0UwQzAS\n"
                            "BgNVHRMBAf8ECDAGAQH/AgEAMA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUeogM\n"
                            "LjHoA2yZsJSfsIkv4Tyd/ekwDQYJKoZIhvcNAQELBQADggGBAERNkqWuP/z7Q7Uh\n"
                            "PKVC4VpAS/lf5Lw3x9MX4gtfGqGFfanGAtaorTZUrzsVp1vJwHD0pJD7AkEj5RL9\n"
                            "WWid1Q3O0WInXuUxZ0HzLWzrOyQOLAIu7tHamKLrP5P0SE9/eijjqUEG5cYEDxHJ\n"
                            "Sl6tqVndKt8oJ52X0ieNGtig/wMm4EqsCvbdeWBExv4vvxPKkNyehWXOzKRl6Ex0\n"
                            "r2m7Y0tyG1Qx/9mdDyOu2GPP2Dl2tTrI6lb0Sa/cVOGmhEfFBhv7Yk6FgDcubJUo\n"
                            "DpMt3QNQ9u1X4V2o1z35bYHwkQdy+FSq6DWwcny2E75YDlzuiRLHIqCjHzuG07F6\n"
                            "ylxyc2ZLKn2bUi+VBl5c0ijqf4+lDSQAOi8cRRJE77+R/ircf7mgcRNKyarrjW4D\n"
                            "v6qvCXDtrn4EWFr5Vdmw/OmR5h60P09ynn77H3gtIVgdVOVxFNNAiiPfyRRvdY5R\n"
                            "CqsBW5+8r/KrEvTWq1K5Ju2MpdJDkR3XYVuJ2E/qk21x5tbUxw==\n"
                            "-----END CERTIFICATE-----\n";

/* What the corpus seals, from its root element to its end. */
static const char sealed[] = "<ledger xmlns=\"urn:utfall:ledger:1\">\n"
                             "<due amount=\"750000000\" from=\"payer\" to=\"investor\"></due>\n";

static char roots_path[] = "/tmp/utfall-fuzz-roots-XXXXXX";

static void remove_roots(void)
{
    (void)unlink(roots_path);
}

static void write_roots(void)
{
    int fd = mkstemp(roots_path);
    if (fd < 0 || write(fd, roots, sizeof roots - 1) != (ssize_t)(sizeof roots - 1) ||
        close(fd) != 0 || atexit(remove_roots) != 0)
        abort();
}

static void verify(const char *bytes, size_t size, const char *path)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    if (!run)
        return;
    utfall_seal_report report;
    uint8_t digest[32];
    utfall_status status = utfall_seal_verify(run, &report, "fuzz", bytes, size,
                                              &(utfall_trust){path, NULL, "2026-11-22T12:00:00Z"});
    if ((status == UTFALL_OK) == (utfall_run_errors(run) > 0))
        abort(); /* a reason for each refusal, and none without */
    if (status == UTFALL_OK && report.is_trusted) {
        const char *body = memchr(bytes, '\n', size);
        size_t left = size - (size_t)(body + 1 - bytes);
        if (left < sizeof sealed - 1 || memcmp(body + 1, sealed, sizeof sealed - 1) != 0 ||
            memcmp(body + sizeof sealed, "<ds:Signature ", 14) != 0)
            abort();
    }
    if (status == UTFALL_OK && utfall_ledger_digest(run, digest, "fuzz", bytes, size) != UTFALL_OK)
        abort();
    utfall_run_free(run);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (roots_path[sizeof roots_path - 2] == 'X')
        write_roots();
    verify((const char *)data, size, NULL);
    verify((const char *)data, size, roots_path);
    return 0;
}
