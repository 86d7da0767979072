#!/usr/bin/env python3
"""Tables large enough for several threads, read in many ways: the same figures and findings every time.

    tests/scale/run.py build/dev/utfall build/dev/tests/scale/generate

A table of several megabytes is read by 1, 2, 3 and 7 threads, sorted and shuffled, with cells in quotation marks,
with line ends of two bytes, with rows that go over several lines, with faults at its end, and with amounts at the
edge of what can be counted. The data are synthetic.
"""
import hashlib
import os
import re
import subprocess
import sys
import tempfile

UTFALL, GENERATE = (os.path.abspath(a) for a in sys.argv[1:3])
THREADS = (1, 2, 3, 7)
ROWS, PERSONS, MONTHS, SEED = 150000, 4000, 24, 5
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def generate(folder, order, *more):
    os.makedirs(folder)
    subprocess.run([GENERATE, folder, str(ROWS), str(PERSONS), str(MONTHS), str(SEED), order, *more], check=True)
    return folder


def settle(folder, threads):
    """(exit code, facts of the ledger without digests, findings)."""
    out = os.path.join(folder, "out")
    done = subprocess.run([UTFALL, "settle", os.path.join(folder, "contract.yaml"), "--out", out, "--detail", "none",
        "--quiet",
                           "--threads", str(threads)], capture_output=True, text=True)
    ledger = os.path.join(out, "bench.ledger.xml")
    data = b""
    if done.returncode == 0:
        with open(ledger, "rb") as file:
            data = file.read()
        os.remove(ledger)
    return done.returncode, data, done.stderr


def same_for_all_threads(folder):
    first = settle(folder, THREADS[0])
    for threads in THREADS[1:]:
        check(settle(folder, threads) == first, f"{os.path.basename(folder)}: {threads} threads differ from one")
    return first


def figures(ledger):
    """The ledger without what says how the files were written: their digests and sizes."""
    return re.sub(rb' recorded_sha256="[^"]*"', b"", re.sub(rb'<input bytes="[0-9]*"([^>]*) sha256="[^"]*"',
        rb"<input\1", ledger))


def rewrite(folder, name, change):
    path = os.path.join(folder, name)
    with open(path, "rb") as file:
        text = file.read()
    with open(path, "wb") as file:
        file.write(change(text))


