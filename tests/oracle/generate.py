"""Random contracts with random tables, all of them valid, for the comparison with the oracle.

    generate.py SEED FOLDER        writes FOLDER/contract.yaml and its tables

Equal seeds give equal files. What a valid contract may hold is drawn here: groups, windows, every
form of step, limits, gates, rounding, the dialects of CSV, people outside `where`, rows of all
classes, incomplete people, agreed standard costs, price indices, contracts that extend others.
"""
import os
import random
import sys

import yaml

import generate_outcomes
import generate_prices

SEPARATORS = [",", ";", "\t", "|"]
ENCODINGS = {"utf-8": "utf-8", "windows-1252": "cp1252", "iso-8859-1": "latin-1"}
HEADINGS = {"id": "Löpnr", "start": "Insatsstart", "month": "Månad", "source": "Källa",
            "category": "Vårdform", "amount": "Belopp, kr", "age_at_start": "Ålder vid start",
            "previously_placed": "Tidigare placerad", "form": "Form", "group": "Grupp"}
SOURCES = ["child", "adult", "Övrigt"]
CATEGORIES = ["HVB", "SiS", "öppenvård", "familjehem; jour", 'så "kallad", vård']
FORMS = ["HVB", "SiS", "Stödboende"]
MODES = ["half_away", "half_even", "floor", "ceiling", "toward_zero"]
UNITS = ["0.01 SEK", "0.05 SEK", "1 SEK", "100 SEK", "1 000 SEK", "0.37 SEK"]
FIRST = 2015 * 12


