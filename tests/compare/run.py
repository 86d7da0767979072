"""utfall compare: the parts add up exactly, and each stage is the settlement that it claims to be.

    run.py UTFALL GROUP      GROUP: steps, random, ledgers, screens, errors

Sums are taken here again, with fractions, from what --as json prints; A, B and the stages between
them are compared with `utfall facts` of contracts that are written here for each stage.
UTFALL_TEST_EFFORT multiplies the number of random pairs.
"""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from fractions import Fraction

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NORRKOPING = os.path.join(ROOT, "contracts", "norrkoping-2016")
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
import generate  # noqa: E402

CAUSES = ("data", "corrections", "time", "parameters", "rules", "unsplit")
EFFORT = int(os.environ.get("UTFALL_TEST_EFFORT", "1"))

# Changes in the order that the contract language documents, each with values to draw from.
CHANGES = (
    ("comparison_group.people.where", [{"wave": ["2013"]}, {"wave": ["2013", "2013b", "2014"]},
                                       {"wave": ["2013", "2014"]}]),
    ("comparison_group.price_index", [{"file": "data/index.csv", "base": "2016-08"},
                                      {"file": "data/index.csv", "base": "2013-01", "use": "false"}]),
    ("evaluation.counts", [{"source": ["child"]}, {"source": ["child", "adult"]}]),
    ("evaluation.window", ["18 months", "24 months", "30 months", "36 months"]),
    ("evaluation.payment_window", ["12 months", "18 months"]),
    ("evaluation.groups", [{"age_at_start": [18]}, {"age_at_start": [16, 18]},
                           {"age_at_start": [17]}]),
    ("financing.commitment", ["10 000 000 SEK", "9 000 000 SEK"]),
    ("waterfall", ["40%", "50%", "45%"]),  # the share of the first step
)


def run(utfall, *arguments):
    return subprocess.run([utfall] + list(arguments), cwd=ROOT, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, encoding="utf-8", timeout=120)


def facts_of(utfall, path):
    done = run(utfall, "facts", path)
    if done.returncode != 0:
        return None
    return dict(line.split("\t", 1) for line in done.stdout.splitlines())


def compare(utfall, a, b):
    done = run(utfall, "compare", a, b, "--as", "json")
    if done.returncode != 0:
        return None, done.stderr
    return json.loads(done.stdout), ""


def due_in_all(facts):
    return sum(Fraction(value) for key, value in facts.items() if key.startswith("due."))


# ---- the arithmetic ------------------------------------------------------------------------------

def check_sums(found, a, b):
    """Parts = difference for every amount, by cause and by stage; A and B are what facts says."""
    faults = []
    for key, row in found["amounts"].items():
        whole = Fraction(row["b"]) - Fraction(row["a"])
        if whole != Fraction(row["difference"]):
            faults.append("%s: the difference is %s" % (key, whole))
        if sum(Fraction(row[cause]) for cause in CAUSES) != whole:
            faults.append("%s: the causes do not add up to %s" % (key, whole))
        if sum(Fraction(stage["change"][key]) for stage in found["stages"]) != whole:
            faults.append("%s: the stages do not add up to %s" % (key, whole))
        for side, facts in (("a", a), ("b", b)):
            known = due_in_all(facts) if key == "due" else Fraction(facts.get(key, "0"))
            if Fraction(row[side]) != known:
                faults.append("%s: %s has %s, facts say %s" % (key, side, row[side], known))
    for cause in CAUSES:
        parts = [s for s in found["stages"] if s["cause"] == cause]
        for key in found["amounts"]:
            if sum((Fraction(s["change"][key]) for s in parts), Fraction(0)) != Fraction(
                    found["amounts"][key][cause]):
                faults.append("%s: the stages of %s do not make up its part" % (key, cause))
    if "saving.total" not in found["amounts"] or "due" not in found["amounts"]:
        faults.append("the amounts lack the saving or what is due")
    return faults


# ---- each stage is a settlement ------------------------------------------------------------------

def contract_of(values, name):
    """A contract over the Norrköping one with these values."""
    tree = {"extends": "contract.yaml", "contract": {"id": name}}
    for path, value in values.items():
        if path == "waterfall":
            continue
        *outer, last = path.split(".")
        node = tree
        for key in outer:
            node = node.setdefault(key, {})
        node[last] = value
    with open(os.path.join(NORRKOPING, "contract.yaml"), encoding="utf-8") as file:
        steps = yaml.safe_load(file)["waterfall"]
    steps[0]["share"] = values["waterfall"]
    tree["waterfall"] = steps
    return tree


def drawn_values(draw):
    values = {}
    for path, choices in CHANGES:
        if path in ("evaluation.payment_window", "comparison_group.price_index") and draw.random() < 0.5:
            continue
        values[path] = draw.choice(choices)
    return values


def stages_between(a, b):
    """The values after each change that is one, in the documented order."""
    out, now = [], dict(a)
    for path, _ in CHANGES:
        if a.get(path) == b.get(path):
            continue
        now = dict(now)
        now.pop(path, None)
        if path in b:
            now[path] = b[path]
        out.append((path, now))
    return out


