"""A contract with its tables in memory, to be changed and written to a folder again."""
import csv
import io
import os
import sys

import yaml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
import oracle  # noqa: E402  (only its readers are used here)

WRITTEN = {"utf-8": "utf-8", "windows-1252": "cp1252", "iso-8859-1": "latin-1"}


class Table:
    """One CSV file: its spec in the contract, its heading and its rows."""

    def __init__(self, spec, file):
        self.spec, self.end, self.mark = dict(spec, file=file), "\n", b""
        encoding = oracle.ENCODINGS[spec.get("encoding", "utf-8")]
        with open(spec["file"], encoding=encoding, newline="") as file:
            rows = list(csv.reader(file, delimiter=spec.get("separator", ",")))
        self.heading, self.rows = rows[0], [row for row in rows[1:] if row]

    def column(self, field):
        return self.heading.index(self.spec.get("columns", {}).get(field, field))

    def map(self, field, change):
        """Replace every cell of a field."""
        i = self.column(field)
        for row in self.rows:
            row[i] = change(row[i])

    def amounts(self, change):
        """Replace every amount, given and returned in öre."""
        mark = self.spec.get("decimal", ".")
        self.map("amount", lambda text: self.written(change(oracle.amount(text, mark)), mark))

    @staticmethod
    def written(minor, mark):
        sign = "-" if minor < 0 else ""
        return "%s%d%s%02d" % (sign, abs(minor) // 100, mark, abs(minor) % 100)

    def shuffle_columns(self, random):
        order = random.sample(range(len(self.heading)), len(self.heading))
        self.heading = [self.heading[i] for i in order]
        self.rows = [[row[i] for i in order] for row in self.rows]

    def copy(self, rows, file):
        """A table written the same way with other rows, in another file."""
        other = object.__new__(Table)
        other.spec = dict(self.spec, file=file)
        other.end, other.mark, other.heading, other.rows = self.end, self.mark, self.heading, rows
        return other

    def write(self, folder):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.spec.get("separator", ","), lineterminator=self.end)
        writer.writerow(self.heading)
        writer.writerows(self.rows)
        with open(os.path.join(folder, self.spec["file"]), "wb") as file:
            file.write(self.mark + out.getvalue().encode(WRITTEN[self.spec.get("encoding", "utf-8")]))


class Case:
    """The tables by what they are: people, costs (of both sides), drawn, and those of outcomes."""

    def __init__(self, path):
        self.tree = oracle.load(path)
        target, comparison = self.tree["target_group"], self.tree["comparison_group"]
        self.people = Table(target["people"], "people.csv")
        self.costs = [Table(spec, "costs-%d.csv" % i) for i, spec in enumerate(target["costs"])]
        self.agreed = self.reference_people = self.index = None
        prices = comparison.get("price_index")
        if prices and prices.get("use", "true") == "true":
            self.index = Table(prices, "index.csv")
        elif prices:
            prices["file"] = "index.csv"  # not read, and not there
        self.reference_costs = []
        if comparison["design"] == "agreed":
            self.agreed = Table(comparison["standard_cost"], "agreed.csv")
        else:
            self.reference_people = Table(comparison["people"], "reference.csv")
            self.reference_costs = [Table(spec, "reference-costs-%d.csv" % i)
                                    for i, spec in enumerate(comparison["costs"])]
        drawn = self.tree["financing"]["drawn"]
        self.drawn = Table(drawn, "drawn.csv") if isinstance(drawn, dict) else None
        self.outcomes = {(id, key): Table(spec, "%s-%s.csv" % (id, key))
                         for id, outcome in self.tree.get("outcomes", {}).items()
                         for key, spec in outcome.items() if isinstance(spec, dict) and "file" in spec}

    def tables(self):
        single = [self.people, self.reference_people, self.agreed, self.index, self.drawn]
        several = self.costs + self.reference_costs + list(self.outcomes.values())
        return [t for t in single + several if t is not None]

    def drop_prices(self):
        """Have the contract use none."""
        self.index = None
        self.tree["comparison_group"].pop("price_index", None)

    def carry(self, values, base, **more):
        """Have the contract use a price index: {month: value as text}."""
        self.index = object.__new__(Table)
        self.index.spec = dict(file="index.csv", base=base, **more)
        self.index.end, self.index.mark = "\n", b""
        self.index.heading, self.index.rows = ["month", "value"], [list(row) for row in values.items()]

    def state_outcome(self, id, **figures):
        """Have the contract state what it would else compute from tables."""
        self.tree["outcomes"][id] = {"measure": "stated", **figures}
        self.outcomes = {at: table for at, table in self.outcomes.items() if at[0] != id}

    def write(self, folder):
        """Write contract and tables; gives the contract's path."""
        target, comparison = self.tree["target_group"], self.tree["comparison_group"]
        target["people"], target["costs"] = self.people.spec, [t.spec for t in self.costs]
        if self.agreed is not None:
            comparison["standard_cost"] = self.agreed.spec
        else:
            comparison["people"] = self.reference_people.spec
            comparison["costs"] = [t.spec for t in self.reference_costs]
        if self.index is not None:
            comparison["price_index"] = self.index.spec
        if self.drawn is not None:
            self.tree["financing"]["drawn"] = self.drawn.spec
        for (id, key), table in self.outcomes.items():
            self.tree["outcomes"][id][key] = table.spec
        for table in self.tables():
            table.write(folder)
        path = os.path.join(folder, "contract.yaml")
        with open(path, "w", encoding="utf-8") as file:
            yaml.dump(self.tree, file, Dumper=NoAliases, allow_unicode=True, sort_keys=False)
        return path


class NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True
