#!/usr/bin/env python3
"""What README.md says must hold.

    run.py table    UTFALL   the table of follow-ups against `utfall facts`
    run.py figures  UTFALL   the pictures against `utfall report --as svg`
    run.py commands UTFALL   every command of the section on trust, on a fresh ledger
    run.py words    UTFALL   the PATH, where settle writes, what a folder gives, what is kept out of git
"""
import os
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASE = "contracts/norrkoping-2016/"
FAULTS = []


def expect(is_so, words):
    if not is_so:
        FAULTS.append(words)


def run(command, **more):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
                          **more)


def readme():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return file.read()


def rounded(value, digits):
    """`value` with so many decimals, halves away from zero."""
    scaled = abs(value) * 10 ** digits
    whole = int(scaled + Fraction(1, 2))
    text = f"{whole // 10 ** digits}.{whole % 10 ** digits:0{digits}d}"
    return ("-" if value < 0 and whole else "") + text


def table(utfall):
    rows = re.findall(r"^\| `([a-z0-9-]+\.yaml)` \|[^|]*\|\s*([^|]+?) \|\s*([^|]+?) \|$", readme(), re.M)
    expect(len(rows) >= 6, f"only {len(rows)} rows of the table were found")
    for name, saving, due in rows:
        done = run([utfall, "facts", CASE + name])
        expect(done.returncode == 0, f"{name}: facts gave {done.returncode}\n{done.stderr}")
        facts = dict(line.split("\t", 1) for line in done.stdout.splitlines())
        found = rounded(Fraction(facts["saving.total"]) / 100_000_000, 1)
        found = found if found.startswith("-") else "+" + found
        expect(found == saving, f"{name}: the saving is {found} MSEK, README says {saving}")
        kronor = rounded(Fraction(facts["due.norrkoping.lsv"]) / 100, 2)
        expect(kronor == due.replace(" ", ""), f"{name}: {kronor} SEK is due, README says {due}")


def settled(utfall, folder):
    keys = os.path.join(folder, "keys")
    done = run([utfall, "keygen", keys])
    expect(done.returncode == 0, "keygen: " + done.stderr)
    done = run([utfall, "settle", CASE + "contract.yaml", "--out", folder, "--quiet", "--key", keys + "/test-seal.key",
                "--cert", keys + "/test-seal.pem"])
    expect(done.returncode == 0, "settle: " + done.stderr)
    return os.path.join(folder, "norrkoping-2016.ledger.xml")


def figures(utfall):
    with tempfile.TemporaryDirectory() as folder:
        ledger = settled(utfall, folder)
        for language in ("sv", "en"):
            name = f"{CASE}figure.{language}.svg"
            done = run([utfall, "report", ledger, "--as", "svg", "--lang", language])
            with open(os.path.join(ROOT, name), encoding="utf-8") as file:
                expect(done.stdout == file.read(), f"{name} is not what utfall report draws now")


def commands(utfall):
    """Indented commands below "Trust without us", with out/ replaced by a fresh folder."""
    section = readme().split("## Trust without us", 1)[1].split("\n## ", 1)[0]
    found = re.sub(r"\\\n\s*", "", section)
    found = [line.strip() for line in found.splitlines() if line.startswith("    ")]
    expect(len(found) >= 3, f"only {len(found)} commands were found")
    whole = [command for command in found if command.startswith("utfall verify ")]
    expect(len(whole) == 1, f"utfall verify is there {len(whole)} times, not once")
    path = os.path.dirname(utfall) + os.pathsep + os.environ["PATH"]
    with tempfile.TemporaryDirectory() as folder:
        settled(utfall, folder)
        for command in found:
            done = run(["bash", "-c", command.replace("out/", folder + "/")], env={**os.environ, "PATH": path})
            expect(done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}")
            expect(command not in whole or not re.search(r"not (done|read|checked)|needs", done.stdout.lower()),
                   f"{command} leaves something out\n{done.stdout}")


def words(utfall):
    text = readme()
    place = re.search(r"the program is `([^`]+)/utfall`", text)[1]
    export = re.search(r'^    (export PATH=.*)$', text, re.M)[1]
    done = run(["bash", "-c", export + ' && echo "${PATH%%:*}"'])
    expect(done.stdout == os.path.join(ROOT, place) + "\n", f"{export} gives {done.stdout}, not {place}")
    with tempfile.TemporaryDirectory() as folder:
        for name, source in (("a/contract.yaml", "contract.yaml"), ("a/data", "data"),
                             ("b.yaml", "contract.yaml")):
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            os.symlink(os.path.join(ROOT, "contracts/minimal", source), os.path.join(folder, name))
        done = subprocess.run([utfall, "settle", "."], cwd=folder, capture_output=True, text=True, timeout=120)
        expect(done.returncode == 0 and done.stdout.count("\ndue,minimal,") == 1,
               f"of a folder, contract.yaml alone is settled\n{done.stdout}{done.stderr}")
        made = sorted(name for name in os.listdir(folder) if name.startswith("minimal."))
        expect(made == ["minimal.detail.xml", "minimal.ledger.xml", "minimal.secret"],
               f"without --out, the files are in the folder one stands in, not {made}")
        with open(os.path.join(ROOT, ".gitignore"), encoding="utf-8") as file:
            kept_out = file.read().split("\n")
        expect("*.detail.xml" in kept_out and "*.secret" in kept_out, "what is about persons is kept out")


if __name__ == "__main__":
    checks = {"table": table, "figures": figures, "commands": commands, "words": words}
    checks[sys.argv[1]](os.path.abspath(sys.argv[2]))
    print("\n".join(FAULTS) or "README.md holds")
    sys.exit(1 if FAULTS else 0)
