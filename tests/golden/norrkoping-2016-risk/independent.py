"""The figures of the case, from 10 000 replicates and as many exchanges made in Python.

Usage: python3 -B tests/golden/norrkoping-2016-risk/independent.py [TIMES...]
TIMES: also tell how often the effect of break-even is seen with so many times the people (20 seconds for 20).
Draws and settles with tests/risk/redraw.py and the oracle; the school result is the published one, +19 points.
"""
import os
import sys
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path[:0] = [os.path.join(ROOT, "tests", "oracle"), os.path.join(ROOT, "tests", "risk")]
import redraw  # noqa: E402

COUNT, SEED = 10000, 1
CASE = os.path.join(ROOT, "contracts", "norrkoping-2016", "contract.yaml")
SCHOOL = {"outcome.school.sum": "19", "outcome.school.persons": "50", "outcome.school.excluded": "10"}
made = redraw.Redraw(CASE, SCHOOL)
settled, drawn = made.s.money["saving"], made.s.money["drawn"]
drawings = [made.replicate(SEED, number) for number in range(COUNT)]
savings = [expected - actual for expected, actual in drawings]
paid = [made.pay(*drawing)[0]["norrkoping"] for drawing in drawings]
ends = [0, drawn, drawn * Fraction(6, 5)]
print("saving, percentiles", redraw.quantiles(redraw.floor(s) for s in savings))
print("paid, percentiles", {p: int(v) for p, v in redraw.quantiles(paid).items()})
print("below zero", sum(s < 0 for s in savings))
print("0 to P", sum(ends[0] <= s < ends[1] for s in savings))
print("P to 120 % of P", sum(ends[1] <= s < ends[2] for s in savings))
print("120 % of P and above", sum(s >= ends[2] for s in savings))
exchanges = [made.permuted(SEED, number) for number in range(COUNT)]
print("as far", sum(abs(s) >= abs(settled) for s in exchanges), "as high", sum(s >= settled for s in exchanges))


def seen(times):
    """Of 2 000 replicates with so many times the people: those in which a saving of P would be told from none."""
    misses = []
    for number in range(2000):
        stream = redraw.Stream(SEED, 3 | times << 8, number)
        saving = Fraction(0)
        for _, _, target, others in made.groups:
            actual = sum(target[stream.below(len(target))][1] for _ in range(len(target) * times))
            against = sum(others[stream.below(len(others))][0] for _ in range(len(others) * times))
            saving += Fraction(against * len(target), len(others)) - actual
        misses.append(saving - times * settled)
    passed = sorted(abs(miss) for miss in misses)[1899]  # 95 % are no larger
    return sum(drawn * times + miss > passed for miss in misses)


for times in [int(word) for word in sys.argv[1:]]:
    print("%d times as many people: seen in %d of 2000" % (times, seen(times)))
