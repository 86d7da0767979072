"""Golden tests: whole runs, compared byte for byte with files whose origin is written down.

    run.py UTFALL FOLDER [--update] [CASE...]   run the cases in FOLDER, or those named
    run.py --why FOLDER                         run what the cases' WHY.md show

A case is a folder with
    cmd       one command a line: arguments of utfall, then `> FILE` for its output; `{out}` is a fresh
              folder, and every file in it afterwards is compared
    WHY.md    how the expected files are known without utfall; a case without it fails. Each line that
              starts with `$ ` in a fenced block `console` is run, and must print what stands below it
    any other file with a name ending in .tsv, .txt, .xml, .html, .svg: what is expected
Commands run in the top folder of the source tree. Nothing is rewritten without --update.
"""
import argparse
import difflib
import os
import shlex
import subprocess
import sys
import tempfile

EXPECTED = (".tsv", ".txt", ".xml", ".html", ".svg")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def run_commands(utfall, case, out):
    """Run each line of cmd; gives the faults."""
    with open(os.path.join(case, "cmd"), encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if line and not line.startswith("#")]
    for line in lines:
        line, _, target = line.replace("{out}", out).partition(" > ")
        done = subprocess.run([utfall] + shlex.split(line), cwd=ROOT, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120)
        if done.returncode != 0:
            return ["`utfall %s` gave exit code %d\n%s" % (line, done.returncode,
                                                         done.stderr.decode("utf-8", "replace"))]
        if target:
            with open(os.path.join(out, target.strip()), "wb") as file:
                file.write(done.stdout)
    return []


def difference(name, expected, found):
    lines = [text.decode("utf-8", "replace").splitlines() for text in (expected, found)]
    shown = list(difflib.unified_diff(lines[0], lines[1], "expected/" + name, "found/" + name,
                                      lineterm="", n=0))
    return "\n".join(shown[:12]) or "%s: bytes differ" % name


def check_case(utfall, case, update):
    if not os.path.exists(os.path.join(case, "WHY.md")):
        return ["no WHY.md: nobody can tell why these figures are right"]
    with tempfile.TemporaryDirectory(prefix="utfall-golden-") as out:
        faults = run_commands(utfall, case, out)
        if faults:
            return faults
        if update:
            for name in os.listdir(out):
                with open(os.path.join(case, name), "wb") as file:
                    file.write(read(os.path.join(out, name)))
        expected = {name for name in os.listdir(case) if name.endswith(EXPECTED)}
        found = set(os.listdir(out))
        faults += ["%s is expected and was not made" % name for name in sorted(expected - found)]
        faults += ["%s was made and is not expected" % name for name in sorted(found - expected)]
        if not expected:
            faults.append("no expected file")
        for name in sorted(expected & found):
            pair = read(os.path.join(case, name)), read(os.path.join(out, name))
            if pair[0] != pair[1]:
                faults.append(difference(name, *pair))
    return faults


def examples(path):
    """Commands in a WHY.md with what they must print."""
    out, inside = [], False
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("```"):
                inside = line == "```console"
            elif inside and line.startswith("$ "):
                out.append((line[2:], []))
            elif inside:
                out[-1][1].append(line)
    return out


def check_why(case):
    faults = []
    shown = examples(os.path.join(case, "WHY.md"))
    if not shown:
        faults.append("WHY.md shows no command")
    for command, expected in shown:
        done = subprocess.run(["sh", "-c", command], cwd=ROOT, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        found = done.stdout.decode("utf-8", "replace").splitlines()
        if found != expected:
            faults.append("$ %s\n%s" % (command, difference(
                "output", "\n".join(expected).encode(), "\n".join(found).encode())))
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--why", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("arguments", nargs="+")
    options = parser.parse_args()
    utfall = None if options.why else os.path.abspath(options.arguments.pop(0))
    folder, names = options.arguments[0], options.arguments[1:]
    names = names or sorted(name for name in os.listdir(folder)
                            if os.path.isdir(os.path.join(folder, name)) and name != "__pycache__")
    failures = 0
    for name in names:
        case = os.path.join(folder, name)
        faults = check_why(case) if options.why else check_case(utfall, case, options.update)
        print("%s %s" % ("FAIL" if faults else "ok  ", name))
        print("\n".join(faults), end="\n" if faults else "")
        failures += bool(faults)
    return 1 if failures or not names else 0


if __name__ == "__main__":
    sys.exit(main())
