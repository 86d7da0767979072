"""House rules that a machine can check.

    run.py CHECK      CHECK: banned, headers, format, lengths, words, contracts, rules, links
Prints each breach as file:line and fails; exit code 77 = the tool that the check needs is missing.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAYERS = ("engine", "contracts", "ledger", "reports", "cli")
SKIPPED = 77


def files(*endings, under=("",)):
    """Files of the source tree by ending, without builds and what is generated."""
    out = []
    for top in under:
        for folder, inner, names in os.walk(os.path.join(ROOT, top)):
            inner[:] = sorted(d for d in inner if not d.startswith((".git", "build", "out", "__pycache__"))
                              and d != "corpus")
            out += [os.path.relpath(os.path.join(folder, n), ROOT) for n in sorted(names)
                    if n.endswith(endings)]
    return out


def text(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def code_only(source):
    """C without comments and string literals; line breaks stay."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, lambda m: '""' if m.group()[0] in "\"'" else "\n" * m.group().count("\n"),
                  source, flags=re.S)


def breaches(found, what):
    for line in found:
        print(line)
    print("%s: %d breaches" % (what, len(found)))
    return 1 if found else 0


# ---- functions that are not used -----------------------------------------------------------------

EVERYWHERE = """strcpy strcat sprintf vsprintf gets strtok atoi atol atoll atof strtod strtof
    strtold sscanf fscanf scanf vsscanf alloca system popen tmpnam tempnam mktemp asctime ctime
    gmtime localtime rand srand random setlocale mp_set_memory_functions longjmp""".split()
OUTSIDE_CLI = "double float strtol strtoll strtoul strtoull".split()
TYPES = ("double", "float")
IN_ENGINE = "time clock getenv printf fprintf snprintf malloc calloc realloc free".split()


def banned():
    found = []
    for path in files(".c", ".h", ".def", under=LAYERS):
        if path == "engine/core/ban.h":
            continue
        names = EVERYWHERE + ([] if path.startswith("cli/") else OUTSIDE_CLI)
        if path.startswith("engine/") and path != "engine/core/run.c":
            names = names + IN_ENGINE
        names = [n if n in TYPES else n + r"(?=\s*\()" for n in sorted(set(names))]
        pattern = re.compile(r"(?<![\w.>])(%s)(?!\w)" % "|".join(names))
        for number, line in enumerate(code_only(text(path)).splitlines(), 1):
            if line.startswith("#include"):
                continue
            for match in pattern.finditer(line):
                found.append("%s:%d: %s is banned here" % (path, number, match.group(1)))
    return breaches(found, "banned")


# ---- public headers stand alone ------------------------------------------------------------------

def headers():
    c, cxx = shutil.which("gcc") or shutil.which("cc"), shutil.which("g++") or shutil.which("clang++")
    if not c or not cxx:
        print("skipped: needs a C and a C++ compiler")
        return SKIPPED
    public = files(".h", under=[layer + "/include" for layer in LAYERS])
    folders = ["-I" + os.path.join(ROOT, layer, "include") for layer in LAYERS]
    flags = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wundef", "-Werror",
             "-fsyntax-only"]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for path in public:
            name = path.split("/include/")[1]
            for compiler, ending, standard in ((c, ".c", "-std=c11"), (cxx, ".cpp", "-std=c++17")):
                source = os.path.join(folder, "alone" + ending)
                with open(source, "w", encoding="ascii") as file:
                    file.write('#include "%s"\n#include "%s"\nint alone;\n' % (name, name))
                done = subprocess.run([compiler, standard] + flags + folders + [source],
                                      capture_output=True, text=True, check=False)
                if done.returncode:
                    found.append("%s does not compile alone as %s:\n%s" % (
                        path, standard[5:], done.stderr))
    print("%d public headers" % len(public))
    return breaches(found, "headers")


# ---- format and size -----------------------------------------------------------------------------

RAW = ("tests/errors/", "tests/fuzz/", "tests/golden/")  # inputs and outputs, as they are


def format():
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    if not tool:
        print("skipped: clang-format is missing")
        return SKIPPED
    paths = files(".c", ".h")
    done = subprocess.run([tool, "--dry-run", "-Werror"] + paths, cwd=ROOT, capture_output=True,
                          text=True, check=False)
    found = sorted({line for line in done.stderr.splitlines() if ": error: " in line})
    for path in files(".py", ".cmake", ".yaml"):
        if path.startswith(RAW):
            continue
        limit = 120 if path.endswith(".py") else 140
        found += ["%s:%d: %d columns" % (path, n, len(line)) for n, line in
                  enumerate(text(path).splitlines(), 1) if len(line) > limit]
    for path in files(".c", ".h", ".py", ".md", ".cmake", ".txt", ".yaml", ".def"):
        if path.startswith(RAW) and not path.endswith(".md"):
            continue
        content = text(path)
        found += ["%s:%d: blank at the end of the line" % (path, n) for n, line in
                  enumerate(content.split("\n"), 1) if line != line.rstrip()]
        if content and not content.endswith("\n"):
            found.append("%s: no line end at its end" % path)
    return breaches(found, "format")


# 600 lines a file and 60 a function are the points to ask why; these are the ends.
FILE_MAX, FUNCTION_MAX, TEST_FUNCTION_MAX = 700, 90, 120


