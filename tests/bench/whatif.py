#!/usr/bin/env python3
"""1 000 settlements of the Norrköping case (synthetic data): window 12..36 x age cut 15..19 x guarantee 5..40 %.

    tests/bench/whatif.py build/release/utfall [--runs N]

utfall: the whole process, reading included, every settlement with all its series, checks and rounding. Beside it, in
this process, after reading, only the saving and the repayment of each cell: in Python's exact fractions and, where they
are installed, in the floating point of numpy and pandas. All use sums by month and group made once for each cut, as
utfall does.
"""
import argparse
import csv
import importlib
import os
import statistics
import subprocess
import sys
import time
from fractions import Fraction

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASE = os.path.join(ROOT, "contracts", "norrkoping-2016")
WINDOWS, CUTS, SHARES = range(12, 37), range(15, 20), [Fraction(n, 100) for n in range(5, 45, 5)]
DRAWN = 750000000


def utfall(program, *words):
    command = [program, "whatif", os.path.join(CASE, "extended-36-months.yaml"), "--set", "evaluation.window=12..36",
               "--set", "evaluation.groups.age_at_start=" + ",".join("[%d]" % cut for cut in CUTS),
               "--set", "waterfall[0].share=5%..40%:5%", "--show",
               "saving.total,step.guarantee.exact,step.outcome.exact",
               "--as", "csv", "--exact", *words]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start, done.stdout.decode()


def ordinal(text):
    return int(text[:4]) * 12 + int(text[5:7])


def read(people, costs, mark, decimal, yes, waves):
    """[(age, placed, cost by month)]"""
    found = {}
    with open(os.path.join(CASE, "data", people), encoding="utf-8-sig") as file:
        for row in csv.DictReader(file, delimiter=mark):
            if row.get("wave", "2013") in waves:
                found[row["id"]] = (int(row["age_at_start"]), row["previously_placed"] == yes, ordinal(row["start"]),
                        [0] * 36)
    with open(os.path.join(CASE, "data", costs), encoding="utf-8-sig") as file:
        for row in csv.DictReader(file, delimiter=mark):
            person = found.get(row["id"])
            if person and 0 <= (k := ordinal(row["month"]) - person[2]) < 36:
                person[3][k] += round(Fraction(row["amount"].replace(decimal, ".").replace(" ", "")) * 100)
    return [(age, placed, cost) for age, placed, _, cost in found.values()]


def exact(target, comparison):
    cells = []
    for cut in CUTS:
        groups = [[0, 0, [0] * 36, [0] * 36] for _ in range(4)]
        for side, people in ((0, target), (1, comparison)):
            for age, placed, cost in people:
                group = groups[2 * (age >= cut) + placed]
                group[side] += 1
                group[2 + side] = [a + b for a, b in zip(group[2 + side], cost)]
        month = [sum(Fraction(g[0] * g[3][k], g[1]) if g[0] else 0 for g in groups) - sum(g[2][k] for g in groups)
                 for k in range(36)]
        for window in WINDOWS:
            saving = sum(month[:window])
            cells += [((window, cut), saving, share * DRAWN, Fraction(3, 5) * min(max(saving, 0),
                    DRAWN)) for share in SHARES]
    return [cell for _, *cell in sorted(cells, key=lambda cell: cell[0])]


def floating(numpy, target, comparison):
    cells = []
    for cut in CUTS:
        month = numpy.zeros(36)
        sides = [(numpy.array([2 * (age >= cut) + placed for age, placed, _ in people]),
                  numpy.array([cost for _, _, cost in people], dtype=float)) for people in (target, comparison)]
        for group in range(4):
            ours, theirs = (cost[which == group] for which, cost in sides)
            if len(ours):
                month += len(ours) * theirs.mean(axis=0) - ours.sum(axis=0)
        saving = numpy.cumsum(month)[11:]
        share = numpy.array([float(s) for s in SHARES])
        cells.append((saving[:, None] + 0 * share, share * DRAWN + 0.6 * numpy.clip(saving, 0, DRAWN)[:, None]))
    return cells


def grouped(pandas, target, comparison):
    ours, theirs = (pandas.concat([pandas.DataFrame({"age": [age for age, _, _ in people],
                                                     "placed": [placed for _, placed, _ in people]}),
                                   pandas.DataFrame([cost for _, _, cost in people], dtype=float)], axis=1)
                    for people in (target, comparison))
    cells = []
    for cut in CUTS:
        sums, means = (side[list(range(36))].groupby([side["age"] >= cut, side["placed"]]) for side in (ours, theirs))
        month = means.mean().mul(sums.size(), axis=0).sum() - sums.sum().sum()
        saving = month.cumsum().to_numpy()[11:]
        cells.append((saving[:, None], DRAWN * 0.4 + 0.6 * saving.clip(0, DRAWN)[:, None]))
    return cells


def agree(cells, savings):
    """Whether floating point comes to the exact savings, ordered by window and cut, to the öre."""
    made = [cells[c][0][w][0] for w in range(len(WINDOWS)) for c in range(len(CUTS))]
    return all(abs(a - b) < 1 for a, b in zip(made, savings))


def median(function, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("utfall")
    parser.add_argument("--runs", type=int, default=11)
    options = parser.parse_args()
    program = os.path.abspath(options.utfall)
    start = time.perf_counter()
    target = read("individuals.csv", "costs.csv", ";", ",", "ja", ("2013",))
    comparison = read("reference-individuals.csv", "reference-costs.csv", ",", ".", "yes", ("2013", "2013b", "2014"))
    reading = (time.perf_counter() - start) * 1000
    rows = list(csv.reader(utfall(program)[1].splitlines()))[1:]
    same = [[Fraction(value) for value in row[3:6]] for row in rows] == exact(target, comparison)
    print("1000 settlements, the same to the last fraction as in Python: %s" % ("yes" if same else "NO"))
    ours = statistics.median(utfall(program)[0] for _ in range(options.runs)) * 1000
    one = statistics.median(utfall(program, "--threads", "1")[0] for _ in range(options.runs)) * 1000
    table = [("utfall, whole process", ours), ("utfall, whole process, one thread", one),
             ("Python, exact: reading", reading), ("Python, exact: saving and repayment",
                     median(lambda: exact(target, comparison), 3))]
    savings = [cell[0] for cell in exact(target, comparison)][::len(SHARES)]
    for name, function, what in (("numpy", floating, "numpy, floating point: the same"),
                                 ("pandas", grouped, "pandas, floating point: the same")):
        try:
            library = importlib.import_module(name)
        except ImportError:
            print("%s is not installed and left out" % name)
            continue
        if not agree(function(library, target, comparison), savings):
            sys.exit("%s does another job" % name)
        table.append((what, median(lambda: function(library, target, comparison), options.runs)))
    for name, milliseconds in table:
        print("%-40s %9.2f ms  %7.2f x" % (name, milliseconds, milliseconds / ours))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