def written(folder, values, name):
    path = os.path.join(folder, name + ".yaml")
    with open(path, "w", encoding="utf-8") as file:
        yaml.safe_dump(contract_of(values, name), file, allow_unicode=True, sort_keys=False)
    return path


def check_stages(utfall, folder, draw, number):
    a, b = drawn_values(draw), drawn_values(draw)
    paths = [written(folder, values, "pair-%d-%s" % (number, side))
             for values, side in ((a, "a"), (b, "b"))]
    ends = [facts_of(utfall, path) for path in paths]
    if None in ends:
        return []
    found, fault = compare(utfall, *paths)
    if found is None:
        return ["compare %s: %s" % (paths, fault)]
    faults, at = check_sums(found, *ends), Fraction(found["amounts"]["saving.total"]["a"])
    expected, stages = stages_between(a, b), iter(found["stages"])
    waiting = 0
    stage, left = None, 0
    for i, (path, values) in enumerate(expected):
        facts = facts_of(utfall, written(folder, values, "pair-%d-%d" % (number, i)))
        if left == 0:
            stage = next(stages, None)
            if stage is None:
                return faults + ["a stage is missing at %s" % path]
            left = len(stage["differences"])
        place = stage["differences"][len(stage["differences"]) - left]["path"]
        if not place.startswith(path):
            faults.append("the stage is about %s and should be about %s" % (place, path))
        left -= 1
        if facts is None or left > 0:
            waiting += 1
            continue
        waiting = 0
        at += Fraction(stage["change"]["saving.total"])
        if at != Fraction(facts["saving.total"]):
            faults.append("after %s the saving is %s, facts say %s" % (path, at, facts["saving.total"]))
    if next(stages, None) is not None or waiting:
        faults.append("stages are left over")
    return faults


def steps(utfall):
    draw, faults = random.Random(24), []
    with tempfile.TemporaryDirectory(prefix="utfall-compare-") as folder:
        folder = os.path.join(folder, "norrkoping")
        shutil.copytree(NORRKOPING, folder)
        with open(os.path.join(folder, "data", "index.csv"), "w", encoding="ascii") as file:
            file.write("month,value\n" + "".join("%d,%d.5\n" % (year, year - 1900) for year in range(2010, 2024)))
        for number in range(8 * EFFORT):
            faults += check_stages(utfall, folder, draw, number)
        names = ("contract", "extended-24-4-groups", "extended-24-6-groups")
        paths = [os.path.join(NORRKOPING, name + ".yaml") for name in names]
        found, fault = compare(utfall, paths[0], paths[2])
        if found is None:
            return faults + [fault]
        saving = [Fraction(facts_of(utfall, path)["saving.total"]) for path in paths]
        way = [Fraction(found["amounts"]["saving.total"]["a"])]
        for stage in found["stages"]:
            way.append(way[-1] + Fraction(stage["change"]["saving.total"]))
        if [saving[0], saving[1], saving[2]] != [way[0], way[2], way[3]] or len(way) != 4:
            faults.append("the way from -7.5 over -0.3 to +1.7 MSEK is %s" % way)
    return faults


# ---- other pairs -----------------------------------------------------------------------------------

def random_pairs(utfall):
    """Contracts that have nothing in common, in folders of their own."""
    draw, faults, compared = random.Random(1994), [], 0
    with tempfile.TemporaryDirectory(prefix="utfall-compare-") as folder:
        paths = []
        for seed in draw.sample(range(10 ** 6), 8 * EFFORT):
            os.mkdir(os.path.join(folder, str(seed)))
            generate.make(seed, os.path.join(folder, str(seed)))
            paths.append(os.path.join(folder, str(seed), "contract.yaml"))
        for a, b in zip(paths, paths[1:]):
            facts = [facts_of(utfall, path) for path in (a, b)]
            if None in facts:
                continue
            found, fault = compare(utfall, a, b)
            if found is None:
                faults.append("compare %s %s: %s" % (a, b, fault))
                continue
            compared += 1
            faults += check_sums(found, *facts)
    return faults if compared else faults + ["no pair was compared"]


def settle(utfall, contract, folder, *options):
    folder = tempfile.mkdtemp(dir=folder)
    done = run(utfall, "settle", contract, "--out", folder, "--quiet", "--detail", "none", *options)
    assert done.returncode == 0, done.stderr
    return os.path.join(folder, [n for n in os.listdir(folder) if n.endswith(".ledger.xml")][0])


