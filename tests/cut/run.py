#!/usr/bin/env python3
"""A settlement killed at every step: each file is the old one or the new one, and the same command puts all right.

    tests/cut/run.py build/release/utfall build/release/tests/cut/libcut.so

The smallest contract is settled in an empty folder, and in one where an earlier settlement of other costs lies, and
killed before the first, second, ... call that makes, writes, syncs or names a file, until it comes through.
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
UTFALL, CUT = (os.path.abspath(a) for a in sys.argv[1:3])
LEDGER, DETAIL, SECRET = ("minimal." + end for end in ("ledger.xml", "detail.xml", "secret"))
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def run(folder, *words, **environment):
    return subprocess.run([UTFALL, *words], cwd=folder, env=dict(os.environ, LC_ALL="C", **environment),
                          capture_output=True, text=True, timeout=60)


def settle(folder, **environment):
    return run(folder, "settle", "case/contract.yaml", "--out", "out", "--quiet", **environment)


def files(folder):
    out, found = os.path.join(folder, "out"), {}
    for name in os.listdir(out) if os.path.isdir(out) else ():
        with open(os.path.join(out, name), "rb") as file:
            found[name] = file.read()
    return found


def verify(folder):
    return run(folder, "verify", "out/" + LEDGER, "--detail", "out/" + DETAIL, "--secret", "out/" + SECRET, "--data",
               "case")


def is_temporary(name):
    base, _, digits = name.rpartition(".")
    return base in (LEDGER, DETAIL, SECRET) and len(digits) == 16 and not digits.strip("0123456789abcdef")


def expect_no_halves(what, found, old, new, folder):
    """Only whole files under their names, and no new ledger without its detail file."""
    for name, content in found.items():
        check(is_temporary(name) or content in (old.get(name), new.get(name)) or (name == SECRET and SECRET not in old
              and len(content) == 65), f"{what}: {name} is neither the old nor the new file")
    if found.get(LEDGER) == new[LEDGER]:
        check(found.get(DETAIL) == new[DETAIL], f"{what}: the new ledger stands there without its detail file")
    if LEDGER in found and DETAIL in found and found[LEDGER] == old.get(LEDGER) and found[DETAIL] != old[DETAIL]:
        done = run(folder, "verify", "out/" + LEDGER, "--detail", "out/" + DETAIL)
        check(done.returncode == 1 and "cut off between the two, settle again" in done.stderr,
              f"{what}: verify does not tell what happened: {done.stderr}")
        return 1
    return 0


def cut_everywhere(root, name, old_folder):
    """Settle killed at call 1, 2, ...; `old_folder` holds the files of an earlier settlement, or NULL."""
    pairs = 0
    for call in range(1, 200):
        what = f"{name}, call {call}"
        folder = os.path.join(root, f"{name}-{call}")
        os.makedirs(folder)
        shutil.copytree(os.path.join(root, "case"), os.path.join(folder, "case"))
        if old_folder:
            shutil.copytree(os.path.join(old_folder, "out"), os.path.join(folder, "out"))
        old = files(folder)
        done = settle(folder, LD_PRELOAD=CUT, CUT_AT=str(call))
        if done.returncode == 0:
            break
        check(done.returncode == -signal.SIGKILL, f"{what}: exit {done.returncode}: {done.stderr}")
        found = files(folder)
        again = settle(folder)
        check(again.returncode == 0, f"{what}: settling again: {again.stderr}")
        new = files(folder)
        check(sorted(new) == sorted((LEDGER, DETAIL, SECRET)), f"{what}: {sorted(new)} are left")
        checked = verify(folder)
        check(checked.returncode == 0, f"{what}: {checked.stdout}{checked.stderr}")
        with tempfile.TemporaryDirectory(dir=root) as cut:  # as it was after the kill
            os.makedirs(os.path.join(cut, "out"))
            for file, content in found.items():
                with open(os.path.join(cut, "out", file), "wb") as to:
                    to.write(content)
            pairs += expect_no_halves(what, found, old, new, cut)
    check(10 < call < 199, f"{name}: {call} calls were cut off")
    return pairs


def in_order(root):
    """Everything is on disk before a name changes, and a name before the next one."""
    folder, log = os.path.join(root, "order"), os.path.join(root, "log")
    os.makedirs(folder)
    shutil.copytree(os.path.join(root, "case"), os.path.join(folder, "case"))
    check(settle(folder).returncode == 0, "settles")
    check(settle(folder, LD_PRELOAD=CUT, CUT_LOG=log).returncode == 0, "settles again")
    with open(log, encoding="ascii") as file:
        calls = [line for line in file.read().split() if line != "write"]
    check(calls == ["open", "fsync", "open", "fsync", "rename", "fsync", "rename", "fsync"], f"the order is {calls}")


def main():
    with tempfile.TemporaryDirectory(prefix="utfall-cut-") as root:
        shutil.copytree(os.path.join(ROOT, "contracts", "minimal"), os.path.join(root, "case"))
        before = os.path.join(root, "before")
        shutil.copytree(os.path.join(root, "case"), os.path.join(before, "case"))
        costs = os.path.join(before, "case", "data", "costs.csv")
        with open(costs, "rb") as file:
            lines = file.read().splitlines(keepends=True)
        with open(costs, "wb") as file:
            file.writelines(lines[:2] + lines[3:])  # a row of the first month that counts
        check(settle(before).returncode == 0, "the earlier settlement")
        check(cut_everywhere(root, "empty", None) == 0, "empty: a ledger and a detail file that do not belong together")
        check(cut_everywhere(root, "earlier", before) > 0, "earlier: no cut between the two names was seen")
        in_order(root)
    if failures:
        sys.exit(f"{len(failures)} failed")
    print("cut off anywhere, whole everywhere")


if __name__ == "__main__":
    main()
