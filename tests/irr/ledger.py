"""RETURN-1, BUDGET-1, PROVIDER-1 in ledgers: ledger.py UTFALL TREE.

A ledger with a return or with a budget validates and verifies; a figure of it that does not follow is found out;
without the terms a ledger holds none."""
import pathlib
import subprocess
import sys
import tempfile

utfall, tree = sys.argv[1], pathlib.Path(sys.argv[2])
faults = []


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=60)


def expect(is_so, words):
    if not is_so:
        faults.append(words)


with tempfile.TemporaryDirectory() as folder:
    for name in ("by-day", "by-month", "nothing-back"):
        out = pathlib.Path(folder) / name
        out.mkdir()
        contract = tree / "tests/golden/investor-return" / (name + ".yaml")
        done = run(utfall, "settle", contract, "--out", out, "--detail", "none", "--quiet")
        expect(done.returncode == 0, f"{name}: {done.stderr}")
        ledger = next(out.glob("*.ledger.xml"))
        schema = run("xmllint", "--noout", "--nonet", "--schema", tree / "ledger/ledger-1.xsd", ledger)
        expect(schema.returncode == 0, f"{name}: {schema.stderr}")
        expect(run(utfall, "verify", ledger).returncode == 0, f"{name}: does not verify")
        facts = run(utfall, "facts", contract).stdout
        expect(run(utfall, "facts", ledger).stdout == facts, f"{name}: the ledger's facts differ from the contract's")
        text = ledger.read_text()
        forged = text.replace('verdict="found"', 'verdict="none"').replace('verdict="one_way"', 'verdict="found"')
        expect(forged != text, f"{name}: no verdict to forge")
        ledger.write_text(forged)
        expect(run(utfall, "verify", ledger).returncode == 1, f"{name}: a forged verdict was not found")
        for language, words in (("sv", "Internränta"), ("en", "Internal rate of return")):
            ledger.write_text(text)
            for form in ("text", "html"):
                page = run(utfall, "report", ledger, "--as", form, "--lang", language).stdout
                expect(words in page, f"{name}: no {words} in the report ({form})")
    plain = pathlib.Path(folder) / "plain"
    plain.mkdir()
    run(utfall, "settle", tree / "contracts/minimal/contract.yaml", "--out", plain, "--detail", "none", "--quiet")
    expect("<return" not in next(plain.glob("*.ledger.xml")).read_text(), "a return that nobody asked for")

with tempfile.TemporaryDirectory() as folder:
    contract = tree / "tests/golden/project-cost/tutoring.yaml"
    done = run(utfall, "settle", contract, "--out", folder, "--quiet")
    expect(done.returncode == 0, f"tutoring: {done.stderr}")
    ledger, detail, secret = (next(pathlib.Path(folder).glob("*." + end))
                              for end in ("ledger.xml", "detail.xml", "secret"))
    schema = run("xmllint", "--noout", "--nonet", "--schema", tree / "ledger/ledger-1.xsd", ledger)
    expect(schema.returncode == 0, f"tutoring: {schema.stderr}")
    done = run(utfall, "verify", ledger, "--detail", detail, "--secret", secret, "--data", contract.parent)
    expect(done.returncode == 0, f"tutoring: {done.stdout}{done.stderr}")
    expect(run(utfall, "facts", ledger).stdout == run(utfall, "facts", contract).stdout, "tutoring: facts differ")
    text = ledger.read_text()
    for now, forged in (('amount="18000000" months="32"', 'amount="17000000" months="32"'),
                        ('amount="18000000" months="32"', 'amount="18000000" months="31"'),
                        (' released="false"', ' released="true"')):
        expect(now in text, f"tutoring: no {now}")
        ledger.write_text(text.replace(now, forged))
        expect(run(utfall, "verify", ledger).returncode == 1, f"tutoring: {forged} was not found out")

for fault in faults:
    print(fault)
sys.exit(1 if faults else 0)
