"""Whole-program tests of the door: words that contradict each other, verdicts, what a failure leaves alone.

    run.py CHECK UTFALL      CHECK: words, verdicts, sources, failures, evidence, json, schemas,
                             portfolio

words      wrong use is exit code 2 with its reason, before anything is read or written
helps      the help lists every exit code, and says that settle takes a folder
checks     check says what was not read, and which tables are missing
verdicts   verify says NOT VALID of ledgers only, never because it was asked wrongly or could not read
sources    verify --data takes every file that the ledger names, the contract's files included
failures   a settlement that cannot be sealed leaves the files of the one before as they were
evidence   a sealed ledger is replaced on demand only
json       findings for programs: the same as in text, one object a line
portfolio  many contracts in one run: each as if alone, faults apart, sums by payer and receiver
schemas    xmllint finds both files of every contract valid and canonical, and faults in a faulty one
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MINIMAL = os.path.join(ROOT, "contracts", "minimal")
EXTENDED = os.path.join(ROOT, "contracts", "norrkoping-2016")
MADE, SEALED = "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"
FAULTS = []

# Words after a command's name, and how the first line of standard error ends.
WRONG = (
    ("settle C --out a --out b", '--out is there twice: "b"'),
    ("settle C --quiet --quiet", '"--quiet" is there twice'),
    ("settle C --key k", "a seal needs --key and --cert, or --p12"),
    ("settle C --cert c", "a seal needs --key and --cert, or --p12"),
    ("settle C --p12 p --key k", "a seal needs --key and --cert, or --p12"),
    ("settle C --p12 p --key k --cert c", "a seal needs --key and --cert, or --p12"),
    ("settle C --password-file f", "--password-file is for a seal: name its --key and --cert, or --p12"),
    ("settle C --signing-time " + SEALED, "--signing-time is for a seal: name its --key and --cert, or --p12"),
    ("settle C --key k --cert c --signing-time 2026-02-30T00:00:00Z",
     '--signing-time is a time YYYY-MM-DDThh:mm:ssZ, not "2026-02-30T00:00:00Z"'),
    ("settle C --detail none --secret s", "--secret is for the detail file, and --detail none asks for none"),
    ("settle C --previous a --previous b", '--previous is there twice: "b"'),
    ("settle C --reason r", "--reason is for the ledger that --previous names"),
    ("settle C --trust t", "--trust is for the ledger that --previous names"),
    ("seal L", "a seal needs --key and --cert, or --p12"),
    ("verify L --at yesterday", '--at is a time YYYY-MM-DDThh:mm:ssZ, not "yesterday"'),
    ("verify L --any-signer --trust r", "--any-signer leaves open who sealed, --trust asks"),
    ("verify L --any-signer --signer i", "--any-signer leaves open who sealed, --signer asks"),
    ("verify L --secret s", "--secret is for the detail file: name it with --detail"),
    ("verify L --threads 2", "--threads is for what --data and --detail name"),
    ("verify L --data d --threads 0", '--threads is a number from 1 to 64, not "0"'),
    ("verify L --data d --threads 65", '--threads is a number from 1 to 64, not "65"'),
    ("keygen K --at 99", '--at is a time YYYY-MM-DDThh:mm:ssZ, not "99"'),
)
EPOCHS = ("abc", "-1", " 5", "5 ", "+5", "1e9", "7258118400", "9223372036854775808")


def expect(is_so, what):
    if not is_so:
        FAULTS.append(what)
        print("FAILED: %s" % what)


class Tried:
    """A folder with a test key and the smallest contract's sealed ledger."""

    def __init__(self, utfall, folder):
        self.utfall, self.folder = utfall, folder
        self.contract = os.path.join(MINIMAL, "contract.yaml")
        self.made("keygen", "keys", "--at", MADE)
        self.made("settle", self.contract, "--quiet", "--out", "out", *self.key(), "--signing-time", SEALED)
        self.ledger, self.detail = "out/minimal.ledger.xml", "out/minimal.detail.xml"

    def run(self, *words, **environment):
        plain = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
        return subprocess.run([self.utfall, *words], cwd=self.folder, env=dict(plain, LC_ALL="C", **environment),
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)

    def made(self, *words):
        done = self.run(*words)
        if done.returncode:
            sys.exit("%s: %s" % (" ".join(words), done.stderr))

    def key(self):
        return "--key", "keys/test-seal.key", "--cert", "keys/test-seal.pem"

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def files(self):
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[path] = file.read()
        return found