def ledgers(utfall):
    faults = []
    with tempfile.TemporaryDirectory(prefix="utfall-compare-") as folder:
        names = ("contract", "extended-36-frozen", "extended-36-months", "reading-b")
        paths = {n: settle(utfall, os.path.join(NORRKOPING, n + ".yaml"), folder) for n in names}
        facts = {name: facts_of(utfall, path) for name, path in paths.items()}
        for a in names:
            for b in names:
                found, fault = compare(utfall, paths[a], paths[b])
                if found is None:
                    faults.append("compare %s %s: %s" % (a, b, fault))
                    continue
                faults += check_sums(found, facts[a], facts[b])
                if found["split_by"] != "sums":
                    faults.append("ledgers were split by %s" % found["split_by"])
        found, _ = compare(utfall, paths["extended-36-months"], paths["extended-36-frozen"])
        if [s["differences"][0]["path"] for s in found["stages"]] != ["evaluation.payment_window"]:
            faults.append("what only concerns the payment is not one stage: %s" % found["stages"])
        mixed, fault = compare(utfall, paths["contract"], os.path.join(NORRKOPING, "contract.yaml"))
        if mixed is None or mixed["stages"]:
            faults.append("a ledger differs from its own contract: %s%s" % (mixed, fault))
        # the same contract through two months: time; after a correction: both, not told apart
        quarterly = os.path.join(NORRKOPING, "quarterly.yaml")
        pair = [settle(utfall, quarterly, folder, "--as-of", month) for month in ("2017-09", "2018-09")]
        found, fault = compare(utfall, *pair)
        if found is None or [s["cause"] for s in found["stages"]] != ["time"]:
            faults.append("two months differ by more than time: %s%s" % (found, fault))
        else:
            faults += check_sums(found, *[facts_of(utfall, path) for path in pair])
    return faults


# ---- what is seen ----------------------------------------------------------------------------------

def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c)
               for c in line)


def screens(utfall):
    faults = []
    pairs = (("contract", "extended-24-6-groups"), ("extended-36-frozen", "reading-c"),
             ("contract", "../minimal/contract"))
    for a, b in pairs:
        paths = [os.path.join(NORRKOPING, name + ".yaml") for name in (a, b)]
        texts = [run(utfall, "compare", *paths, "--lang", language).stdout for language in ("sv", "en")]
        for text in texts:
            wide = [line for line in text.splitlines() if width(line) > 80]
            faults += ["wider than 80 columns: %s" % line for line in wide]
            joined = re.sub(r"\n {8}", " ", text)
            exact = re.findall(r"^ +exa\w+[^:]*: (.*) = (-?[\d/]+)$", joined, re.MULTILINE)
            for left, right in exact:
                value = eval(re.sub(r"\d+", lambda m: "Fraction(%s)" % m.group(), left),  # noqa: S307
                             {"Fraction": Fraction})
                if value != Fraction(right):
                    faults.append("does not come out: %s = %s" % (left, right))
            if not exact:
                faults.append("%s, %s: no exact line" % (a, b))
        if texts[0] == texts[1]:
            faults.append("one language")
    same = run(utfall, "compare", paths[0], paths[0], "--lang", "en")
    if "agree in everything" not in same.stdout:
        faults.append("a contract differs from itself: %s" % same.stdout)
    return faults


def errors(utfall):
    faults = []
    minimal = os.path.join(ROOT, "contracts", "minimal", "contract.yaml")
    contract = os.path.join(NORRKOPING, "contract.yaml")
    with tempfile.TemporaryDirectory(prefix="utfall-compare-") as folder:
        ledger = settle(utfall, minimal, folder)
        broken = os.path.join(folder, "broken.ledger.xml")
        with open(ledger, encoding="utf-8") as file:
            text = file.read()
        with open(broken, "w", encoding="utf-8") as file:
            file.write(re.sub(r"136001", "136002", text, count=1))
        euro = os.path.join(folder, "minimal")
        shutil.copytree(os.path.dirname(minimal), euro)
        euro = os.path.join(euro, "contract.yaml")
        with open(euro, encoding="utf-8") as file:
            text = file.read()
        with open(euro, "w", encoding="utf-8") as file:
            file.write(text.replace("SEK", "EUR"))
        cases = (
            ((minimal,), 2, "needs"),
            ((minimal, minimal, minimal), 2, "too many"),
            ((minimal, minimal, "--as", "xml"), 2, "--as is text or json"),
            ((minimal, os.path.join(folder, "none.yaml")), 4, "none.yaml"),
            ((ledger, broken), 1, ""),
            ((minimal, euro), 3, "currency"),
        )
        for arguments, code, words in cases:
            done = run(utfall, "compare", *arguments, "--lang", "en")
            if done.returncode != code or words not in done.stderr or done.stdout:
                faults.append("compare %s: exit code %d, %s" % (arguments, done.returncode, done.stderr))
        done = run(utfall, "compare", minimal, contract, "--lang", "en")
        if done.returncode != 0 or "two different contracts: minimal and norrkoping-2016" not in (
                " ".join(done.stdout.split())):
            faults.append("another contract is not said: %s%s" % (done.stdout, done.stderr))
    return faults


def main():
    utfall, group = os.path.abspath(sys.argv[1]), sys.argv[2]
    groups = {"steps": steps, "random": random_pairs, "ledgers": ledgers, "screens": screens,
              "errors": errors}
    faults = groups[group](utfall)
    print("\n".join(faults[:40]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