def good_tables(root):
    base = same_for_all_threads(generate(os.path.join(root, "shuffled"), "shuffled"))
    check(base[0] == 0, "shuffled: settles: " + base[2])
    with open(os.path.join(root, "shuffled", "costs.csv"), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest().encode()
    check(digest in base[1], "shuffled: the ledger names the digest of the costs")
    ways = {"sorted": ("sorted",), "quoted": ("shuffled", "quoted")}
    for name, arguments in ways.items():
        got = same_for_all_threads(generate(os.path.join(root, name), *arguments))
        check(got[0] == 0 and figures(got[1]) == figures(base[1]),
            f"{name}: the figures are those of the shuffled table")
    changes = {
        "crlf": lambda text: text.replace(b"\n", b"\r\n"),
        "no-end": lambda text: text[:-1],
        "blank-lines": lambda text: text.replace(b"\np00000", b"\n\n\np00000"),
        "marked": lambda text: b"\xef\xbb\xbf" + text,
        "letters": lambda text: text.replace(b"foster home", "familjehem på väg".encode()),
        "spaced": lambda text: text.replace(b";child;", b"; child ;"),
        # some cells over two lines: from there on the table is read row by row
        "two-lines": lambda text: text[:3000000] + text[3000000:].replace(b"foster home", b'"foster\nhome"', 50),
        "quoted-some": lambda text: text.replace(b";secure residential unit;", b';"secure residential unit";', 900),
    }
    for name, change in changes.items():
        folder = generate(os.path.join(root, name), "shuffled")
        rewrite(folder, "costs.csv", change)
        got = same_for_all_threads(folder)
        check(got[0] == 0 and figures(got[1]) == figures(base[1]),
            f"{name}: the figures are those of the plain table: {got[2]}")


def faults(root):
    folder = generate(os.path.join(root, "faults"), "shuffled")

    def spoil(text):
        lines = text.split(b"\n")
        cells = lines[-3].split(b";")
        lines[-3] = b";".join(cells[:4] + [b"12x.00"])
        lines[70000 // 2] = b"stranger;2014-01;child;foster home;1.00"
        lines[len(lines) // 3] = b"only;four;cells;here"
        return b"\n".join(lines)

    with open(os.path.join(folder, "costs.csv"), "rb") as file:
        count = file.read().count(b"\n")
    rewrite(folder, "costs.csv", spoil)
    code, _, said = same_for_all_threads(folder)
    check(code == 3, "faults: refused")
    with open(os.path.join(folder, "costs.csv"), "rb") as file:
        lines = file.read().split(b"\n")
    column = lines[-3].index(b"12x") + 1
    check(f"costs.csv:{count - 1}:{column}: error: \"12x.00\"" in said,
        "faults: the last but one row, by line and column")
    check(f"costs.csv:{70000 // 2 + 1}:1: error: \"stranger\"" in said, "faults: the stranger's line")
    check(said.index("stranger") > 0 and "3 errors" in said, "faults: all three are told")


def edges(root):
    """Sums of amounts may reach the edges of 64 bits, in whatever order, and not go over them."""
    largest = "92233720368547758.07"
    smallest = "-92233720368547758.08"
    for name, amounts, holds in (("edge-up", [largest], True), ("edge-down", [smallest], True),
                                 ("edge-both", [largest, smallest], True), ("edge-both-turned", [smallest, largest],
                                     True),
                                 ("over-up", [largest, "0.01"], False), ("over-up-turned", ["0.01", largest], False),
                                 ("over-down", [smallest, "-0.01"], False),
                                 ("over-and-back", ["0.01", largest, "-0.01"], False),
                                 ("back-and-over", ["-0.01", largest, "0.01"], False)):
        folder = generate(os.path.join(root, name), "shuffled")

        def keep_counting(text, amounts=amounts):
            """The table with amounts of nothing, but for some at places far from each other."""
            lines = text.split(b"\n")
            rows = [b";".join(line.split(b";")[:4] + [b"0.00"]) for line in lines[1:-1]]
            # A source that is not counted: the sums of the class have to hold, and nothing else is added to.
            for i, amount in enumerate(amounts):
                at = 1 + i * (len(rows) // 3)
                cells = rows[at].split(b";")
                rows[at] = b";".join([cells[0], cells[1], b"adult", cells[3], amount.encode()])
            return b"\n".join([lines[0]] + rows) + b"\n"

        rewrite(folder, "costs.csv", keep_counting)
        code, _, said = same_for_all_threads(folder)
        check((code == 0) == holds, f"{name}: {'settles' if holds else 'is refused'}: {said}")
        if not holds:
            check("too large to be counted" in said, f"{name}: says why")


def portfolio(root):
    folder = os.path.join(root, "portfolio")
    for name in ("one", "two", "three"):
        one = os.path.join(folder, name)
        os.makedirs(one)
        subprocess.run([GENERATE, one, "2000", "100", "12", "1", "shuffled"], check=True)
        rewrite(one, "contract.yaml", lambda text, name=name: text.replace(b"id: bench", b"id: " + name.encode()))
    rewrite(os.path.join(folder, "two"), "costs.csv", lambda text: text + b"nobody;2014-01;child;x;1.00\n")
    seen = []
    for threads in THREADS:
        out = os.path.join(root, "portfolio-out")
        done = subprocess.run([UTFALL, "settle", folder, "--out", out, "--detail", "none", "--threads", str(threads)],
                              capture_output=True, text=True)
        seen.append((done.returncode, done.stdout, done.stderr))
    check(all(one == seen[0] for one in seen), "portfolio: the same for any number of threads")
    code, text, said = seen[0]
    rows = [line.split(",") for line in text.splitlines()]
    dues = [line for line in rows if line[0] == "due"]
    check(code == 3 and sum(line[0] == "failed" for line in rows) == 1, "portfolio: one failed")
    check("nobody" in said, "portfolio: says what is wrong with it")
    check([line[1] for line in dues] == ["one", "three"], "portfolio: the others were settled")
    check(sorted(os.listdir(out)) == ["one.ledger.xml", "three.ledger.xml"], "portfolio: and their ledgers written")
    for kind in ("paid", "received"):
        total = [line[5] for line in rows if line[0] == kind]
        ore = sum(int(line[5].replace(".", "")) for line in dues)
        check([int(t.replace(".", "")) for t in total] == [ore], f"portfolio: {kind} in all is the sum of what is due")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def detail(root):
    """The detail file, and verify by it and by the tables: the same for any number of threads."""
    folder = generate(os.path.join(root, "detail"), "shuffled")
    out = os.path.join(folder, "out")
    ledger, people, secret = (os.path.join(out, "bench." + end) for end in ("ledger.xml", "detail.xml", "secret"))
    made = []
    for threads in THREADS:
        done = subprocess.run([UTFALL, "settle", os.path.join(folder, "contract.yaml"), "--out", out, "--quiet",
                               "--threads", str(threads)], capture_output=True, text=True)
        check(done.returncode == 0, f"detail: settles by {threads} threads: {done.stderr}")
        made.append((read(ledger), read(people)))
    check(all(one == made[0] for one in made), "detail: the same bytes for any number of threads")
    check(made[0][1].count(b"\n<person ") == PERSONS, "detail: one line a person")

    def verify(code, said, *words):
        seen = []
        for threads in THREADS:
            done = subprocess.run([UTFALL, "verify", ledger, *words, "--threads", str(threads)], capture_output=True,
                                  text=True)
            seen.append((done.returncode, done.stdout, done.stderr))
        check(all(one == seen[0] for one in seen), f"verify: the same for any number of threads: {words}")
        check(seen[0][0] == code and said in seen[0][1] + seen[0][2], f"verify: {said}: {seen[0]}")

    replay = ("--detail", people, "--secret", secret)
    verify(0, "digest and Merkle root agree", *replay)
    verify(0, "same files, same rows, same sums", "--data", folder)
    verify(0, "VALID in all", "--data", folder, *replay)
    with open(os.path.join(root, "other.secret"), "w", encoding="ascii") as file:
        file.write("0" * 64)
    os.chmod(os.path.join(root, "other.secret"), 0o600)
    verify(1, "is this the secret", "--detail", people, "--secret", os.path.join(root, "other.secret"))
    rewrite(folder, "costs.csv", lambda text: text + b"stranger;2014-01;child;foster home;1.00\n")
    verify(1, "stranger", "--data", folder)
    rewrite(out, "bench.detail.xml", lambda text: text.replace(b' start="2014-', b' start="2015-', 1))
    verify(1, "not the detail file that the ledger names", *replay)


def main():
    with tempfile.TemporaryDirectory() as root:
        good_tables(root)
        faults(root)
        edges(root)
        portfolio(root)
        detail(root)
    if failures:
        sys.exit(f"{len(failures)} failed")
    print("the same by every way")


if __name__ == "__main__":
    main()
