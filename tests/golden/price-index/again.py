"""The cases of this folder computed again, with fractions, from the rules PRICE-1 to PRICE-5 alone.

    again.py CASE      prints how many facts were computed, and that all of them stand in CASE.tsv

Reads the tables as they are here and knows the terms of the three contracts; shares nothing with utfall.
"""
import csv
import pathlib
import sys
from fractions import Fraction

HERE = pathlib.Path(__file__).parent


def rows(name, separator=","):
    with open(HERE / name, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=separator))


def nth(text):
    """A calendar month as a number, from YYYY-MM or YYYY-MM-DD."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def name(month):
    return "%04d-%02d" % (month // 12, month % 12 + 1)


def index_of(name_of_file, separator, month, value):
    found = {}
    for row in rows(name_of_file, separator):
        months = range(int(row[month]) * 12, int(row[month]) * 12 + 12) if len(row[month]) == 4 else [nth(row[month])]
        for t in months:
            assert t not in found
            found[t] = Fraction(row[value].replace(",", "."))
    return found


def people_of(people, costs, window, group):
    """(group, start, months until leaving, cost by k in öre) of each person."""
    out = {}
    for row in rows(people):
        left = nth(row["exit"]) - nth(row["start"]) + 1 if row.get("exit") else window
        out[row["id"]] = [group(row), nth(row["start"]), min(left, window), [Fraction(0)] * window]
    for row in rows(costs):
        person = out[row["id"]]
        k = nth(row["month"]) - person[1]
        if 0 <= k < person[2]:
            person[3][k] += Fraction(row["amount"]) * 100
    return list(out.values())


def cost_facts(target, window, paid, index, base, as_of, standard, first, last):
    """Facts of the costs; `standard` is by (group, k from 0), at the prices of the base month."""
    level = {t: value / index[base] for t, value in index.items()}
    counted = {}
    for i, (_, start, own, _) in enumerate(target):
        counted[i] = max(0, min(own, as_of - start + 1))
    facts, expected, actual = {}, [Fraction(0)] * window, [Fraction(0)] * window
    by_month = {}
    placed = {"below": [0] * window, "at": [0] * window, "above": [0] * window}
    weight = {}
    for i, (group, start, _, cost) in enumerate(target):
        for k in range(counted[i]):
            share = standard[group, k] * level[start + k]
            weight[group, k] = weight.get((group, k), 0) + level[start + k]
            expected[k] += share
            actual[k] += cost[k]
            by_month[start + k] = by_month.get(start + k, 0) + share
            placed["below" if cost[k] < share else "at" if cost[k] == share else "above"][k] += 1
    for k in range(window):
        facts["expected.month.%d" % (k + 1)] = expected[k]
        facts["actual.month.%d" % (k + 1)] = actual[k]
        for where, persons in placed.items():
            facts["%s.month.%d" % (where, k + 1)] = persons[k]
    for (group, k), cost in standard.items():
        facts["standard_cost.%s.%d" % (group, k + 1)] = cost
        facts["price_weight.%s.%d" % (group, k + 1)] = weight.get((group, k), 0)
    so_far = Fraction(0)
    for t in range(first, last + 1):
        so_far += by_month.get(t, 0)
        facts["expected.accumulated.%s" % name(t)] = so_far
    for kind, months in (("total", window), ("paid", paid)):
        facts["expected.%s" % kind] = sum(expected[:months])
        facts["actual.%s" % kind] = sum(actual[:months])
        facts["saving.%s" % kind] = sum(expected[:months]) - sum(actual[:months])
    return facts, counted, level


def whole(amount):
    """Whole öre, halves away from zero."""
    nearest = (2 * abs(amount) + 1) // 2
    return nearest if amount >= 0 else -nearest


def at_base(comparison, index, base, groups, window, known=lambda start: None):
    """Standard cost: each comparison person's month in whole öre of the base month, added up and divided."""
    sums = {(g, k): Fraction(0) for g in groups for k in range(window)}
    people = {(g, k): 0 for g in groups for k in range(window)}
    for group, start, own, cost in comparison:
        months = known(start)
        for k in range(window if months is None else months):
            sums[group, k] += whole(cost[k] * index[base] / index[start + k])
            people[group, k] += months is None or k < own
    return {cell: sums[cell] / people[cell] for cell in sums if people[cell]}