def words(t):
    before = t.files()
    for line, said in WRONG:
        done = t.run(*[{"C": t.contract, "L": t.ledger}.get(w, w) for w in line.split()])
        first = done.stderr.split("\n")[0]
        expect(done.returncode == 2 and first == "utfall: " + said,
               "%s: exit %d, %r" % (line, done.returncode, first))
        expect(done.stdout == "", "%s: standard output" % line)
    for epoch in EPOCHS:
        for line in (("settle", t.contract, "--out", "new"), ("verify", t.ledger), ("keygen", "new")):
            done = t.run(*line, SOURCE_DATE_EPOCH=epoch)
            first = done.stderr.split("\n")[0]
            expect(done.returncode == 2 and first.endswith('since 1970, not "%s"' % epoch),
                   "%s with SOURCE_DATE_EPOCH=%r: exit %d, %r" % (line[0], epoch, done.returncode, first))
    expect(t.files() == before, "wrong use made or changed files")
    done = t.run("seal", t.ledger, *t.key(), SOURCE_DATE_EPOCH="")
    expect(done.returncode == 3 and "sealed already" in done.stderr, "an empty SOURCE_DATE_EPOCH is none")


def verdicts(t):
    with open(t.path("not-a-secret"), "w", encoding="ascii") as file:
        file.write("no")
    os.chmod(t.path("not-a-secret"), 0o600)
    root = ("--trust", "keys/test-root.pem", "--at", SEALED)
    for line, code in ((("verify", "nowhere.xml"), 4), (("verify", "/dev/null"), 4),
                       (("verify", t.ledger, "--trust", "nowhere.pem"), 4),
                       (("verify", t.ledger, "--trust", "keys/test-seal.key"), 4),
                       (("verify", t.ledger, *root, "--detail", "nowhere.xml"), 4),
                       (("verify", t.ledger, *root, "--detail", t.detail, "--secret", "nowhere"), 4),
                       (("verify", t.ledger, *root, "--detail", t.detail, "--secret", "not-a-secret"), 3),
                       (("verify", t.ledger, *root, "--data", "nowhere"), 4)):
        done = t.run(*line)
        expect(done.returncode == code and done.stdout.endswith("\nNOT CHECKED\n"),
               "%s: exit %d\n%s%s" % (" ".join(line), done.returncode, done.stdout, done.stderr))
        expect("NOT valid" not in done.stderr and "the ledger could not be checked" in done.stderr,
               "%s: %s" % (" ".join(line), done.stderr))
    said = "NOT DECIDED: all that was checked holds, but nobody was named who vouches for the signer; give --trust "
    done = t.run("verify", t.ledger)
    expect(done.returncode == 1 and done.stdout.endswith("\n" + said + "CERTIFICATE, or --any-signer\n"),
           "nobody was named: exit %d\n%s" % (done.returncode, done.stdout))
    expect("NOT valid" not in done.stderr and "error:" not in done.stderr and "--trust FILE" in done.stderr,
           "nobody was named: %s" % done.stderr)
    for line in ((t.detail,), (t.ledger, "--detail", t.ledger), (t.ledger, "--signer", "NTRSE-000000-0001"),
                 (t.ledger, *root, "--detail", t.ledger)):
        done = t.run("verify", *line)
        expect(done.returncode == 1 and done.stdout.endswith("\nNOT VALID\n"),
               "%s: exit %d\n%s%s" % (" ".join(line), done.returncode, done.stdout, done.stderr))
    done = t.run("verify", t.ledger, *root, "--detail", t.detail, "--secret", "out/minimal.secret",
                 "--data", MINIMAL)
    expect(done.returncode == 0 and done.stdout.endswith("\nVALID in all that was checked\n"), done.stdout)


def helps(t):
    done = t.run("--help")
    expect(done.returncode == 0, "--help: exit %d" % done.returncode)
    codes = " ".join(done.stdout.split("exit codes: ")[1].split())
    told = [part.split()[0] for part in codes.split(", ") if part[0].isdigit()]
    expect(told == ["0", "1", "2", "3", "4", "70", "130"], "exit codes: %s" % codes)
    done = t.run("settle", "--help")
    first = done.stdout.split("\n--")[0]
    expect(done.returncode == 0 and "settle CONTRACT|FOLDER..." in first and
           "every contract.yaml in it and below" in first, "a folder can be given: %s" % first)


