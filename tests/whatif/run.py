"""What-if on the built program: a cell of a grid is exactly what a contract with those values settles to.

    run.py UTFALL GROUP [SEED]

The contracts of the cells are written by this script, as files with the values in them, and settled by `utfall facts`;
they are compared in every fact. Data are synthetic.
"""
import csv
import io
import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from fractions import Fraction

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "risk"))
from terminal import Terminal  # noqa: E402

CASES = os.path.join(ROOT, "contracts")
EXTENDED = "norrkoping-2016/extended-36-months.yaml"
FAULTS = []


def expect(holds, what):
    if not holds:
        FAULTS.append(what)


class Bench:
    """A copy of the contracts, where contracts of cells can be written."""

    def __init__(self, utfall, folder):
        self.utfall, self.folder, self.count = utfall, folder, 0
        self.cases = os.path.join(folder, "contracts")
        shutil.copytree(CASES, self.cases)

    def run(self, *words, code=0):
        done = subprocess.run([self.utfall, *words], cwd=self.cases, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=300)
        expect(done.returncode == code, "%s\ngave exit code %d, not %d\n%s" % (
            " ".join(words), done.returncode, code, done.stderr.decode("utf-8", "replace")[:800]))
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")

    def load(self, name):
        """A contract with what it extends laid under it."""
        with open(os.path.join(self.cases, name), encoding="utf-8") as file:
            contract = yaml.load(file, Loader=yaml.BaseLoader)
        base = contract.pop("extends", None)
        return merge(self.load(os.path.join(os.path.dirname(name), base)), contract) if base else contract

    def settle(self, name, settings, *words):
        """Facts of the contract with the settings written into a file of its own; None when it is refused."""
        contract = self.load(name)
        for path, text in settings:
            put(contract, path, yaml.load(text, Loader=yaml.BaseLoader))
        self.count += 1
        path = os.path.join(os.path.dirname(name), "cell-%d.yaml" % self.count)
        with open(os.path.join(self.cases, path), "w", encoding="utf-8") as file:
            yaml.dump(contract, file, default_style='"', sort_keys=False, allow_unicode=True, width=10000)
        done = subprocess.run([self.utfall, "facts", path, *words], cwd=self.cases, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60)
        os.remove(os.path.join(self.cases, path))
        if done.returncode != 0:
            return None
        return dict(line.split("\t", 1) for line in done.stdout.decode("utf-8").splitlines())

    def grid(self, name, axes, *words, code=None, show=None):
        """The scenarios of a grid as JSON. `axes`: [(path, [value, ...])]."""
        command = ["whatif", name, "--as", "json", *words]
        for path, values in axes:
            command += ["--set", path + "=" + ",".join(values)]
        if show:
            command += ["--show", ",".join(show)]
        done = subprocess.run([self.utfall, *command], cwd=self.cases, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=300)
        expect(done.returncode == code if code is not None else done.returncode in (0, 1),
               "%s: exit code %d\n%s" % (" ".join(command)[:300], done.returncode, done.stderr.decode()[:800]))
        return json.loads(done.stdout)["scenarios"] if done.stdout else []


