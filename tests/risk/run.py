"""Whole-program tests of `utfall risk`.

    run.py UTFALL GROUP      GROUP: oracle, random, same, usage

oracle and random compare with replicates made in Python, exactly; same tries what may not change a byte. The number of
random contracts is multiplied by UTFALL_TEST_EFFORT.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests", "oracle"), os.path.join(ROOT, "tests", "property")]
import generate  # noqa: E402
import redraw  # noqa: E402
from case import Case  # noqa: E402

NORRKOPING = os.path.join(ROOT, "contracts", "norrkoping-2016")
MINIMAL = os.path.join(ROOT, "contracts", "minimal", "contract.yaml")
UTFALL = os.path.abspath(sys.argv[1])


class Broken(Exception):
    pass


def run(*arguments):
    return subprocess.run([UTFALL] + list(arguments), stdin=subprocess.DEVNULL, capture_output=True, timeout=300)


def risk(path, *options):
    done = run("risk", path, "--lang", "en", *options)
    if done.returncode != 0:
        raise Broken("%s %s: exit code %d\n%s" % (path, options, done.returncode, done.stderr.decode()[:600]))
    return done.stdout


def same(what, expected, found):
    if expected != found:
        raise Broken("%s: expected %s, found %s" % (what, expected, found))


# ---- against Python ------------------------------------------------------------------------------

def compare_bands(bands, made, savings):
    for band in bands:
        low, high = (Fraction(band[end]) if band[end] is not None else None for end in ("low", "high"))
        inside = sum(1 for s in savings if (low is None or s >= low) and (high is None or s < high))
        same("replicates of a band", inside, band["replicates"])
        if low is not None:
            same("paid at the low end", made.pay(low, 0)[1], Fraction(band["pays_low"]))
    same("replicates of all bands", len(savings), sum(b["replicates"] for b in bands))


def compare_permutations(found, made, settled, seed, count):
    if not made.is_even or made.s.comparison is None:
        same("no test", None, found)
        return
    savings = [made.permuted(seed, number) for number in range(count)]
    as_far = sum(1 for s in savings if abs(s) >= abs(settled))
    as_high = sum(1 for s in savings if s >= settled)
    same("as far", as_far, found["as_far"])
    same("as high", as_high, found["as_high"])
    same("p", Fraction(as_far + 1, count + 1), Fraction(found["p"]))


def compare(path, seed, count, permutations):
    out = json.loads(risk(path, "--as", "json", "--seed", str(seed), "--replicates", str(count), "--permutations",
                          str(permutations)))
    facts = dict(line.split("\t", 1) for line in run("facts", path).stdout.decode().splitlines())
    made = redraw.Redraw(path, facts)
    settled, drawn = Fraction(facts["saving.paid"]), made.s.money["drawn"]
    same("settled", settled, Fraction(out["saving"]))
    drawings = [made.replicate(seed, number) for number in range(count)]
    savings = [expected - actual for expected, actual in drawings]
    floors = [redraw.floor(s) for s in savings]
    same("quantiles", redraw.quantiles(floors), out["quantiles"])
    same("negative", sum(1 for s in savings if s < 0), out["negative"])
    same("break-even", sum(1 for s in savings if s >= drawn), out["break_even"])
    bins = out["histogram"]
    counts = [0] * len(bins["replicates"])
    for value in floors:
        counts[(value - bins["first"]) // bins["width"]] += 1
    same("histogram", counts, bins["replicates"])
    paid = [made.pay(*drawing)[0] for drawing in drawings]
    for payer in out["payers"]:
        totals = [p[payer["party"]] for p in paid]
        same("paid", redraw.quantiles(totals), payer["quantiles"])
        if payer["most"] is not None and min(totals) >= payer["fixed"]:
            same("within the most", True, max(totals) <= payer["most"])
        for name in ("fixed", "probable", "possible"):
            same("years of " + name, payer[name], sum(year[name] for year in payer["years"]))
    if out["bands"]:
        compare_bands(out["bands"], made, savings)
    compare_permutations(out["permutation"], made, settled, seed, permutations)


def group_oracle():
    compare(os.path.join(NORRKOPING, "contract.yaml"), 1, 1000, 300)
    for name, seed in (("extended-24-6-groups", 7), ("extended-36-frozen", 2 ** 63 + 5), ("reading-b", 0),
                       ("extended-36-6-groups", 2 ** 64 - 1)):
        compare(os.path.join(NORRKOPING, name + ".yaml"), seed, 120, 60)
    compare(MINIMAL, 3, 300, 100)


def group_random():
    effort = int(os.environ.get("UTFALL_TEST_EFFORT", "1"))
    compared = 0
    for seed in range(1, 40 * effort + 1):
        with tempfile.TemporaryDirectory() as folder:
            generate.make(seed, folder)
            path = os.path.join(folder, "contract.yaml")
            done = run("risk", path, "--replicates", "10", "--permutations", "0")
            if run("facts", path).returncode == 3:
                same("what cannot be settled cannot be drawn", 3, done.returncode)
                continue
            if done.returncode == 3 and (b"never rounds" in done.stderr or b"cannot be drawn again" in done.stderr):
                continue  # said plainly, and nothing was drawn
            if done.returncode != 0:
                raise Broken("random contract %d: exit code %d\n%s" % (seed, done.returncode, done.stderr.decode()))
            try:
                compare(path, seed, 40, 20)
            except Broken as fault:
                raise Broken("random contract %d: %s" % (seed, fault)) from fault
            compared += 1
    print("%d random contracts compared" % compared)
    same("most can be drawn", True, compared >= 25 * effort)


# ---- what changes nothing ------------------------------------------------------------------------

def threads_change_nothing(folder):
    for path, count in ((os.path.join(NORRKOPING, "contract.yaml"), "150000"), (MINIMAL, "70000")):
        for form in ("text", "json", "svg"):
            options = ["--replicates", count, "--permutations", "3000", "--as", form]
            outputs = {risk(path, "--threads", n, *options) for n in ("1", "2", "7")}
            same("outputs of 1, 2 and 7 threads", 1, len(outputs))
    effect = ["--effect", "break_even", "--replicates", "100", "--permutations", "0"]
    path = os.path.join(NORRKOPING, "contract.yaml")
    same("power", risk(path, "--threads", "1", *effect), risk(path, "--threads", "7", *effect))


def other_ids_and_another_order_change_nothing(folder):
    path = os.path.join(NORRKOPING, "contract.yaml")
    case, names, draw = Case(path), {}, random.Random(5)
    for table in case.tables():
        draw.shuffle(table.rows)
        if table not in (case.agreed, case.drawn):
            table.map("id", lambda old: names.setdefault(old, "X%d" % draw.getrandbits(48)))
    other = case.write(os.path.join(folder, "other"))
    same("people called otherwise", risk(path, "--as", "json"), risk(other, "--as", "json"))


def another_seed_changes_what_is_drawn(folder):
    path = os.path.join(NORRKOPING, "contract.yaml")
    a, b = (json.loads(risk(path, "--as", "json", "--seed", seed)) for seed in ("1", "2"))
    same("the settlement", a["saving"], b["saving"])
    if a["quantiles"] == b["quantiles"] or a["permutation"] == b["permutation"]:
        raise Broken("another seed draws the same")
    for name in ("negative", "break_even"):  # and says much the same
        if abs(a[name] - b[name]) > 300:
            raise Broken("%s is %d under one seed and %d under another" % (name, a[name], b[name]))


def more_replicates_than_are_kept_say_the_same(folder):
    """Order statistics of 65536 kept values, and of 65537 of which the pilot's are kept."""
    path = os.path.join(NORRKOPING, "contract.yaml")
    kept, made = (json.loads(risk(path, "--as", "json", "--permutations", "0", "--replicates", n))
                  for n in ("65536", "65537"))
    for p in kept["quantiles"]:
        if abs(kept["quantiles"][p] - made["quantiles"][p]) > 1000000:
            raise Broken("quantile %s moved from %d to %d" % (p, kept["quantiles"][p], made["quantiles"][p]))
    same("histogram", 65537, sum(made["histogram"]["replicates"]))


