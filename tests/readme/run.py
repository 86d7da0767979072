#!/usr/bin/env python3
"""What README.md says must hold.

    run.py table    UTFALL   the table of follow-ups against `utfall facts`
    run.py figures  UTFALL   the pictures against `utfall report --as svg`
    run.py commands UTFALL   every command of the section on trust, on a fresh ledger
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
    with tempfile.TemporaryDirectory() as folder:
        settled(utfall, folder)
        for command in found:
            done = run(["bash", "-c", command.replace("out/", folder + "/")])
            expect(done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    {"table": table, "figures": figures, "commands": commands}[sys.argv[1]](os.path.abspath(sys.argv[2]))
    print("\n".join(FAULTS) or "README.md holds")
    sys.exit(1 if FAULTS else 0)