def merge(base, over):
    out = dict(base)
    for key, value in over.items():
        out[key] = merge(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    return out


def steps_of(path):
    for part in path.split("."):
        key, *numbers = part.replace("]", "").split("[")
        yield key
        yield from (int(number) for number in numbers)


def put(tree, path, value):
    steps = list(steps_of(path))
    for step in steps[:-1]:
        if isinstance(tree, dict) and step not in tree:
            tree[step] = {}
        tree = tree[step]
    if isinstance(tree, list) and steps[-1] == len(tree):
        tree.append(value)
    else:
        tree[steps[-1]] = value


def compare(bench, name, axes, keys=None, pick=None, words=(), width=None):
    """Every cell (or `pick` of them) against a contract of its own, in every fact that either has."""
    known = keys or sorted(set().union(*(
        bench.settle(name, list(zip((path for path, _ in axes), values)), *words) or {}
        for values in itertools.product(*([v[0], v[-1]] for _, v in axes)))))
    cells = bench.grid(name, axes, *words, show=known)
    combinations = list(itertools.product(*(values for _, values in axes)))
    expect(len(cells) == len(combinations), "%s: %d cells, not %d" % (name, len(cells), len(combinations)))
    settled = refused = 0
    for i in sorted(pick(len(cells)) if pick else range(len(cells))):
        settings = list(zip((path for path, _ in axes), combinations[i]))
        fresh = bench.settle(name, settings, *words)
        cell = cells[i]
        if fresh is None:
            refused += 1
            expect("fault" in cell, "%s: a cell that no contract settles has figures" % (settings,))
            continue
        settled += 1
        if "fault" in cell:
            expect(False, "%s: a contract settles, the cell does not: %s" % (settings, cell["fault"]))
            continue
        differs = [key for key in known if cell["facts"][key] != fresh.get(key)]
        expect(not differs, "%s: %s" % (settings, ["%s: %s, not %s" % (key, cell["facts"][key], fresh.get(key))
                                                 for key in differs[:3]]))
    return settled, refused


def months(*values):
    return ["%d months" % value for value in values]


def group_cells(bench, seed):
    """All cells of grids over each part of the contract, and random ones of a large grid."""
    draw = random.Random(seed)
    cuts = ["[16]", "[18]", "[16, 18]"]
    settled, _ = compare(bench, EXTENDED, [("evaluation.window", months(12, 24, 35)),
            ("evaluation.groups.age_at_start", cuts),
                                           ("waterfall[0].share", ["30%", "40%"])])
    expect(settled >= 12, "most of the cells settle")
    # Windows and payment windows that do not go together are faults of their cells alone.
    settled, refused = compare(bench, EXTENDED, [("evaluation.window", months(12, 24)),
                                                 ("evaluation.payment_window", months(6, 24))])
    expect((settled, refused) == (3, 1), "three of four windows go together, not %s" % ((settled, refused),))
    # What is read from the tables changes.
    compare(bench, EXTENDED, [("evaluation.counts.source", ["[child]", "[child, adult]"]),
                              ("comparison_group.people.where.wave", ['["2013"]', '["2013", "2014"]']),
                              ("evaluation.window", months(18, 30))])
    # Other columns of people; outcomes; the sum drawn.
    compare(bench, EXTENDED, [("evaluation.groups", ["{age_at_start: [18]}", "{previously_placed: each}"]),
                              ("outcomes.activity_delivered.value", ["true", "false"]), ("financing.drawn",
                                      ["7 000 000 SEK", "9 500 000.50 SEK"])])
    # Months that are not over, counted to date or left out.
    compare(bench, EXTENDED, [("evaluation.incomplete", ["to_date", "exclude", "refuse"]),
                              ("target_group.data_through", ["2018-10", "2021-02"]), ("evaluation.window", months(20,
                                      36))])
    compare(bench, EXTENDED, [("evaluation.incomplete", ["to_date", "exclude"]), ("evaluation.window", months(12, 30))],
            words=("--as-of", "2018-03"))
    # Parties, rounding and texts.
    compare(bench, EXTENDED, [("rounding.unit", ["0.01 SEK", "1 000 SEK"]), ("rounding.mode", ["floor", "half_even"]),
                              ("contract.id", ["one", "other"])])
    large = [("evaluation.window", months(*range(12, 37))),
             ("evaluation.groups.age_at_start", ["[%d]" % age for age in range(15, 20)]),
             ("waterfall[0].share", ["%d%%" % share for share in range(5, 45, 5)])]
    keys = ["saving.total", "due.norrkoping.lsv", "result.lsv", "result.norrkoping", "level.cap",
            "rows.costs.used.count",
            "rows.costs.after.amount", "rows.reference-costs.after.count", "expected.month.12", "below.month.1",
            "expected.accumulated.2017-05", "step.outcome.residue", "check.5.value"]
    compare(bench, EXTENDED, large, keys=keys, pick=lambda count: draw.sample(range(count), 25))
    # A standard cost that was agreed is a table by group and month.
    with open(os.path.join(bench.cases, "norrkoping-2016", "agreed.csv"), "w", encoding="utf-8") as file:
        file.write("group,month,amount\n")
        for group in ("<18", "18+"):
            file.writelines("%s,%d,%d.25\n" % (group, month, 40000 + 7 * month) for month in range(1, 25))
    contract = bench.load("norrkoping-2016/contract.yaml")
    contract["comparison_group"] = {"design": "agreed", "standard_cost": {"file": "agreed.csv"}}
    contract["evaluation"]["groups"] = {"age_at_start": ["18"]}
    with open(os.path.join(bench.cases, "norrkoping-2016", "agreed.yaml"), "w", encoding="utf-8") as file:
        yaml.dump(contract, file, default_style='"', sort_keys=False, allow_unicode=True, width=10000)
    settled, _ = compare(bench, "norrkoping-2016/agreed.yaml", [("evaluation.window", months(12, 24)),
                                                                ("waterfall[0].share", ["30%", "50%"])])
    expect(settled == 4, "four cells with an agreed cost settle, not %d" % settled)


def group_prices(bench, seed):
    """The price index on and off and from other months, beside window and groups."""
    draw = random.Random(seed)
    with open(os.path.join(bench.cases, "norrkoping-2016", "data", "index.csv"), "w", encoding="ascii") as file:
        file.write("month,value\n")
        for month in range(2010 * 12, 2023 * 12):
            file.write("%d-%02d,%d.%d\n" % (month // 12, month % 12 + 1, draw.randint(90, 130), draw.randint(0, 9)))
    name = "norrkoping-2016/indexed.yaml"
    with open(os.path.join(bench.cases, name), "w", encoding="utf-8") as file:
        file.write("extends: extended-36-months.yaml\n"
                   "comparison_group: {price_index: {file: data/index.csv, base: 2016-08, source: Made up}}\n")
    settled, refused = compare(bench, name, [
        ("comparison_group.price_index.use", ["true", "false"]),
        ("comparison_group.price_index.base", ["2016-08", "2013-01"]),
        ("evaluation.window", months(24, 36)), ("evaluation.groups.age_at_start", ["[18]", "[16, 18]"])])
    expect((settled, refused) == (16, 0), "%d settled, %d refused" % (settled, refused))
    rows = bench.grid(name, [("comparison_group.price_index.use", ["false"]), ("waterfall[0].share", ["41%"])],
                      "--one-at-a-time", code=0, show=["saving.total"])
    plain = bench.settle("norrkoping-2016/extended-36-months.yaml", [])["saving.total"]
    savings = [row["facts"]["saving.total"] for row in rows]
    expect(savings[1] == plain and savings[0] == savings[2] != plain, "the index alone: %s" % savings)
    whole = bench.settle(name, [])["saving.total"]
    rows = bench.grid(name, [], "--leave-out", "cells", show=["saving.total"], code=0)
    expect(sum(Fraction(row["facts"]["saving.total"]) for row in rows) == -Fraction(whole),
           "the months of all groups add up to the saving at prices of each month")
    rows = bench.grid(name, [], "--leave-out", "persons", show=["saving.total"], code=0)
    expect(len(rows) == 60 + 133 and len({row["facts"]["saving.total"] for row in rows}) > 150, "people are left out")


def group_threads(bench, seed):
    """The same bytes whatever the number of threads."""
    axes = ["--set", "evaluation.window=12..30", "--set", "evaluation.groups.age_at_start=[16],[17],[18]",
            "--set", "waterfall[0].share=20%..40%:10%"]
    for form in ("csv", "json", "text"):
        outputs = {bench.run("whatif", EXTENDED, *axes, "--as", form, "--show", "saving.total,result.lsv", "--threads",
                             threads)[0] for threads in ("1", "2", "7")}
        expect(len(outputs) == 1, "%s differs by the number of threads" % form)


def group_axes(bench, seed):
    """How values can be written."""
    def labels(path, values):
        rows = bench.grid("minimal/contract.yaml", [(path, [values])], show=["saving.total"])
        return [row["set"][path] for row in rows]
    expect(labels("evaluation.window", "1,2") == ["1 months", "2 months"], "numbers take the months that stand there")
    expect(labels("evaluation.window", "1..2") == ["1 months", "2 months"], "ranges take them too")
    expect(labels("evaluation.window", "1 months..3:2") == ["1 months", "3 months"], "a range has a step")
    share = labels("waterfall[0].share", "10%..12.5%:0.5%")
    expect(share == ["10.0%", "10.5%", "11.0%", "11.5%", "12.0%", "12.5%"],
            "a range of decimals is counted out: %s" % share)
    expect(labels("waterfall[0].share", "1/3,2/3") == ["1/3", "2/3"], "fractions are taken as they are")
    expect(labels("financing.commitment", "1 000 000,2 000 000 SEK") == ["1 000 000 SEK", "2 000 000 SEK"],
            "the last unit is for all")
    text = bench.run("whatif", EXTENDED, "--set", "evaluation.window=24,36", "--set",
                     "evaluation.groups.age_at_start=[18],[16,18]", "--show",
                     "saving.total,due.norrkoping.lsv", "--as", "csv")[0]
    rows = list(csv.reader(io.StringIO(text)))[1:]
    million = [str(round(Fraction(row[2]) / 100000) / 10) for row in rows]
    expect(million == ["-0.3", "1.7", "4.0", "6.4"], "the report's sensitivity table: %s" % million)
    expect([row[3] for row in rows] == ["3000000.00", "4019994.65", "5399990.77", "6839991.20"], "and its repayments")
    out = os.path.join(bench.folder, "grid.csv")
    bench.run("whatif", EXTENDED, "--set", "evaluation.window=24", "--as", "csv", "--exact", "--out", out)
    with open(out, encoding="utf-8", newline="") as file:
        exact = list(csv.reader(file))
    expect(exact[1][1] == bench.settle(EXTENDED, [("evaluation.window", "24 months")])["saving.total"],
            "exact amounts are those of facts")


SCENARIOS = """whatif: 1
title: "Meeting: March"
show: [saving.total, due.norrkoping.lsv]
set: {financing.commitment: 12 000 000 SEK}
axes:
  evaluation.window: [24, 36 months]
  waterfall[1].share: 50%..60%:10%
scenarios:
  - {name: as it is}
  - name: six groups
    set:
      evaluation.groups.age_at_start: [16, 18]
      waterfall[0].share: 2/5
"""


def group_scenarios(bench, seed):
    """A file gives what the same words on the command line give."""
    path = os.path.join(bench.folder, "meeting.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(SCENARIOS)
    rows = bench.grid(EXTENDED, [], "--scenarios", path, code=0)
    expect(len(rows) == 8, "2 x 2 x 2 scenarios, not %d" % len(rows))
    for row in rows:
        settings = [("financing.commitment", "12 000 000 SEK"), ("evaluation.window", row["set"]["evaluation.window"]),
                    ("waterfall[1].share", row["set"]["waterfall[1].share"])]
        if row["set"]["scenario"] == "six groups":
            settings += [("evaluation.groups.age_at_start", "[16, 18]"), ("waterfall[0].share", "2/5")]
        fresh = bench.settle(EXTENDED, [(p, "24 months" if v == "24" else v) for p, v in settings])
        expect({key: fresh[key] for key in row["facts"]} == row["facts"], "%s: %s" % (row["set"], row["facts"]))
    rate = bench.run("whatif", EXTENDED, "--set", "financing.returns={day_count: act_365}", "--show",
                     "return.irr.low,return.irr.high", "--lang", "en")[0]
    expect(rate.count("%") == 2 and "/" not in rate.split("Table 1.")[1], "a rate is shown in per cent: %s" % rate)
    text = bench.run("whatif", EXTENDED, "--scenarios", path, "--lang", "en")[0]
    expect("Meeting: March" in text and "six groups" in text, "names and title are shown")
    for broken, needle in (("title: x\n", "whatif: 1"), ("whatif: 2\n", "version"), ("whatif: 1\nshows: [a]\n",
            "shows"),
                           ("whatif: 1\naxes: {evaluation.window: [24..x]}\n", "range"),
                           ("whatif: 1\nscenarios: [{set: {evaluation.window: 24 months}}]\n", "no name"),
                           ("whatif: 1\nscenarios: [{name: a}, {name: a}]\n", "two scenarios"),
                           ("whatif: 1\nscenarios: [{name: a, get: b}]\n", "get"), ("whatif: 1\naxes: [a]\n", "map"),
                           ("whatif: 1\nshow: saving.total\n",
                                   "list"), ("whatif: 1\nset: {evaluation.windw: 1 months}\n", "windw")):
        with open(path, "w", encoding="utf-8") as file:
            file.write(broken)
        out, err = bench.run("whatif", EXTENDED, "--scenarios", path, code=3)
        expect(out == "" and needle in err, "%r is told: %s" % (broken, err[:300]))


def group_copied(bench, seed):
    """The scenario file to copy works as it stands, and a key with brackets is told to be quoted."""
    name, path = "norrkoping-2016/contract.yaml", "norrkoping-2016/scenarios.yaml"
    rows = bench.grid(name, [], "--scenarios", path, code=0)
    expect(len(rows) == 6, "two windows and three scenarios, not %d" % len(rows))
    shares = {"half of each krona saved": "waterfall[1].share",
              "half the project cost guaranteed": "waterfall[0].share"}
    for row in rows:
        settings = [("evaluation.window", row["set"]["evaluation.window"])]
        if row["set"]["scenario"] in shares:
            settings.append((shares[row["set"]["scenario"]], "50%"))
        fresh = bench.settle(name, settings)
        expect({key: fresh[key] for key in row["facts"]} == row["facts"], "%s: %s" % (row["set"], row["facts"]))
    broken = os.path.join(bench.folder, "broken.yaml")
    with open(broken, "w", encoding="utf-8") as file:
        file.write("# Frågor på mötet\nwhatif: 1\nscenarios:\n  - {name: a, set: {waterfall[1].share: 50%}}\n")
    out, err = bench.run("whatif", name, "--scenarios", broken, code=3)
    expect(out == "" and 'put a key with brackets in quotes: {"waterfall[1].share": 50%}' in err, err)


def group_apart(bench, seed):
    """One at a time: each value alone, the others as the contract is."""
    axes = [("evaluation.window", months(24, 30)), ("waterfall[0].share", ["30%", "50%"]),
            ("evaluation.groups.age_at_start", ["[16, 18]"])]
    rows = bench.grid(EXTENDED, axes, "--one-at-a-time", code=0, show=["saving.total", "due.norrkoping.lsv"])
    expect(len(rows) == 6, "the contract and five values, not %d" % len(rows))
    alone = [[]] + [[(path, value)] for path, values in axes for value in values]
    for row, settings in zip(rows, alone):
        fresh = bench.settle(EXTENDED, settings)
        expect(all(fresh[key] == value for key, value in row["facts"].items()), "%s differs" % settings)
    text = bench.run("whatif", EXTENDED, "--one-at-a-time", "--lang", "en", "--show", "due.norrkoping.lsv",
                     "--set", "evaluation.window=24,30", "--set", "waterfall[0].share=39%,41%")[0]
    expect(" as signed" in text and " at as " not in text, "the contract as it is has words of its own: %s" % text)
    expect(text.index("window") < text.index("waterfall[0].share"), "the widest effect comes first")


def seek(bench, name, what, goal, code=0):
    out, _ = bench.run("whatif", name, "--seek", what, "--goal", goal, "--as", "json", code=code)
    return json.loads(out)


def paid_exactly(facts, party_steps):
    return sum(Fraction(facts["step.%s.exact" % step]) for step in party_steps)


def group_seek(bench, seed):
    """An answer put into the contract gives the goal, to the last fraction."""
    steps = ["guarantee", "outcome", "return"]
    name = EXTENDED
    drawn = Fraction(bench.settle(name, [])["drawn.total"])
    for path in ("waterfall[0].share", "waterfall[1].share"):
        for goal, amount in (("payout=4 500 000 SEK", 450000000), ("payout=5333333.33", 533333333), ("return=-25%",
                drawn * 3 / 4)):
            answers = seek(bench, name, path, goal)["answers"]
            expect(len(answers) == 1, "%s for %s: %s" % (path, goal, answers))
            for answer in answers:
                for end in {answer["from"], answer["to"]} - {None}:
                    value = Fraction(end)
                    facts = bench.settle(name, [(path, "%d/%d" % (value.numerator, value.denominator))])
                    expect(facts is not None and paid_exactly(facts, steps) == amount,
                           "%s at %s does not give %s" % (path, end, goal))
    level = seek(bench, name, "outcome.between[1]", "payout=4 500 000 SEK")["answers"]
    expect([answer["from"] for answer in level] == ["1/3"], "60 %% of a third of 7.5 MSEK is 1.5 MSEK: %s" % level)
    # By hand: break-even is at a saving of P; the guarantee alone gives 3 MSEK for every saving up to 0.
    answers = seek(bench, name, "saving", "break-even")["answers"]
    expect(answers == [{"from": "750000000", "to": "750000000"}], "break-even is at a saving of P: %s" % answers)
    answers = seek(bench, name, "saving", "payout=3000000")["answers"]
    expect(answers == [{"from": None, "to": "0"}],
            "nothing is paid beyond the guarantee up to a saving of 0: %s" % answers)
    answers = seek(bench, name, "saving", "return=20%")["answers"]
    expect(answers == [{"from": "900000000", "to": None}], "the return ends at 120 %% of P: %s" % answers)
    none = seek(bench, name, "saving", "return=21%", code=1)
    expect(none["answers"] == [] and none["least"] == "-450000000" and none["most"] == "150000000",
            "no more than 20 %% can be reached: %s" % none)
    # The municipality: at a saving S it keeps S less what it pays.
    answers = seek(bench, name, "saving", "result.norrkoping=0")["answers"]
    expect(answers == [{"from": "750000000", "to": "900000000"}] or [a["from"] for a in answers] == ["750000000"],
           "the municipality breaks even where the investor does: %s" % answers)
    facts = bench.settle(name, [])
    cost = Fraction(seek(bench, name, "cost", "break-even")["answers"][0]["from"])
    expect(Fraction(facts["expected.total"]) - (1 - cost) * Fraction(facts["actual.total"]) == drawn,
            "costs lower by %s save P" % cost)
    persons = Fraction(seek(bench, name, "persons", "break-even")["answers"][0]["from"])
    expect(persons * Fraction(facts["saving.total"]) / int(facts["people.target"]) == drawn,
            "%s persons save P" % persons)
    for words, needle in ((["--seek", "wather"], "wather"), (["--seek", "waterfall[9].share"], "waterfall[9]"),
                          (["--seek", "saving", "--goal", "much"], "much"), (["--seek", "outcome.cap"], "no such term"),
                          (["--seek", "saving", "--goal", "payout=1,5"], "1,5"),
                          (["--seek", "saving", "--set", "evaluation.window=24,36"], "several values")):
        out, err = bench.run("whatif", name, *words, code=3)
        expect(out == "" and needle in err, "%s is told: %s" % (words, err[:300]))


def said(bench, name, *words, code=0):
    """Text on one line, with one blank between words."""
    return " ".join(bench.run("whatif", name, "--lang", "en", *words, code=code)[0].split())


def group_said(bench, seed):
    """Answers are sentences that can be told to somebody."""
    six = "norrkoping-2016/extended-36-6-groups.yaml"
    fall = Fraction(seek(bench, six, "cost", "payout=6 000 000 SEK")["answers"][0]["from"])
    expect(fall < 0, "this payout needs higher costs: %s" % fall)
    text = said(bench, six, "--seek", "cost", "--goal", "payout=6 000 000 SEK")
    expect("Answer: the cost would have to be 1.1%% (exactly %s) higher." % -fall in text, text)
    expect("Now: 0%, and SEK 6,839,991.20 (exactly " in text and " is paid in all." in text, text)
    text = said(bench, EXTENDED, "--seek", "cost", "--goal", "payout=3000000")
    expect("Answer: everything up to a rise of 3.1% (exactly " in text, text)
    text = said(bench, EXTENDED, "--seek", "saving", "--goal", "break_even")
    expect("Answer: SEK 7,500,000.00." in text and "which gives Leksell Social Ventures a result of SEK" in text, text)
    for goal, part in (("break-even", "112 and 113"), ("payout=5000000", "50 and 51")):
        exact = seek(bench, EXTENDED, "persons", goal)["answers"][0]["from"]
        text = said(bench, EXTENDED, "--seek", "persons", "--goal", goal)
        expect("Answer: between %s persons (exactly %s)." % (part, exact) in text, text)
    exact = seek(bench, six, "persons", "return=20%")["answers"][0]
    expect(Fraction(exact["from"]).denominator > 1 and exact["to"] is None, "from a part of a person: %s" % exact)
    text = said(bench, six, "--seek", "persons", "--goal", "return=20%")
    up = -(-Fraction(exact["from"]).numerator // Fraction(exact["from"]).denominator)
    expect("everything from %d persons (exactly %s) up" % (up, exact["from"]) in text, text)
    text = said(bench, EXTENDED, "--leave-out", "persons")
    expect("Each row is the result without that person less the result with everybody. Shown: 10 of 193." in text, text)
    text = said(bench, EXTENDED, "--leave-out", "cells")
    expect("Each row is the result without that month less the result with all. Shown: 10 of 144." in text, text)
    text = said(bench, EXTENDED, "--set", "evaluation.window=24", "--set", "rounding.mode=floor", "--show",
                "saving.total")
    expect("window rounding.mode Saving" in text, "short keys are headed with what stands before them: %s" % text)
    text = said(bench, EXTENDED, "--set", "target_group.people.file=data/individuals.csv", "--set",
                "comparison_group.people.file=data/reference-individuals.csv", "--show", "saving.total")
    expect("target_group.people.file comparison_group.people.file Saving" in text, "heads differ: %s" % text)


def group_meant(bench, seed):
    """What was probably meant is told once, however many values there are."""
    for words, meant in ((["--set", "window=6,12,18"], 'did you mean "evaluation.window"?'),
                         (["--set", "waterfall.outcome.share=40%,50%"], 'did you mean "waterfall[1].share"?'),
                         (["--set", "price_index.use=true,false"], 'did you mean "comparison_group.price_index.use"?'),
                         (["--set", "evaluation.windw=24,36"], 'did you mean "window"?'),
                         (["--show", "saving"], "did you mean saving.total?"),
                         (["--show", "lsv"], None), (["--set", "share=1%,2%"], None),
                         (["--set", "waterfall.nobody.share=1%,2%"], None)):
        out, err = bench.run("whatif", EXTENDED, *words, code=3)
        expect(out == "" and err.count("error:") == 1, "%s is told once: %s" % (words, err))
        expect(("did you mean" not in err) if meant is None else meant in err, "%s: %s" % (words, err))


def without(bench, table, person):
    path = os.path.join(bench.cases, "norrkoping-2016", "data", table)
    with open(path, "rb") as file:
        before = file.read()
    lines = before.splitlines(keepends=True)
    with open(path, "wb") as file:
        file.write(b"".join(line for line in lines if not line.startswith((person.encode() + b",",
                person.encode() + b";"))))
    return path, before


def group_leave(bench, seed):
    """Leaving out is what the tables without them give; cells add up to the saving."""
    draw = random.Random(seed)
    name, keys = EXTENDED, ["saving.total", "due.norrkoping.lsv"]
    whole = bench.settle(name, [])
    rows = bench.grid(name, [], "--leave-out", "persons", show=keys, code=0)
    expect(len(rows) == 60 + 133, "everybody is left out once: %d" % len(rows))
    expect([row["set"]["rank"] for row in rows] == [str(i + 1) for i in range(len(rows))], "people are ranks")
    sizes = [abs(Fraction(row["facts"]["saving.total"])) for row in rows]
    expect(sizes == sorted(sizes, reverse=True), "the largest effect comes first")
    effects = {(row["set"]["side"], row["facts"][keys[0]], row["facts"][keys[1]]) for row in rows}
    data = os.path.join(bench.cases, "norrkoping-2016", "data")
    for side, people, mark in (("target group", "individuals.csv", ";"), ("comparison group",
            "reference-individuals.csv", ",")):
        with open(os.path.join(data, people), encoding="utf-8-sig") as file:
            table = list(csv.DictReader(file, delimiter=mark))
        known = [row["id"] for row in table if row.get("wave", "2013") in ("2013", "2013b", "2014")]
        for person in draw.sample(known, 4):
            saved = [without(bench, file, person) for file in sorted(os.listdir(data))]
            fresh = bench.settle(name, [])
            for path, before in saved:
                with open(path, "wb") as file:
                    file.write(before)
            effect = tuple(str(Fraction(fresh[key]) - Fraction(whole[key])) for key in keys)
            expect((side, *effect) in effects, "%s: %s is no effect" % (side, effect))
    rows = bench.grid(name, [], "--leave-out", "cells", show=["saving.total"], code=0)
    total = sum(Fraction(row["facts"]["saving.total"]) for row in rows)
    expect(len(rows) == 4 * 36 and total == -Fraction(whole["saving.total"]),
            "the months of all groups add up to the saving")
    rows = bench.grid(name, [], "--leave-out", "late", show=["saving.total"], code=0)
    expect(all(int(row["set"]["left_out"]) > 0 for row in rows) and len(rows) > 3, "late joiners are counted")
    bench.run("whatif", name, "--leave-out", "everybody", code=2)
    leavers_leave(bench, draw)


LEAVERS = """extends: extended-36-months.yaml
target_group: {people: {file: data/leavers.csv}}
evaluation: {exits: {moved: {rule: stop}}}
"""


def leavers_leave(bench, draw):
    """Who left before the window was over is still somebody who left when another is left out."""
    name, data = "norrkoping-2016/leavers.yaml", os.path.join(bench.cases, "norrkoping-2016", "data")
    with open(os.path.join(data, "individuals.csv"), encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    people = [line.split(";") for line in lines[1:]]
    left = [person[0] for person in people[::6]]
    with open(os.path.join(data, "leavers.csv"), "w", encoding="utf-8") as file:
        file.write(lines[0] + ";exit\n")
        for person in people:
            year, month = int(person[1][:4]) + 1, person[1][5:7]
            file.write(";".join(person + ["%d-%s" % (year, month) if person[0] in left else ""]) + "\n")
    with open(os.path.join(bench.cases, name), "w", encoding="utf-8") as file:
        file.write(LEAVERS)
    whole = bench.settle(name, [])
    rows = bench.grid(name, [], "--leave-out", "persons", show=["saving.total"], code=0)
    effects = {row["facts"]["saving.total"] for row in rows if row["set"]["side"] == "target group"}
    for person in [*draw.sample(left, 2), *draw.sample([p[0] for p in people if p[0] not in left], 2)]:
        saved = [without(bench, file, person) for file in sorted(os.listdir(data))]
        fresh = bench.settle(name, [])
        for path, before in saved:
            with open(path, "wb") as file:
                file.write(before)
        effect = str(Fraction(fresh["saving.total"]) - Fraction(whole["saving.total"]))
        expect(effect in effects, "with leavers, %s is no effect" % effect)


def group_errors(bench, seed):
    """What is wrong is told before anything runs, with nothing on standard output."""
    wrong = [(["--set", "evaluation.windw=24"], "windw"), (["--set", "evaluation.window=24,x"], "x"),
             (["--set", "evaluation.window=400"], "400"), (["--set", "evaluation.window"], "PATH=VALUES"),
             (["--set", "evaluation.window=36..24"], "range"), (["--set", "evaluation.window=24,,36"], "empty value"),
             (["--set", "waterfall[0].share=0%..1%:0%"], "range"), (["--set", "waterfall[0].share=140%"], "140%"),
             (["--set", "waterfall[9].share=40%"], "past the end"), (["--set", "extends=a.yaml"], "cannot be set"),
             (["--set", "evaluation.window=1..240", "--set", "waterfall[0].share=0%..50%:0.1%"], "120240 cells"),
             (["--set", "waterfall[0].share=0%..100%:0.0001%"], "100 000 values"), (["--show", "saving.totl"],
                     "saving.totl"),
             (["--as-of", "2018-13"], "--as-of"), (["--scenarios", "absent.yaml"], "absent.yaml"),
             (["--set", "target_group.people.file=absent.csv"], "absent.csv"),
             (["--set", "evaluation.groups.age_at_start=[18],[18, 16]"], "16"),
             (["--set", "evaluation.window=24", "--set", "evaluation.window=12"], "set by two axes"),
             (["--set", "waterfall[0].share=24%,30%", "--set",
               "waterfall[0]={id: guarantee, from: norrkoping, to: lsv, fixed: 1 SEK}"], "set by two axes"),
             (["--set", "evaluation.groups.age_at_start=[18],[16]", "--scenarios", "twice.yaml"], "set by two axes")]
    with open(os.path.join(bench.cases, "twice.yaml"), "w", encoding="utf-8") as file:
        file.write("whatif: 1\nscenarios: [{name: a, set: {evaluation.groups.age_at_start: [17]}}]\n")
    for words, needle in wrong:
        out, err = bench.run("whatif", EXTENDED, *words, code=4 if "absent" in needle else 3)
        expect(out == "" and needle in err, "%s is told: %s" % (words, err[:300]))
    for words in (["--as", "xml"], ["--threads", "0"], ["--seek", "saving", "--leave-out", "cells"]):
        bench.run("whatif", EXTENDED, *words, code=2)
    _, err = bench.run("whatif", EXTENDED, "--set", "evaluation.window=x,y", "--set", "waterfall[0].share=z", code=3)
    expect(err.count("error:") >= 2, "more than one fault is told: %s" % err)
    out, _ = bench.run("whatif", EXTENDED, "--set", "evaluation.groups.age_at_start=[18],[11]", "--lang", "en", code=1)
    expect("not settled" in out and "3,999,984.62" in out,
            "a cell that cannot be settled does not stop the others: %s" % out)


# Every wave is read from the tables anew, so that this takes far longer than until progress is told.
STOP_AXES = ["--set", "evaluation.window=1..36", "--set", "comparison_group.people.where.wave=" + ",".join(
    ['["2013"],["2013","2014"]'] * 500), "--threads", "2"]
STOP_CELLS = 36 * 1000


def stopped(bench, *words):
    """(standard output, how many were settled as the terminal tells it) of a grid that Ctrl-C stops as soon as a line
    tells of progress."""
    terminal = Terminal()
    process = subprocess.Popen([bench.utfall, "whatif", EXTENDED, *STOP_AXES, "--show", "result.lsv", *words],
                               cwd=bench.cases, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=terminal.theirs,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    output = []
    reader = threading.Thread(target=lambda: output.append(process.stdout.read().decode("utf-8")))
    reader.start()
    expect(terminal.wait_for(r"\r\S+ \d+ / %d" % STOP_CELLS, process),
           "%s: it was over before it told of progress" % (words,))
    process.send_signal(signal.SIGINT)
    process.wait(300)
    reader.join()
    terminal.close()
    expect(process.returncode == 130, "%s: exit code %d\n%s" % (words, process.returncode, terminal.text[-500:]))
    told = re.search(r"utfall: (?:stopped: ([\d ]+) of 36 000 scenarios were settled|"
                     r"avbrutet: ([\d ]+) av 36 000 scenarier avräknades)\r?\n$", terminal.text)
    expect(told is not None, "%s: what is missing is told: %r" % (words, terminal.text[-200:]))
    settled = int((told[1] or told[2]).replace(" ", "")) if told else -1
    expect(0 < settled < STOP_CELLS, "%s: some were settled, not all: %d" % (words, settled))
    return output[0], settled


def group_stop(bench, seed):
    """Ctrl-C keeps what is done: whole rows, as an undisturbed run has them; every form says that it is a part."""
    out, settled = stopped(bench, "--as", "json", "--lang", "en")
    grid = json.loads(out)
    expect((grid["missing"], len(grid["scenarios"])) == (STOP_CELLS - settled, settled), "what is missing is counted")
    draw = random.Random(seed)
    for row in draw.sample(grid["scenarios"], 3):
        fresh = bench.settle(EXTENDED, list(row["set"].items()))
        expect((fresh or {}).get("result.lsv") == row.get("facts", {}).get("result.lsv"), "%s is as it would be" % row)
    out, settled = stopped(bench, "--as", "csv", "--lang", "sv")
    expect(len(list(csv.reader(io.StringIO(out)))) == settled + 1, "as many rows as it says")
    path = os.path.join(bench.folder, "part.csv")
    out, settled = stopped(bench, "--as", "csv", "--out", path, "--lang", "en")
    with open(path, encoding="utf-8", newline="") as file:
        expect((out, len(list(csv.reader(file)))) == ("", settled + 1), "as many rows in the file as it says")
    out, settled = stopped(bench, "--lang", "en")
    head = " ".join(out.split("Table 1.")[0].split())
    expect("Stopped: %s of 36,000 scenarios were settled." % format(settled, ",") in head,
           "the text says it before the table: %r" % head[:400])


def main():
    utfall, group = os.path.abspath(sys.argv[1]), sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory(prefix="utfall-whatif-") as folder:
        globals()["group_" + group](Bench(utfall, folder), seed)
    for fault in FAULTS:
        print(fault, file=sys.stderr)
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
