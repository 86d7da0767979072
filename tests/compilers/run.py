"""Builds the program with gcc and clang, unoptimised and optimised, and compares every byte that each writes.

    run.py UTFALL FOLDER     UTFALL is compared as well; FOLDER keeps the builds
Ledger, detail file, seal (RSA, which has one value), facts, statement and page of every contract in contracts/.
Exit code 77 = a compiler is missing.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COMPILERS, LEVELS = ("gcc", "clang"), ("-O0", "-O2")
TIME, SKIPPED = "2026-11-22T12:00:00Z", 77


def call(*command):
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ, LC_ALL="C"), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        sys.exit("%s\n%s" % (" ".join(command), done.stdout.decode(errors="replace")[-4000:]))
    return done.stdout


def build(folder, compiler, level):
    at = os.path.join(folder, compiler + level)
    call("cmake", "-S", ROOT, "-B", at, "-G", "Ninja", "-DUTFALL_BUILD_TESTS=OFF", "-DCMAKE_BUILD_TYPE=None",
         "-DCMAKE_C_COMPILER=" + compiler, "-DCMAKE_C_FLAGS=-Werror " + level)
    call("cmake", "--build", at, "--target", "utfall-cli")
    return os.path.join(at, "utfall")


def contracts():
    for folder, _, names in sorted(os.walk(os.path.join(ROOT, "contracts"))):
        for name in sorted(names):
            path = os.path.join(folder, name)
            if not name.endswith(".yaml"):
                continue
            with open(path, encoding="utf-8") as file:
                if re.search(r"^(extends|waterfall):", file.read(), re.M):  # not a file of scenarios
                    yield os.path.relpath(path, ROOT)


def digests(utfall, keys, folder):
    """SHA-256 of everything that `utfall` says and writes, by name."""
    found = {}
    with open(os.path.join(folder, "secret"), "w", encoding="ascii") as file:
        file.write("0123456789abcdef" * 4 + "\n")
    os.chmod(file.name, 0o600)
    for path in contracts():
        out = os.path.join(folder, path)
        found[path + ": facts"] = call(utfall, "facts", path)
        call(utfall, "settle", path, "--quiet", "--out", out, "--secret", file.name, "--key", keys + "/test-seal.key",
             "--cert", keys + "/test-seal.pem", "--signing-time", TIME)
        for name in sorted(os.listdir(out)):
            with open(os.path.join(out, name), "rb") as written:
                found["%s: %s" % (path, name)] = written.read()
            if name.endswith(".ledger.xml"):
                for form in ("text", "html", "svg"):
                    for lang in ("sv", "en"):
                        found["%s: %s, %s" % (path, form, lang)] = call(
                            utfall, "report", os.path.join(out, name), "--as", form, "--lang", lang, "--at", TIME)
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def main(utfall, folder):
    missing = [c for c in COMPILERS if not shutil.which(c)]
    if missing:
        print("skipped: no %s here" % ", ".join(missing))
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="utfall-compilers-") as made:
        keys = os.path.join(made, "keys")
        call(utfall, "keygen", keys, "--algorithm", "rsa", "--at", "2026-01-01T00:00:00Z")

        def run(program, name):
            at = os.path.join(made, name)
            os.mkdir(at)
            return digests(program, keys, at)

        expected, faults = run(utfall, "given"), 0
        for compiler in COMPILERS:
            for level in LEVELS:
                got = run(build(folder, compiler, level), compiler + level)
                differ = sorted(n for n in expected.keys() | got.keys() if expected.get(n) != got.get(n))
                faults += len(differ)
                print("%s %s: %d of %d differ %s" % (compiler, level, len(differ), len(expected), differ[:5]))
    return 1 if faults or len(expected) < 50 else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])))