def by_age(row):
    return "<18" if int(row["age"]) < 18 else "18+"


def historic():
    index, base = index_of("index.csv", ",", "month", "value"), nth("2020-01")
    target = people_of("people.csv", "costs.csv", 2, by_age)
    comparison = people_of("reference-people.csv", "reference-costs.csv", 2, by_age)
    standard = at_base(comparison, index, base, ("<18", "18+"), 2)
    facts, _, _ = cost_facts(target, 2, 2, index, base, nth("2020-12"), standard, nth("2020-01"), nth("2020-03"))
    used = {base} | {start + k for _, start, _, _ in target + comparison for k in range(2)}
    facts.update({"price_index." + name(t): index[t] for t in used})
    facts["due.city.fund"] = Fraction(6, 10) * min(max(facts["saving.paid"], 0), 10000)
    return facts


def agreed():
    index, base = index_of("index.csv", ",", "month", "value"), nth("2020-01")
    target = people_of("people.csv", "costs.csv", 2, by_age)
    standard = {(r["group"], int(r["month"]) - 1): Fraction(r["amount"]) * 100 for r in rows("agreed.csv")}
    facts, _, _ = cost_facts(target, 2, 2, index, base, nth("2020-12"), standard, nth("2020-01"), nth("2020-03"))
    facts["due.city.fund"] = Fraction(6, 10) * min(max(facts["saving.paid"], 0), 10000)
    return facts


def interim():
    window, as_of, base = 4, nth("2020-04"), nth("2018-07")
    index = index_of("interim-index.csv", ";", "Manad", "Varde")
    everybody = people_of("interim-people.csv", "interim-costs.csv", window, lambda row: "all")
    target = [person for person in everybody if person[1] <= as_of]
    comparison = people_of("interim-reference-people.csv", "interim-reference-costs.csv", window, lambda row: "all")
    standard = at_base(comparison, index, base, ("all",), window,
                       lambda start: max(0, min(window, as_of - start + 1)))
    facts, counted, level = cost_facts(target, window, 3, index, base, as_of, standard,
                                       nth("2020-01"), as_of)
    used = {base} | set(range(nth("2020-01"), as_of + 1))
    facts.update({"price_index." + name(t): index[t] for t in used})
    # Months to come: at the prices of the last month that has passed, times actual / expected so far.
    ratio = facts["actual.total"] / facts["expected.total"]
    come = [Fraction(0)] * window
    for i, (group, _, own, _) in enumerate(target):
        for k in range(counted[i], own):
            come[k] += standard[group, k] * level[as_of]
    facts["forecast.expected"] = facts["expected.total"] + sum(come)
    facts["forecast.actual"] = facts["actual.total"] + sum(come) * ratio
    facts["forecast.saving"] = facts["forecast.expected"] - facts["forecast.actual"]
    facts["forecast.saving.paid"] = facts["saving.paid"] + sum(come[:3]) * (1 - ratio)
    facts["due.city.fund"] = round(min(facts["saving.paid"], 4 * 90000) / 2)  # half to even, in öre
    facts["forecast.paid"] = round(min(facts["forecast.saving.paid"], 4 * 90000) / 2)
    return facts


def main():
    case = sys.argv[1]
    facts = {"historic": historic, "agreed": agreed, "interim": interim}[case]()
    stated = dict(line.rstrip("\n").split("\t") for line in open(HERE / (case + ".tsv"), encoding="utf-8"))
    wrong = [key for key in facts if stated.get(key) != str(facts[key])]
    stray = [key for key in stated if key.startswith("price_index.2") and key not in facts] if case != "agreed" else []
    print("%s: %d facts computed, %d of them other than in %s.tsv" % (case, len(facts), len(wrong), case))
    for key in sorted(wrong):
        print(key, facts[key], stated.get(key))
    for key in stray:
        print(key, "is not needed")


main()