def checks(t):
    shutil.copytree(MINIMAL, t.path("checked"))
    contract = os.path.join("checked", "contract.yaml")
    done = t.run("check", contract, "--lang", "en")
    expect(done.returncode == 0 and done.stdout.endswith("\n\nno fault found in contract and tables\n"), done.stdout)
    tables = sorted(os.listdir(t.path("checked", "data")))
    expect(len(tables) > 1, "there are tables to take away: %s" % tables)
    os.remove(t.path("checked", "data", "costs.csv"))
    done = t.run("check", contract, "--lang", "en")
    said = "\n\nno fault found so far; 1 table is missing: data/costs.csv. It cannot be settled yet\n"
    expect(done.returncode == 0 and done.stdout.endswith(said), "one is missing: %s" % done.stdout)
    os.remove(t.path("checked", "data", "individuals.csv"))
    for language, said in (("en", "no fault found so far; 2 tables are missing: data/individuals.csv, data/costs.csv. "
                                  "It cannot be settled yet\n"),
                           ("sv", "inga fel hittills; 2 tabeller saknas: data/individuals.csv, data/costs.csv. "
                                  "Det kan inte avräknas än\n")):
        done = t.run("check", contract, "--lang", language)
        expect(done.returncode == 0 and done.stdout.endswith("\n\n" + said), "two are missing: %s" % done.stdout)
    changed(t.path("checked", "contract.yaml"), "waterfall:", "waterfal:")
    done = t.run("check", contract)
    expect(done.returncode == 1 and done.stdout == "" and done.stderr.endswith(
        "; the tables were not read: put this right and run check again\n"), "faults in terms: %s" % done.stderr)


def changed(path, old, new):
    with open(path, encoding="utf-8") as file:
        content = file.read()
    expect(old in content, "%s has no %r" % (path, old))
    with open(path, "w", encoding="utf-8") as file:
        file.write(content.replace(old, new, 1))


def sources(t):
    name = "extended-24-6-groups"
    source = t.path("source")
    shutil.copytree(EXTENDED, source)
    t.made("settle", os.path.join(source, name + ".yaml"), "--quiet", "--out", "six", "--detail", "none")
    ledgers = [n for n in os.listdir(t.path("six")) if n.endswith(".ledger.xml")]
    ledger = os.path.join("six", ledgers[0])
    done = t.run("verify", ledger, "--data", os.path.join(source, "data"))
    expect(done.returncode == 4 and "--data is the folder that holds the contract" in done.stderr
           and 'the contract "%s.yaml" that the ledger names cannot be opened here' % name in done.stderr, done.stderr)
    done = t.run("verify", ledger, "--data", source)
    expect(done.returncode == 0 and "same files" in done.stdout, done.stdout + done.stderr)
    for file, old, new in (("contract.yaml", "share: 40%", "share: 41%"), (name + ".yaml", "\n", "\n# a remark\n"),
                           ("data/costs.csv", "\n", "\r\n")):
        changed(os.path.join(source, file), old, new)
        done = t.run("verify", ledger, "--data", source)
        expect(done.returncode == 1 and "another SHA-256" in done.stderr and file in done.stderr,
               "%s changed: exit %d, %s" % (file, done.returncode, done.stderr))
        shutil.copy(os.path.join(EXTENDED, file), os.path.join(source, file))
    os.remove(os.path.join(source, "contract.yaml"))
    done = t.run("verify", ledger, "--data", source)
    expect(done.returncode == 4 and "contract.yaml" in done.stderr, "no contract: %s" % done.stderr)
    expect("same files" not in done.stdout, "no contract: %s" % done.stdout)


def failures(t):
    shutil.copytree(MINIMAL, t.path("more"))
    changed(t.path("more", "data", "costs.csv"), "\n", "\nA,2024-01,child,home,1\n")
    before = t.files()
    contract = os.path.join("more", "contract.yaml")
    for line in ((*t.key(), "--signing-time", "2025-12-31T23:59:59Z"),
                 (*t.key(), "--signing-time", "2099-01-01T00:00:00Z"),
                 ("--key", "keys/test-seal.key", "--cert", "keys/test-root.pem")):
        done = t.run("settle", contract, "--quiet", "--replace", "--out", "out", *line)
        expect(done.returncode == 4, "%s: exit %d" % (" ".join(line), done.returncode))
        expect("nothing was written" in done.stderr, "%s: %s" % (" ".join(line), done.stderr))
        expect(t.files() == before, "%s: files were made or changed" % " ".join(line))