def functions(source):
    """Name, first line and length of each function, by our layout: braces in the first column."""
    lines = code_only(source).splitlines()
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            head = start
            while head > 0 and lines[head - 1].strip() and not lines[head - 1].startswith(("}", "#")):
                head -= 1
            name = re.search(r"(\w+)\(", " ".join(lines[head:start]))
            yield name.group(1) if name else "?", head + 1, number - head + 1
            start = None


def lengths():
    found, count, longest = [], 0, []
    for path in files(".c", ".h", ".py"):
        content = text(path)
        size = content.count("\n")
        if size > 600:
            print("%s: %d lines, ask why" % (path, size))
        if size > FILE_MAX:
            found.append("%s: %d lines" % (path, size))
        if path.endswith(".c"):
            for name, line, length in functions(content):
                count += 1
                longest.append((length, "%s:%d: %s" % (path, line, name)))
                if length > (TEST_FUNCTION_MAX if path.startswith("tests/") else FUNCTION_MAX):
                    found.append("%s:%d: %s has %d lines" % (path, line, name, length))
    print("%d functions, the longest:" % count)
    for length, where in sorted(longest, reverse=True)[:8]:
        print("  %3d  %s" % (length, where))
    if not count:
        found.append("no function found: the check itself is broken")
    return breaches(found, "lengths")


# ---- words ---------------------------------------------------------------------------------------

# In pieces, so that this file does not name them itself.
WORDS = ["sub" + "agent", "AI" + " agent", "language" + " model", "this" + " session",
         r"issue" + r" #?\d+", "/wo" + "rk/", "/fa" + "rm/", "TO" + "DO", "FIX" + "ME", "XX" + "X:",
         "npmjs" + r"\.", "py" + r"pi\.org", r"deb\." + "debian", "/ho" + "me/[a-z]"]


def words():
    pattern = re.compile("|".join(r"(?<!\w)%s" % w if w[0].isalpha() else w for w in WORDS), re.I)
    found = []
    paths = []  # what is committed; everything where git or its folder is missing, as in an archive of the source
    if shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
        paths = [p for p in listed.stdout.decode().split("\0") if p]
    paths = paths or files("")
    for path in paths:
        if path.startswith("tests/fuzz/") or not os.path.isfile(os.path.join(ROOT, path)):
            continue
        try:
            content = text(path)
        except UnicodeDecodeError:
            continue
        found += ["%s:%d: %r" % (path, n, match.group()) for n, line in
                  enumerate(content.splitlines(), 1) for match in [pattern.search(line)] if match]
    return breaches(found, "words")


# ---- contracts, rules, links ---------------------------------------------------------------------

def contracts():
    found, count = [], 0
    top = os.path.join(ROOT, "contracts")
    for name in sorted(os.listdir(top)):
        folder = os.path.join(top, name)
        if not os.path.isdir(folder) or name == "include":
            continue
        count += 1
        for wanted in ("contract.yaml", "SOURCES.md", "ORIGIN.md"):
            if not os.path.exists(os.path.join(folder, wanted)):
                found.append("contracts/%s: no %s" % (name, wanted))
    for path in files(".yaml", under=["contracts/norrkoping-2016"]):
        if "ynthetic" not in text(path) and "SYNTHETIC" not in text(path):
            found.append("%s: does not say that its data are synthetic" % path)
    if not count:
        found.append("no contract found")
    return breaches(found, "contracts")


def rules():
    """Each rule id of LANGUAGE.md is named in a test."""
    if not os.path.exists(os.path.join(ROOT, "contracts/LANGUAGE.md")):
        return breaches(["contracts/LANGUAGE.md is missing"], "rules")
    ids = sorted(set(re.findall(r"\b[A-Z][A-Z]+(?:-[A-Z]+)*-\d+\b", text("contracts/LANGUAGE.md"))))
    ids = [id for id in ids if not id.startswith(("UTF-", "ISO-", "SHA-", "RFC-", "WINDOWS-"))]
    tests = "".join(text(p) for p in files(".c", ".py", ".md", ".expected", "cmd", under=["tests"]))
    found = ["contracts/LANGUAGE.md: no test names %s" % id for id in ids
             if not re.search(r"\b%s\b" % re.escape(id), tests)]
    print("%d rules" % len(ids))
    return breaches(found, "rules")


def slug(heading):
    """The anchor that a Markdown viewer makes of a heading."""
    heading = re.sub(r"[`*]", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def links():
    found, count = [], 0
    for path in files(".md"):
        content = re.sub(r"^```.*?^```", lambda m: "\n" * m.group().count("\n"), text(path),
                         flags=re.S | re.M)
        for number, line in enumerate(content.splitlines(), 1):
            for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
                if re.match(r"[a-z]+:", target):
                    continue
                count += 1
                file, _, anchor = target.partition("#")
                there = os.path.normpath(os.path.join(os.path.dirname(path), file)) if file else path
                if not os.path.exists(os.path.join(ROOT, there)):
                    found.append("%s:%d: %s does not exist" % (path, number, target))
                elif anchor and there.endswith(".md") and anchor not in [
                        slug(h) for h in re.findall(r"^#+ (.*)$", text(there), flags=re.M)]:
                    found.append("%s:%d: %s has no such heading" % (path, number, target))
    print("%d links" % count)
    return breaches(found, "links")


CHECKS = {check.__name__: check for check in (banned, headers, format, lengths, words, contracts,
                                              rules, links)}

if __name__ == "__main__":
    sys.exit(CHECKS[sys.argv[1]]())
