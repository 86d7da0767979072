"""The expected cost of the case, person by person and month by month, in fractions, from the files alone.

Shares nothing with utfall: groups, window and selection are those that contracts/norrkoping-2016/contract.yaml states.
"""
import csv
import pathlib
from fractions import Fraction

HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[2] / "contracts" / "norrkoping-2016" / "data"
BASE = "2016-08"
WINDOW = 24


def rows(path, separator):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def month(text):
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def people(table, costs, mark, yes):
    found = {row["id"]: ((int(row["age_at_start"]) >= 18, row["previously_placed"] == yes), month(row["start"]),
                         [Fraction(0)] * WINDOW) for row in table}
    for row in costs:
        if row["id"] in found and row["source"] == "child":
            k = month(row["month"]) - found[row["id"]][1]
            if 0 <= k < WINDOW:
                found[row["id"]][2][k] += Fraction(row["amount"].replace(mark, ".")) * 100
    return list(found.values())


def whole(amount):
    """Whole öre, halves away from zero."""
    nearest = (2 * abs(amount) + 1) // 2
    return nearest if amount >= 0 else -nearest


def main():
    index = {month(row["month"]): Fraction(row["value"]) for row in rows(HERE / "kpi.csv", ",")}
    target = people(rows(DATA / "individuals.csv", ";"), rows(DATA / "costs.csv", ";"), ",", "ja")
    wave = [row for row in rows(DATA / "reference-individuals.csv", ",") if row["wave"] == "2013"]
    compared = people(wave, rows(DATA / "reference-costs.csv", ","), ".", "yes")
    base = index[month(BASE)]
    carried = [(group, [whole(cost[k] * base / index[start + k]) for k in range(WINDOW)])
               for group, start, cost in compared]
    expected, actual = Fraction(0), Fraction(0)
    for group, start, cost in target:
        others = [costs for its, costs in carried if its == group]
        actual += sum(cost)
        for k in range(WINDOW):
            expected += Fraction(sum(costs[k] for costs in others), len(others)) * index[start + k] / base
    saving = expected - actual
    print("expected %d, actual %d, saving %d whole öre" % (expected, actual, saving))
    print("saving.total\t%s" % saving)


main()