def evidence(t):
    before = t.files()
    for more in ((), t.key()):
        done = t.run("settle", t.contract, "--quiet", "--out", "out", *more)
        expect(done.returncode == 3 and "a sealed ledger stands here" in done.stderr, done.stderr)
        expect(t.files() == before, "a sealed ledger or its detail file was replaced")
    t.made("settle", t.contract, "--quiet", "--out", "out", "--replace")
    expect(b"Signature" not in t.files()[t.path(t.ledger)], "--replace did not replace")
    t.made("settle", t.contract, "--quiet", "--out", "out")


# Folder below "many", contract id, payer and its organisation number, receiver and its, currency, amount.
MANY = (
    ("a", "alpha", "Municipality, North", "212000-0001", 'The "First" Fund', None, "SEK", "100.50"),
    ("b/c/d", "beta", "North Municipality", "212000-0001", 'The "First" Fund', None, "SEK", "200.25"),
    ("e", "gamma", "Municipality, North", "212000-0001", "Fund", "556000-0001", "EUR", "50.01"),
    ("f", "delta", "North Municipality", None, "Another name", "556000-0001", "EUR", "1 000 000"),
    ("g", "zero", "North Municipality", None, "Another name", "556000-0001", "SEK", "0"),
)
SUMS = """kind,contract,from,to,currency,amount
due,alpha,"Municipality, North","The ""First"" Fund",SEK,100.50
due,beta,North Municipality,"The ""First"" Fund",SEK,200.25
due,gamma,"Municipality, North",Fund,EUR,50.01
due,delta,North Municipality,Another name,EUR,1000000.00
due,zero,North Municipality,Another name,SEK,0.00
paid,,"Municipality, North",,SEK,300.75
paid,,"Municipality, North",,EUR,50.01
paid,,North Municipality,,EUR,1000000.00
paid,,North Municipality,,SEK,0.00
received,,,"The ""First"" Fund",SEK,300.75
received,,,Fund,EUR,1000050.01
received,,,Another name,SEK,0.00
"""


def party(id, role, name, number):
    return "{id: %s, role: %s, name: '%s'%s}" % (id, role, name, ", org_number: '%s'" % number if number else "")


def many(t, faulty):
    """A folder of contracts that pay a fixed amount each, and of others that cannot be settled."""
    for folder, id, payer, payer_number, receiver, receiver_number, currency, amount in MANY:
        path = t.path("many", folder)
        shutil.copytree(MINIMAL, path)
        with open(os.path.join(path, "contract.yaml"), "w", encoding="utf-8") as file:
            file.write("utfall: 1\nextends: base.yaml\ncontract: {id: %s, currency: %s}\nparties: [%s, %s]\n"
                       "financing: {commitment: 1 500 %s}\nrounding: {unit: 0.01 %s}\n"
                       "waterfall: [{id: all, from: payer, to: investor, fixed: %s %s}]\n"
                       % (id, currency, party("investor", "investor", receiver, receiver_number),
                          party("payer", "outcome_payer", payer, payer_number), currency, currency, amount, currency))
        shutil.copy(t.contract, os.path.join(path, "base.yaml"))
    for folder, name, old, new in faulty:
        path = t.path("many", folder)
        shutil.copytree(MINIMAL, path)
        changed(os.path.join(path, "contract.yaml"), "id: minimal", "id: of-" + folder)
        changed(os.path.join(path, name), old, new)


def settle_many(t, out, threads, *more):
    """Standard output, findings and files, with secrets that are there before."""
    os.makedirs(t.path(out))
    for name in [id for _, id, *_ in MANY] + ["of-" + letter for letter in "hbijz"]:
        with open(t.path(out, name + ".secret"), "w", encoding="ascii") as file:
            file.write("5" * 64)
        os.chmod(t.path(out, name + ".secret"), 0o600)
    done = t.run("settle", "many", "--out", out, "--threads", str(threads), *more)
    files = {os.path.relpath(path, t.path(out)): content for path, content in t.files().items()
             if path.startswith(t.path(out) + os.sep) and not path.endswith(".secret")}
    return done.returncode, done.stdout, done.stderr, files