def month_text(ordinal):
    return "%04d-%02d" % (ordinal // 12, ordinal % 12 + 1)


def kronor(minor, thousands=" ", decimal="."):
    """A number of öre as a contract writes it, without the currency."""
    sign, minor = ("-" if minor < 0 else ""), abs(minor)
    whole = "{:,}".format(minor // 100).replace(",", thousands)
    return sign + whole + ("%s%02d" % (decimal, minor % 100) if minor % 100 else "")


class Maker:
    def __init__(self, seed, folder, may_have_prices):
        self.random = random.Random(seed)
        self.folder = folder
        self.has_prices = may_have_prices and self.chance(0.5)
        self.base = "base" if self.chance(0.1) else ""  # where tables and what is extended lie
        os.makedirs(os.path.join(folder, self.base), exist_ok=True)
        self.scale = self.pick([100, 10_000, 1_000_000, 100_000_000, 10 ** 14])
        self.window = self.random.randint(1, 14)
        if self.has_prices and self.chance(0.25):
            self.window = self.pick([24, 36])
        self.incomplete = self.pick(["refuse", "refuse", "to_date", "exclude"])
        self.factors = self.draw_factors()
        self.is_agreed = self.chance(0.15)
        self.months = []  # settled as of these; empty: as of the end of the data
        self.steps_through_time = self.pick([0, 0, 1, 2, 3])
        if self.steps_through_time:
            self.incomplete = self.pick(["to_date", "to_date", "exclude"])
        self.exits = self.draw_exits() if self.chance(0.6 if self.has_prices else 0.35) else {}
        self.denominator = self.pick(["", "everybody", "followed", "followed"]) \
            if self.exits and not self.is_agreed else ""

    # ---- drawing

    def chance(self, p):
        return self.random.random() < p

    def pick(self, values):
        return self.random.choice(values)

    def some(self, values, least=1):
        return self.random.sample(values, self.random.randint(least, len(values)))

    def minor(self, low=-1):
        """An amount in öre; mostly positive, sometimes round, sometimes nothing."""
        value = self.random.randint(0, self.scale)
        if self.chance(0.3):
            value -= value % 100
        if self.chance(0.05):
            value = 0
        return -value if low < 0 and self.chance(0.1) else value

    def money(self):
        return kronor(self.minor(0)) + " SEK"

    def draw_factors(self):
        out = {}
        for name in self.some(["age_at_start", "previously_placed", "form"], 0):
            if name == "age_at_start":
                out[name] = [str(c) for c in sorted(self.random.sample(range(8, 20),
                                                                       self.random.randint(1, 3)))]
            else:
                out[name] = "each" if name == "previously_placed" else self.some(FORMS)
        return out

    def draw_exits(self):
        out = {}
        for reason in self.some(["moved", "died", "other"]):
            out[reason] = {"rule": self.pick(["stop", "stop", "continue"])}
            if self.chance(0.4):
                out[reason]["values"] = [reason + "-1", reason + "-2"]
        return out

    # ---- tables

    def dialect(self, fields, headings=HEADINGS):
        """A table's way of writing, as a contract declares it; defaults often left out."""
        spec = {"file": "table-%d.csv" % self.random.randrange(10 ** 9)}
        if self.chance(0.6):
            spec["separator"] = self.pick(SEPARATORS)
        if self.chance(0.5):
            spec["encoding"] = self.pick(sorted(ENCODINGS))
        if self.chance(0.4):
            spec["columns"] = {field: headings.get(field, field + "_x") for field in self.some(fields)}
        return spec

    def write(self, spec, fields, rows):
        """Write rows (maps from field to text) as the spec declares, in any order of columns, with a
        column that nobody asked for."""
        separator = spec.get("separator", ",")
        encoding = spec.get("encoding", "utf-8")
        columns = spec.get("columns", {})
        fields = self.random.sample(fields, len(fields))
        lines = [[columns.get(field, field) for field in fields] + ["anmärkning"]]
        lines += [[row[field] for field in fields] + [self.pick(["", "åäö", "x"])] for row in rows]
        end = self.pick(["\n", "\r\n"])
        text = end.join(separator.join(self.cell(c, separator) for c in line) for line in lines)
        if self.chance(0.8):
            text += end
        data = text.encode(ENCODINGS[encoding])
        if encoding == "utf-8" and self.chance(0.3):
            data = b"\xef\xbb\xbf" + data
        with open(os.path.join(self.folder, self.base, spec["file"]), "wb") as file:
            file.write(data)

    def cell(self, text, separator):
        must = any(c in text for c in (separator, '"', "\n", "\r"))
        return '"%s"' % text.replace('"', '""') if must or self.chance(0.1) else text

    def amount_cell(self, minor, spec):
        encoding = spec.get("encoding", "utf-8")
        spaces = ["", "", " ", "\u00a0"] + (["\u202f"] if encoding == "utf-8" else [])
        text = kronor(minor, self.pick(spaces), spec.get("decimal", "."))
        minus = {"utf-8": ["-", "\u2212", "\u2013"], "windows-1252": ["-", "\u2013"],
                 "iso-8859-1": ["-"]}[encoding]
        text = text.replace("-", self.pick(minus))
        return text + " kr" if self.chance(0.05) else text

    # ---- people and costs

    def attributes(self):
        return {"age_at_start": str(self.random.randint(5, 22)), "form": self.pick(
                    self.factors.get("form", FORMS)), "previously_placed": self.pick(["no", "yes"])}

    def group(self, person):
        """What decides a person's group, as a key; only equality matters."""
        key = []
        for name, spec in self.factors.items():
            value = person[name]
            key.append(sum(int(value) >= int(c) for c in spec) if name == "age_at_start" else value)
        return tuple(key)

    def people(self, prefix, count, first, last):
        ids = self.random.sample(range(10 * count + 10), count)
        return [dict(self.attributes(), id="%s%d" % (prefix, i), at=self.random.randint(first, last))
                for i in ids]

    def leave(self, row, at, chance):
        """When this person left, and why; written as a day or a month."""
        row["exit"] = row["exit_reason"] = ""
        if self.chance(chance):
            row["exit"] = month_text(at + self.random.randint(0, self.window + 2)) + self.pick(["", "-28"])
            reason = self.pick(sorted(self.exits))
            row["exit_reason"] = self.pick(self.exits[reason].get("values", [reason]))

    def write_people(self, people, has_exits=True):
        """The people table and its spec. Those outside `where` are marked in their rows."""
        fields = ["id", "start"] + sorted(self.factors)
        has_exits = has_exits and bool(self.exits)
        if has_exits:
            fields += ["exit", "exit_reason"]
        spec = self.dialect(fields)
        yes, no = self.pick([(["yes"], ["no"]), (["ja", "Ja"], ["nej"]), (["1"], ["0", "-"])])
        if yes != ["yes"]:
            spec["true"], spec["false"] = yes, no
        chosen = {"wave": ["2013", "2013b"]} if self.chance(0.4) else {}
        if chosen and self.chance(0.3):
            chosen["ort"] = ["Norrköping"]
        rows = []
        for person in people:
            row = dict(person, start="%s-%02d" % (month_text(person["at"]), self.random.randint(1, 28)))
            row["previously_placed"] = self.pick(yes if person["previously_placed"] == "yes" else no)
            for column, values in chosen.items():
                row[column] = self.pick(values)
            if has_exits:
                self.leave(row, person["at"], 0 if person["id"].startswith("R-") else 0.35)
            rows.append(row)
        outside = self.people("U", self.random.randint(0, 3), FIRST, FIRST + 5) if chosen else []
        for person in outside:
            row = dict(person, start=month_text(person["at"]) + "-01", previously_placed=yes[0])
            row.update({column: self.pick(values) for column, values in chosen.items()})
            row[self.pick(sorted(chosen))] = "annan"
            row["exit"] = row["exit_reason"] = ""
            rows.append(row)
        if chosen:
            spec["where"] = chosen
        self.random.shuffle(rows)
        self.write(spec, fields + sorted(chosen), rows)
        return spec, [p["id"] for p in outside]

    def write_costs(self, people, outside, last):
        """One to three cost tables with rows of every class."""
        fields = ["id", "month", "source", "category", "amount"]
        specs = []
        for _ in range(self.pick([1, 1, 2, 3])):
            spec = self.dialect(fields)
            if spec.get("separator", ",") != "," and self.chance(0.6):
                spec["decimal"] = ","
            may_be_unknown = self.chance(0.3)
            if may_be_unknown:
                spec["unknown"] = "count"
            rows = []
            for person in people:
                for _ in range(self.random.randint(0, 2 * self.window)):
                    at = person["at"] + self.random.randint(-2, self.window + 1)
                    rows.append((person["id"], at))
            rows += [(id, FIRST + self.random.randint(0, 20)) for id in outside]
            if may_be_unknown:
                rows += [("okänd-%d" % i, FIRST) for i in range(self.random.randint(0, 3))]
            self.random.shuffle(rows)
            self.write(spec, fields, [
                {"id": id, "month": month_text(at), "source": self.pick(SOURCES),
                 "category": self.pick(CATEGORIES), "amount": self.amount_cell(self.minor(), spec)}
                for id, at in rows if at <= last])
            specs.append(spec)
        return specs

    def labels(self):
        """All group labels, for an agreed standard cost."""
        out = [""]
        for name, spec in self.factors.items():
            if name == "age_at_start":
                cuts = [int(c) for c in spec]
                parts = ["<%d" % cuts[0]] + [str(a) if b - a == 1 else "%d-%d" % (a, b - 1)
                                             for a, b in zip(cuts, cuts[1:])] + ["%d+" % cuts[-1]]
            else:
                parts = ["no", "yes"] if spec == "each" else spec
            out = [(o + "/" if o else "") + part for o in out for part in parts]
        return ["all"] if out == [""] else out

    def sides(self):
        """Target and comparison group with their tables."""
        target = self.target = self.people("T", self.random.randint(1, 9), FIRST, FIRST + 18)
        ends = sorted(p["at"] + self.window - 1 for p in target)
        if self.incomplete == "refuse":
            through = ends[-1] + self.random.randint(0, 6)
        else:
            through = self.random.randint(ends[0], ends[-1] + 1)
        spec, outside = self.write_people(target)
        for _ in range(self.steps_through_time):
            first = ends[0] - self.window + 1
            self.months.append(month_text(self.random.randint(first, max(first, through + self.pick([-3, 1])))))
        if self.has_prices and self.months and self.chance(0.3):  # past what the data reach
            self.months[-1] = month_text(through + self.random.randint(1, 6))
        self.months = sorted(set(self.months))
        target_group = {"people": spec, "costs": self.write_costs(target, outside, through),
                        "data_through": month_text(through)}
        if self.is_agreed:
            return target_group, self.priced(target, {"design": "agreed", "standard_cost": self.write_agreed()})
        is_beside = self.has_prices and self.chance(0.4)  # some of their months are to come
        others = self.people("R", self.random.randint(0, 6), *((FIRST, FIRST + 18) if is_beside else
                                                               (FIRST - 40, FIRST)))
        for person in target:
            if not any(self.group(person) == self.group(other) for other in others):
                twin = dict(person, id="R-%d" % (1000 + len(others)), at=FIRST - 30)
                others.append(twin)
        spec, outside = self.write_people(others, self.denominator == "followed")
        return target_group, self.priced(target + others, {
            "design": self.pick(["historic", "concurrent", "randomised"]), "people": spec,
            "costs": self.write_costs(others, outside, FIRST + 1000)})

    def priced(self, people, comparison):
        if self.has_prices:
            comparison["price_index"] = generate_prices.price_index(self, people)
        return comparison

    def write_agreed(self):
        fields = ["group", "month", "amount"]
        spec = self.dialect(fields)
        rows = [{"group": label, "month": str(k), "amount": self.amount_cell(self.minor(0), spec)}
                for label in self.labels() for k in range(1, self.window + 1)]
        self.random.shuffle(rows)
        self.write(spec, fields, rows)
        return spec

    # ---- terms

    def write_drawn(self):
        self.has_budget = False
        if self.chance(0.3):
            return self.money()
        fields = ["month", "amount"]
        self.has_budget = self.chance(0.4)
        if self.has_budget:
            fields.append("category")
        spec = self.dialect(fields)
        months = [FIRST + self.random.randint(-3, 30) for _ in range(self.random.randint(1, 8))]
        self.write(spec, fields, [{"month": month_text(m), "category": self.pick(CATEGORIES[:3]),
                                   "amount": self.amount_cell(self.minor(0), spec)} for m in months])
        return spec

    def outcomes(self):
        out = {}
        for i in range(self.random.randint(0, 3)):
            spec = {"measure": "stated", "source": "made up"}
            if self.chance(0.4):
                spec = self.pick(generate_outcomes.KINDS)(self, self.target)
            elif self.chance(0.4):
                spec["value"] = self.pick(["true", "false"])
            else:
                spec["sum"] = str(self.random.randint(-20, 20))
                spec["persons"] = str(self.random.randint(1, 60))
                if self.chance(0.5):
                    spec["excluded"] = str(self.random.randint(0, 9))
                    if self.chance(0.5):
                        spec["excluded_sum"] = str(self.random.randint(-9, 9))
                spec["improved"] = "%s %s %d" % (self.pick(["sum", "persons"]), self.pick(
                    [">", ">=", "<", "<="]), self.pick([0, int(spec["sum"]), 10]))
            if self.chance(0.2):
                spec["known_from"] = month_text(FIRST + self.random.randint(0, 30))
            out["o%d" % i] = spec
        return out

    def factor(self):
        return self.pick(["%d%%" % self.random.randint(1, 200), "%d/%d" % (
            self.random.randint(1, 9), self.random.randint(1, 9)), "12.5%"])

    def level(self):
        measure = self.pick(["drawn", "commitment", "expected"])
        return self.pick(["0", self.money(), measure, "%s of %s" % (self.factor(), measure)])

    def slice(self):
        """Two levels of which the first is surely not above the second."""
        measure = self.pick(["drawn", "commitment"])
        a, b = sorted((self.minor(0), self.minor(0)))
        low, high = sorted(self.random.sample(range(1, 200), 2))
        return self.pick([["0", measure], ["0", kronor(b + 1) + " SEK"],
                          [kronor(a) + " SEK", kronor(b + 1) + " SEK"],
                          ["%d%% of %s" % (low, measure), "%d%% of %s" % (high, measure)],
                          [kronor(-b) + " SEK", kronor(a) + " SEK"], [self.level(), self.level()]])

    def counts(self, outcomes):
        stated = ["%s.%s" % (id, figure) for id, spec in outcomes.items() if "sum" in spec
                  for figure in ("sum", "persons")]
        return stated + ["%s.%s" % (id, figure) for id, spec in outcomes.items()
                         for figure in generate_outcomes.FIGURES.get(spec["measure"], [])]

    def table(self, outcomes):
        counts = self.counts(outcomes)
        of = self.pick(counts) if counts and self.chance(0.5) else self.pick(["saving", "drawn"])
        match = self.pick(["step", "linear"])
        at = sorted(self.random.sample(range(-20, 60), self.random.randint(1 + (match == "linear"), 4)))
        if of not in counts:
            at = [kronor(a * self.scale // 20) + " SEK" for a in at]
        return {"of": of, "match": match, "edge": self.pick(["ge", "gt"]),
                "rows": [[str(a), self.level()] for a in at]}

    def step(self, number, parties, outcomes):
        source, to = self.random.sample(parties, 2)
        step = {"id": "s%d" % number, "from": source, "to": to}
        form = self.pick(["share", "share", "share", "price", "table", "fixed"])
        counts = self.counts(outcomes)
        if form == "price" and counts:
            step["price"] = self.money()
            step["of"] = self.pick(counts)
            if self.chance(0.5):
                step["limit"] = str(self.random.randint(1, 40))
        elif form == "table":
            step["table"] = self.table(outcomes)
        elif form == "fixed":
            step["fixed"] = self.level()
        else:
            step["share"] = self.pick(["40%", "60%", "100%", "1/3", "2/7", "33.3%"])
            step["of"] = self.pick(["saving", "saving", "drawn", "expected", "actual", "commitment"])
            if self.chance(0.7):
                step["between"] = self.slice()
        self.aspects(step, outcomes)
        return step

    def aspects(self, step, outcomes):
        if outcomes and self.chance(0.4):
            gates = self.some(sorted(outcomes))
            step["when"] = gates[0] if len(gates) == 1 and self.chance(0.5) else gates
        limit = self.pick(["", "", "", "cap", "floor", "both"])
        if limit == "both":
            step["floor"], step["cap"] = self.slice()
        elif limit:
            step[limit] = self.level()
        if self.chance(0.4):
            step["round"] = {"unit": self.pick(UNITS), "mode": self.pick(MODES)}
        if "fixed" in step and step["fixed"].endswith("SEK") and " of " not in step["fixed"] \
                and not limit and self.chance(0.3):
            step["round"] = {"unit": "0.01 SEK", "mode": "never"}
        if self.chance(0.3):
            step["clause"] = "§ %d, st. 2: \"så\" ska det vara" % self.random.randint(1, 40)

    def contract(self):
        target, comparison = self.sides()
        parties = [{"id": "inv", "role": "investor", "name": "Finansiär & Co"},
                   {"id": "kommun", "role": "outcome_payer", "name": "Kommunen <test>"},
                   {"id": "p3", "role": "provider", "name": "Utförare"},
                   {"id": "p4", "role": "verifier", "name": "Granskare"}]
        parties = parties[:self.random.randint(2, 4)]
        self.random.shuffle(parties)
        ids = [p["id"] for p in parties]
        evaluation = {"window": "%d months" % self.window, "incomplete": self.incomplete}
        if self.window > 1 and self.chance(0.3):
            evaluation["payment_window"] = "%d months" % self.random.randint(1, self.window)
        if self.chance(0.4):
            evaluation["counts"] = {"source": self.some(SOURCES)}
            if self.chance(0.5):
                evaluation["counts"]["category"] = self.some(CATEGORIES)
        if self.exits:
            evaluation["exits"] = self.exits
        if self.denominator:
            evaluation["denominator"] = self.denominator
        if self.chance(0.9 if len(self.months) > 1 else 0.3):
            evaluation["negative_due"] = self.pick(["claw_back", "carry_forward", "nothing"])
        if self.factors:
            evaluation["groups"] = self.factors
        if self.chance(0.3):
            evaluation["saving_to"] = "kommun"
        outcomes = self.outcomes()
        tree = {"utfall": "1",
                "contract": {"id": "random", "title": "Slumpat kontrakt", "currency": "SEK",
                             "note": "Synthetic data: drawn at random. <&>"},
                "parties": parties, "target_group": target, "comparison_group": comparison,
                "evaluation": evaluation,
                "financing": {"investor": "inv", "commitment": self.money(),
                              "drawn": self.write_drawn()}}
        if outcomes:
            tree["outcomes"] = outcomes
        self.beside(tree, outcomes)
        tree["waterfall"] = [self.step(i, ids, outcomes)
                             for i in range(self.random.randint(1, 6))]
        tree["rounding"] = {"unit": self.pick(UNITS), "mode": self.pick(MODES),
                            "residue_to": self.pick(ids)}
        return tree

    def beside(self, tree, outcomes):
        """What nothing is paid by: budget, pay, return, forecast."""
        if self.has_budget:
            tree["financing"]["budget"] = [{"category": c, "amount": self.money()} for c in CATEGORIES[:3]]
            providers = [p["id"] for p in tree["parties"] if p["role"] == "provider"]
            if providers:
                tree["provider_pay"] = [self.agreement(i, outcomes) for i in range(self.random.randint(1, 2))]
        if self.chance(0.3):
            rule = {"day_count": self.pick(["act_365", "act_365_25", "act_360", "30e_360", "months"])}
            if self.chance(0.6):
                rule["discount_rate"] = self.pick(["3%", "0", "1/7", "4.25%"])
            tree["financing"]["returns"] = rule
        if self.chance(0.6 if self.has_prices else 0.3) and self.incomplete != "exclude":
            tree["forecast"] = {"remaining": self.pick(["as_standard", "as_ratio"])}
            if self.chance(0.5):
                tree["forecast"]["drawn"] = self.pick(["to_date", "commitment"])

    def agreement(self, number, outcomes):
        rule = {"id": "a%d" % number, "provider": "p3", "category": self.pick(CATEGORIES[:3]),
                "fee": self.money()}
        if outcomes and self.chance(0.6):
            rule.update(held_back=self.pick(["20%", "1/3", "1"]), until=self.pick(sorted(outcomes)))
            if self.chance(0.5):
                rule["held_category"] = self.pick([c for c in CATEGORIES[:3] if c != rule["category"]])
        return rule

    def save(self, name, tree):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as file:
            yaml.safe_dump(tree, file, allow_unicode=True, sort_keys=False, width=1000,
                           default_flow_style=self.pick([None, False, True]))

    def make(self):
        tree = self.contract()
        if not self.base and self.chance(0.8):
            self.save("contract.yaml", tree)
            return
        base = dict(tree, evaluation=dict(tree["evaluation"], window="99 months"),
                    waterfall=[dict(tree["waterfall"][0], id="replaced")])
        over = {"extends": "base.yaml", "waterfall": tree["waterfall"],
                "evaluation": {"window": tree["evaluation"]["window"]}}
        self.save(os.path.join(self.base, "base.yaml"), base)
        if self.base:
            self.save(os.path.join(self.base, "middle.yaml"), over)
            over = {"extends": "base/middle.yaml", "contract": {"title": "Överst"}}
        self.save("contract.yaml", over)


def make(seed, folder, may_have_prices=True):
    """The contract of a seed. Half of those that may have prices have them, and what prices meet with:
    windows of two and three years, comparison people at the same time, exits, months past the data."""
    os.makedirs(folder, exist_ok=True)
    maker = Maker(seed, folder, may_have_prices)
    maker.make()
    return maker.months


if __name__ == "__main__":
    make(int(sys.argv[1]), sys.argv[2])