def group_same():
    for law in (threads_change_nothing, other_ids_and_another_order_change_nothing, another_seed_changes_what_is_drawn,
                more_replicates_than_are_kept_say_the_same):
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, "other"))
            law(folder)
            print(law.__name__)


# ---- how it is asked -----------------------------------------------------------------------------

def group_usage():
    path = os.path.join(NORRKOPING, "contract.yaml")
    for options in (["--replicates", "0"], ["--replicates", "100000001"], ["--replicates", "1e4"], ["--replicates", ""],
                    ["--seed", "-1"], ["--seed", "18446744073709551616"], ["--permutations", "x"], ["--threads", "0"],
                    ["--threads", "65"], ["--effect", "0"], ["--effect", "-5"], ["--effect", "1,5"], ["--as", "html"],
                    ["--bootstrap", "5"]):
        done = run("risk", path, *options)
        same("exit code of %s" % options, 2, done.returncode)
        same("standard output of %s" % options, b"", done.stdout)
        if options[0].encode() not in done.stderr:
            raise Broken("%s is not named: %s" % (options[0], done.stderr.decode()))
    missing = run("risk", os.path.join(NORRKOPING, "no-such.yaml"))
    same("a contract that is not there", 4, missing.returncode)
    with tempfile.TemporaryDirectory() as folder:
        ledger = os.path.join(folder, "x.ledger.xml")
        with open(ledger, "w", encoding="ascii") as file:
            file.write("<ledger/>")
        done = run("risk", ledger)
        same("a ledger", (3, True), (done.returncode, b"holds no person" in done.stderr))
    early = run("risk", path, "--as-of", "2017-01")
    same("a settlement that is refused", 3, early.returncode)
    shown = risk(path, "--seed", str(2 ** 64 - 1), "--replicates", "5")
    same("seed in full", True, b"seed 18446744073709551615." in shown)
    for language, word in (("sv", "Syntetiska data"), ("en", "Synthetic data")):
        shown = run("risk", path, "--lang", language, "--effect", "125000").stdout.decode()
        same("the data are called synthetic", True, word in shown)
        widest = max(len(line) for line in shown.splitlines())
        same("no line wider than 80 columns", True, widest <= 80)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "risk.svg")
        done = run("risk", path, "--as", "svg", "--out", out)
        same("written", (0, b""), (done.returncode, done.stdout))
        done = subprocess.run(["xmllint", "--noout", out], capture_output=True)
        same("well-formed", 0, done.returncode)


if __name__ == "__main__":
    try:
        {"oracle": group_oracle, "random": group_random, "same": group_same, "usage": group_usage}[sys.argv[2]]()
    except Broken as fault:
        sys.exit("risk: %s" % fault)
