"""What the oracle reads: contracts, tables, values, people and their costs. Part of oracle.py."""
import csv
import os
import re
from fractions import Fraction

import yaml

SPACES = "\u0020\u00a0\u202f"
MINUS = "\u2212\u2013\u2010\u2011"
CLASSES = ("unknown", "not_selected", "source", "before", "exited", "after", "used")
ENCODINGS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252", "iso-8859-1": "latin-1"}


class Refused(Exception):
    """What a contract says must not be settled."""


# ---- reading -------------------------------------------------------------------------------------

def load(path):
    """The contract's tree, `extends` resolved, names of files made absolute."""
    with open(path, encoding="utf-8-sig") as file:
        tree = yaml.load(file, yaml.BaseLoader)
    tree = place(tree, os.path.dirname(os.path.abspath(path)))
    base = tree.pop("extends", None)
    return merge(load(base), tree) if base else tree


def place(tree, folder):
    """EXTENDS-2: file names start from the folder of the file in which they are written."""
    if isinstance(tree, list):
        return [place(item, folder) for item in tree]
    if not isinstance(tree, dict):
        return tree
    return {key: os.path.join(folder, value) if key in ("file", "extends") and isinstance(value, str)
            else place(value, folder) for key, value in tree.items()}


def merge(base, over):
    """EXTENDS-1: maps key by key, lists and scalars whole."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    out = dict(base)
    for key, value in over.items():
        out[key] = merge(base[key], value) if key in base else value
    return out


def bare(text):
    return "".join(c for c in text if c not in SPACES)


def minor(text, currency):
    """`10 000 000 SEK` in öre."""
    assert text.endswith(currency), text
    return Fraction(bare(text[:-len(currency)])) * 100


def ratio(text):
    """`40%`, `2/5` or a plain number."""
    text = bare(text)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def amount(text, decimal):
    """A cell of a table in öre."""
    text = text.strip(SPACES)
    if text.lower().endswith("kr"):
        text = text[:-2]
    text = bare(text)
    for sign in MINUS:
        text = text.replace(sign, "-")
    value = Fraction(text.replace(decimal, ".")) * 100
    assert value.denominator == 1, text
    return int(value)


def number(text, spec):
    """A number in a table."""
    return Fraction(text.replace(spec.get("decimal", "."), "."))


def month(text):
    year, number = text.split("-")[:2]
    return int(year) * 12 + int(number) - 1


def month_text(ordinal):
    return "%04d-%02d" % (ordinal // 12, ordinal % 12 + 1)


def rows(spec):
    """The rows of a table, each a function from our field name to the cell."""
    columns = spec.get("columns", {})
    encoding = ENCODINGS[spec.get("encoding", "utf-8")]
    with open(spec["file"], encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=spec.get("separator", ","))
        heading = next(reader)
        for cells in reader:
            if cells:
                row = dict(zip(heading, cells))
                yield lambda field, row=row: row[columns.get(field, field)]


# ---- people and their costs ----------------------------------------------------------------------

class Factor:
    """GROUP-1: one attribute that people are grouped by, and the label of a value."""

    def __init__(self, name, spec):
        self.name, self.spec = name, spec
        self.is_each = spec == "each"
        self.is_cuts = not self.is_each and all(re.fullmatch(r"-?\d+", v) for v in spec)
        if self.is_each:
            self.labels = ["no", "yes"]
        elif self.is_cuts:
            self.labels = self.cut_labels([int(v) for v in spec])
        else:
            self.labels = list(spec)

    @staticmethod
    def cut_labels(cuts):
        out = ["<%d" % cuts[0]]
        for low, next_cut in zip(cuts, cuts[1:]):
            out.append(str(low) if next_cut - 1 == low else "%d-%d" % (low, next_cut - 1))
        return out + ["%d+" % cuts[-1]]

    def label(self, text, spec):
        if self.is_each:
            return "yes" if text in spec.get("true", ["yes"]) else "no"
        if self.is_cuts:
            return self.labels[sum(1 for cut in self.spec if int(text) >= int(cut))]
        assert text in self.labels, text
        return text


class Person:
    """`stop` is the last intervention month that counts; None for who has not stopped (EXIT-1)."""

    def __init__(self, start, group, left):
        self.start, self.group, self.cost = start, group, {}
        self.stop = None if left is None else left - start + 1

    def counts_in(self, k):
        return self.stop is None or k <= self.stop


class Standard(dict):
    """STANDARD-2, STANDARD-3: who has nobody to be compared with is not settled."""

    def __missing__(self, key):
        raise Refused("nobody to compare with in %s, month %d" % key)


class Side:
    """Target or comparison group: the people selected, their cost by intervention month, and what
    became of each row (ROW-1; ROW-2 is tried in tests/property)."""

    def __init__(self, spec, factors, rule, window, as_of, is_target):
        counts = rule.get("counts", {})
        exits = rule.get("exits", {})
        if not (is_target or rule.get("denominator") == "followed"
                or "exit" in spec["people"].get("columns", {})):
            exits = {}
        self.people, self.others = {}, set()
        self.count = dict.fromkeys(CLASSES, 0)
        self.amount = dict.fromkeys(CLASSES, 0)
        people = spec["people"]
        where = people.get("where", {})
        for row in rows(people):
            if all(row(column) in values for column, values in where.items()):
                group = "/".join(f.label(row(f.name), people) for f in factors) or "all"
                self.people[row("id")] = Person(month(row("start")), group,
                                                self.left(row, exits))
            else:
                self.others.add(row("id"))
        for table in spec.get("costs", []):
            for row in rows(table):
                value = amount(row("amount"), table.get("decimal", "."))
                kind = self.classify(row, counts, window, value)
                self.count[kind] += 1
                self.amount[kind] += value
        for person in self.people.values():
            if person.stop is not None and person.start + person.stop - 1 > as_of:
                person.stop = None  # has not left yet

    @staticmethod
    def left(row, exits):
        """The month after which nothing counts (EXIT-1). Rows are classed by it whatever `as_of` is."""
        if not exits or not row("exit"):
            return None
        for reason, rule in exits.items():
            if len(exits) == 1 or row("exit_reason") in rule.get("values", [reason]):
                return month(row("exit")) if rule["rule"] == "stop" else None
        raise ValueError(row("exit_reason"))

    def classify(self, row, counts, window, value):
        if row("id") not in self.people:
            return "not_selected" if row("id") in self.others else "unknown"
        person = self.people[row("id")]
        if not all(row(field) in values for field, values in counts.items()):
            return "source"
        nth = month(row("month")) - person.start + 1  # MONTH-1
        if nth < 1:
            return "before"
        if not person.counts_in(nth):
            return "exited"
        if nth > window:
            return "after"
        person.cost[nth] = person.cost.get(nth, 0) + value
        return "used"