def portfolio(t):
    many(t, ())
    code, said, told, files = settle_many(t, "all", 1)
    expect(code == 0 and said == SUMS, "sums: exit %d\n%s%s" % (code, said, told))
    expect(len(files) == 2 * len(MANY), "files: %s" % sorted(files))
    for folder, id, *_ in MANY:  # as if it were alone
        os.makedirs(t.path("alone"), exist_ok=True)
        shutil.copy(t.path("all", id + ".secret"), t.path("alone"))
        t.made("settle", os.path.join("many", folder, "contract.yaml"), "--quiet", "--out", "alone")
        for kind in (".ledger.xml", ".detail.xml"):
            with open(t.path("alone", id + kind), "rb") as file:
                expect(file.read() == files[id + kind], "%s%s is another than alone" % (id, kind))
    for threads in (2, 7, 64):
        expect(settle_many(t, "all%d" % threads, threads) == (code, said, told, files), "%d threads differ" % threads)
    done = t.run("settle", "many/e", "many/a/contract.yaml", "--out", "two", "--as-of", "2024-03", "--detail", "none")
    expect(done.returncode == 3 and "incomplete" in done.stderr and os.path.exists(t.path("two")) is False,
           "as of a month too early: %s" % done.stderr)
    done = t.run("settle", "many/e", "many/a/contract.yaml", "--out", "two", "--as-of", "2024-05", "--detail", "none")
    expect([line.split(",")[1] for line in done.stdout.splitlines() if line.startswith("due")] == ["alpha", "gamma"],
           "order of the operands: %s" % done.stdout)
    expect(sorted(os.listdir(t.path("two"))) == ["alpha.2024-05.ledger.xml", "gamma.2024-05.ledger.xml"], "as of")
    t.made("settle", "many/a/contract.yaml", "--quiet", "--out", "stale")
    done = t.run("settle", "many/a/contract.yaml", "--quiet", "--out", "stale", "--detail", "none")
    expect(done.returncode == 0 and "stale/alpha.detail.xml is from another settlement" in done.stderr,
           "a detail file that stays: %s" % done.stderr)
    done = t.run("settle", "many/a/contract.yaml", "--quiet", "--out", "two", "--detail", "none")
    expect(done.returncode == 0 and done.stderr == "", "no detail file: %s" % done.stderr)
    done = t.run("settle", "many//", "--out", "two", "--as-of", "2024-03", "--detail", "none")
    expect(done.returncode == 3 and "many/" in done.stderr and "many//" not in done.stderr,
           "a folder that ends in slashes: %s" % done.stderr)
    faults(t, said, files)


def faults(t, said, files):
    """One of each kind among the others: told where, and nothing else changes."""
    shutil.rmtree(t.path("many"))
    stranger = ("data/costs.csv", "\n", "\nnobody,2024-01,child,home,1.00\n")
    many(t, (("h", "contract.yaml", "window: 3 months", "windou: 3 months"), ("i", *stranger),
             ("j", "contract.yaml", "data/individuals.csv", "data/not-there.csv"),
             ("z", "contract.yaml", "id: of-z", "id: alpha")))
    code, partly, told, made = settle_many(t, "some", 1)
    rows = partly.splitlines()
    expect(code == 3, "the first failure decides the exit code: %d" % code)
    expect([row for row in rows if not row.startswith("failed")] == said.splitlines(), "the others: %s" % partly)
    expect([row for row in rows if row.startswith("failed")] ==
           ["failed,many/%s/contract.yaml,,,," % folder for folder in "hijz"], "the failed: %s" % partly)
    expect(made == files, "the others' files: %s" % sorted(set(made) ^ set(files)))
    for text in ('"windou"', '"nobody"', "not-there.csv", 'id "alpha" is that of many/a/contract.yaml'):
        expect(told.count(text) >= 1, "%s is not told: %s" % (text, told))
    for threads in (2, 7):
        expect(settle_many(t, "some%d" % threads, threads) == (code, partly, told, made), "%d threads" % threads)
    shutil.rmtree(t.path("many", "h"))
    shutil.rmtree(t.path("many", "i"))
    expect(settle_many(t, "less", 2)[0] == 4, "a file that is not there is exit code 4")
    os.makedirs(t.path("empty", "folder"))
    done = t.run("settle", "empty")
    expect(done.returncode == 3 and "there is no contract.yaml" in done.stderr and done.stdout == "", done.stderr)
    done = t.run("settle", "many", "--previous", t.ledger)
    expect(done.returncode == 2 and "--previous goes with one contract only" in done.stderr, done.stderr)


