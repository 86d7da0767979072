"""Revised price indices: the corrections of a chain of two, one after the other, against the oracle.

    revised.py UTFALL [--seed N] [--count N]

A random contract is settled, some values of its index are changed, and the next settlement continues the
first. CORRECTION-2: each index value that differs is put right first, in the order of time; then the cost
of the comparison people at the prices of the base month, by group and month. What each is said to change
is computed here by putting right one figure at a time. All other facts are compared too.
"""
import argparse
import csv
import os
import random
import sys
import tempfile
from fractions import Fraction

import generate
import oracle
import run
from reading import ENCODINGS, month, month_text


def revise(spec, draw):
    """Change about a third of the table's values."""
    encoding, separator = ENCODINGS[spec.get("encoding", "utf-8")], spec.get("separator", ",")
    with open(spec["file"], encoding=encoding, newline="") as file:
        table = list(csv.reader(file, delimiter=separator))
    at, mark = table[0].index(spec.get("columns", {}).get("value", "value")), spec.get("decimal", ".")
    for row in table[1:]:
        if draw.random() < 0.3:
            millionths = int(Fraction(row[at].replace(mark, ".")) * 10 ** 6) * draw.choice([99, 101, 103]) // 100
            millionths = max(1, min(10 ** 12, millionths))
            row[at] = "%d%s%06d" % (millionths // 10 ** 6, mark, millionths % 10 ** 6)
    with open(spec["file"], "w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(table)


class Corrections:
    """From the figures of `old` to those of `new`, as of the same month, one at a time."""

    def __init__(self, old, new):
        self.old, self.found = old, []
        self.index, self.standard = dict(old.prices.values), dict(old.s)
        self.expected, self.exact = old.money["expected"], self.steps(old.money["expected"])
        for t, now in sorted(new.prices.values.items()):
            if self.index[t] != now:
                self.put(self.index, t, now, 1, {"subject": "price_index", "month": month_text(t)})
        for group in old.groups if old.comparison else []:
            for k in range(1, old.window + 1):
                if self.standard.get((group, k)) != new.s.get((group, k)):
                    people = sum(1 for p in old.comparison.people.values()
                                 if p.group == group and old.is_divided_by(p, k))
                    self.put(self.standard, (group, k), new.s[group, k], people,
                             {"subject": "comparison_cost", "group": group, "k": str(k)})
        if self.expected != new.money["expected"]:
            raise RuntimeError("the corrections do not add up")

    def put(self, figures, at, now, people, about):
        was, figures[at] = figures[at], now
        expected = sum((self.standard[p.group, k] * self.index[p.start + k - 1] / self.index[self.old.prices.base]
                        for p in self.old.target.people.values()
                        for k in range(1, min(p.months, self.old.payment_window) + 1)), Fraction(0))
        exact = self.steps(expected)
        about.update(old=str(was * people), now=str(now * people), saving=str(expected - self.expected),
                     paid=str(exact - self.exact))
        self.found.append(about)
        self.expected, self.exact = expected, exact

    def steps(self, expected):
        """What all steps come to before rounding."""
        money = self.old.money
        self.old.money = dict(money, expected=expected, saving=expected - money["actual"])
        exact = sum((self.old.step(step)[1] for step in self.old.tree["waterfall"]), Fraction(0))
        self.old.money = money
        return exact


def settle(utfall, path, at, out, *more):
    run.run_utfall(utfall, "settle", path, "--as-of", at, "--out", out, "--detail", "none", "--quiet", *more)
    return os.path.join(out, os.listdir(out)[0])


def corrections_of(facts):
    count = int(facts["correction.count"])
    heads = ["correction.%d." % i for i in range(1, count + 1)]
    return [{key[len(head):]: value for key, value in facts.items() if key.startswith(head)} for head in heads]


def chain(utfall, seed, folder):
    """How many corrections agree; None for a contract that has no index or is not settled."""
    months = generate.make(seed, os.path.join(folder, "case"))
    path = os.path.join(folder, "case", "contract.yaml")
    spec = oracle.load(path)["comparison_group"].get("price_index")
    if not months or not spec or spec.get("use") == "false":
        return None
    first, second = months[0], month_text(month(months[0]) + 3)
    try:
        old = oracle.Settlement(path, as_of=first)
        ledger = settle(utfall, path, first, os.path.join(folder, "first"))
        revise(spec, random.Random(seed))
        wanted = Corrections(old, oracle.Settlement(path, as_of=first)).found
        oracle.Settlement(path, as_of=second, previous=old)
    except oracle.Refused:
        return None
    ledger = settle(utfall, path, second, os.path.join(folder, "second"), "--previous", ledger,
                    "--reason", "the index was revised")
    facts = run.utfall_facts(utfall, ledger)
    found = corrections_of(facts)
    for one, other in zip(wanted, found):
        if one != other:
            raise RuntimeError("a correction differs\n    oracle  %s\n    utfall  %s" % (one, other))
    if len(wanted) != len(found):
        raise RuntimeError("the oracle has %d corrections, utfall %d" % (len(wanted), len(found)))
    expected = oracle.Settlement(path, as_of=second, given=facts, previous=old).facts
    wrong = sorted(key for key in set(expected) | set(facts)
                   if not key.startswith("correction.") and expected.get(key) != facts.get(key))
    if wrong:
        raise RuntimeError("%d facts differ, among them %s" % (len(wrong), wrong[0]))
    return len(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("utfall")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=150)
    options = parser.parse_args()
    count = int(options.count * float(os.environ.get("UTFALL_TEST_EFFORT", "1")))
    chains = corrections = faults = 0
    for seed in range(options.seed, options.seed + max(1, count)):
        with tempfile.TemporaryDirectory(prefix="utfall-revised-") as folder:
            try:
                found = chain(os.path.abspath(options.utfall), seed, folder)
            except (RuntimeError, run.Told) as fault:
                print("seed %d: %s" % (seed, fault.args[0]))
                faults += 1
                continue
        if found is not None:
            chains, corrections = chains + 1, corrections + found
    print("%d chains with %d corrections agree, %d do not" % (chains, corrections, faults))
    if chains * 10 < count:
        print("too few of the contracts have an index and are settled")
        return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