def of_text(stderr):
    """(place and message of each finding, the line of counts) of findings for people."""
    lines = stderr.splitlines()
    return re.findall(r"^(\S.*?): (error|warning): (.*) \[(UTFALL_\w+)\]$", stderr, re.M), lines[-1]


def findings_in_json(t):
    shutil.copytree(MINIMAL, t.path("bad"))
    with open(t.path("bad", "data", "costs.csv"), "a", encoding="utf-8") as file:
        file.write('A,2024-13,child,home,1\nX "\\\t\u00e5,2024-01,child,home,1\n')
        file.write("Z,2024-01,child,home,=1\n" * 60)
    line = ("settle", os.path.join("bad", "contract.yaml"), "--out", "none")
    people, counts = of_text(t.run(*line).stderr)
    done = t.run(*line, "--errors=json")
    said = [json.loads(one) for one in done.stderr.splitlines()]
    expect(done.returncode == 3 and len(said) == len(people) + 1, "%d and %d findings" % (len(said) - 1, len(people)))
    for (place, severity, message, code), one in zip(people, said):
        where = one["file"] + "".join(":%d" % one[k] for k in ("line", "column") if one[k])
        expect((where, one["severity"], one["message"], one["code"]) == (place, severity, message, code), str(one))
    last = said[-1]
    expect(last["severity"] == "summary" and last["errors_shown"] == len(people) == 50, str(last))
    expect(counts == "utfall: %d errors (the first %d shown); %s" % (
        last["errors"], last["errors_shown"], last["message"]), "%s\n%s" % (counts, last))
    expect(last["errors"] > 60, "all are counted")


def by_xmllint(path, schema):
    """Whether xmllint finds a file valid, and the same in exclusive canonical form."""
    valid = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", os.path.join(ROOT, "ledger", schema), path],
                           capture_output=True, text=True, check=False)
    canonical = subprocess.run(["xmllint", "--exc-c14n", path], capture_output=True, check=False).stdout
    with open(path, "rb") as file:
        declaration, rest = file.read().split(b"\n", 1)
    return valid.returncode == 0 and declaration.startswith(b"<?xml ") and canonical + b"\n" == rest, valid.stderr


def schemas(t):
    contracts = [os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(ROOT, "contracts"))
                 for name in names if name.endswith(".yaml")]
    tried = 0
    for path in sorted(contracts):
        out = os.path.join("schemas", os.path.relpath(path, ROOT))
        if t.run("settle", path, "--quiet", "--out", out).returncode != 0:
            continue  # a file of scenarios, or one that continues an earlier ledger
        tried += 1
        for name in sorted(os.listdir(t.path(out))):
            if name.endswith(".xml"):
                is_good, said = by_xmllint(t.path(out, name), name.split(".")[-2] + "-1.xsd")
                expect(is_good, "%s: %s" % (os.path.join(out, name), said))
    expect(tried >= 9, "only %d contracts were settled" % tried)
    made = t.path("schemas", os.path.relpath(t.contract, ROOT), "minimal.")
    for kind, old, new in (("detail", 'cohort="target"', 'cohort="them"'), ("detail", 'costs="', 'costs="01 '),
                           ("ledger", 'count="', 'count="-')):
        changed(made + kind + ".xml", old, new)
        expect(not by_xmllint(made + kind + ".xml", kind + "-1.xsd")[0], "%s with %s" % (kind, new))
        changed(made + kind + ".xml", new, old)
        expect(by_xmllint(made + kind + ".xml", kind + "-1.xsd")[0], "%s as it was" % kind)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="utfall-cli-") as made:
        {"words": words, "helps": helps, "checks": checks, "verdicts": verdicts, "sources": sources,
         "failures": failures, "evidence": evidence, "json": findings_in_json,
         "schemas": schemas, "portfolio": portfolio}[sys.argv[1]](Tried(os.path.abspath(sys.argv[2]), made))
    sys.exit(1 if FAULTS else 0)
