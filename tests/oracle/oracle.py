"""A second implementation of the settlement, to be compared with `utfall facts`.

Written from the design and from contracts/LANGUAGE.md, never from the C code, by another hand. It is
slow and plain on purpose: persons and months one by one, exact fractions all the way. It trusts its
input: faults in contracts and tables are the reader's business and have their own tests.

    oracle.py CONTRACT              prints the facts, one a line, sorted
    oracle.py CONTRACT FACTS        prints where the file FACTS says something else; nothing = equal
School points and scales are counted in followup.py, what the investor gets in investor.py, prices
are read in prices.py. Rates of return are not computed a second time: where FACTS has them, they are
held to what they claim.
utfall's own double calculations (`check.*`) are not facts of the contract and are left out.
"""
import re
import sys
from fractions import Fraction

import followup
import investor
import prices
from reading import (CLASSES, ENCODINGS, Factor, Refused, Side, Standard, amount, load,  # noqa: F401
                     merge, minor, month, month_text, number, ratio, rows)

LADDER = {"historic": 4, "concurrent": 4, "randomised": 5, "agreed": 3}


# ---- the settlement ------------------------------------------------------------------------------

def months(text):
    return int(re.fullmatch(r"(\d+) months?", text).group(1))


class Settlement:
    """One settlement: as of a month, after the settlement `previous`; `given` holds the facts of which
    some can only be judged."""

    def __init__(self, path, as_of=None, given=None, previous=None):
        self.tree, self.given, self.previous = load(path), given or {}, previous
        self.facts = {}
        self.currency = self.tree["contract"]["currency"]
        rule = self.tree["evaluation"]
        self.window = months(rule["window"])
        self.payment_window = months(rule.get("payment_window", rule["window"]))
        self.factors = [Factor(name, spec) for name, spec in rule.get("groups", {}).items()]
        self.groups = ["all"]
        for factor in self.factors:
            parts = self.groups if factor is not self.factors[0] else [""]
            self.groups = [(p + "/" if p else "") + label for p in parts for label in factor.labels]
        self.through = month(self.tree["target_group"]["data_through"])
        self.as_of = month(as_of) if as_of else self.through
        self.terms()
        self.read()
        self.price_index()
        self.standard_cost()
        self.accumulate()
        self.outcomes()
        self.waterfall()
        self.dues()
        self.results()
        self.project_cost()
        self.forecast()

    def say(self, key, value):
        assert key not in self.facts, key
        if isinstance(value, bool):
            value = "true" if value else "false"
        self.facts[key] = str(value)

    def side(self, spec):
        return Side(spec, self.factors, self.tree["evaluation"], self.window, self.as_of,
                    spec is self.tree["target_group"])

    def terms(self):
        for key in ("id", "title", "currency", "note", "signed"):
            if key in self.tree["contract"]:
                self.say("contract." + key, self.tree["contract"][key])
        self.say("as_of", month_text(self.as_of))
        self.say("window.months", self.window)
        self.say("window.payment_months", self.payment_window)
        design = self.tree["comparison_group"]["design"]
        self.say("evaluation.design", design)
        self.say("evaluation.step", LADDER[design])
        self.say("commitment", self.commitment())

    def read(self):
        self.target = self.side(self.tree["target_group"])
        comparison = self.tree["comparison_group"]
        self.comparison = None if comparison["design"] == "agreed" else self.side(comparison)
        self.leave_out_incomplete()
        for table, side in (("costs", self.target), ("reference-costs", self.comparison)):
            if side is None:
                continue
            for kind in CLASSES:
                self.say("rows.%s.%s.count" % (table, kind), side.count[kind])
                self.say("rows.%s.%s.amount" % (table, kind), side.amount[kind])
            self.say("rows.%s.total.count" % table, sum(side.count.values()))
            self.say("rows.%s.total.amount" % table, sum(side.amount.values()))

    def leave_out_incomplete(self):
        """DATA-1, INCOMPLETE-1: give each target person the number of months that count; who has
        not started when `to_date` counts has none, and is left out."""
        rule = self.tree["evaluation"].get("incomplete", "refuse")
        kept = {}
        self.first_start = min(p.start for p in self.target.people.values())
        self.followed = set(self.target.people)  # outcomes are of everybody
        for id, person in self.target.people.items():
            window = self.window if person.stop is None else min(self.window, person.stop)
            person.months = max(0, min(window, min(self.as_of, self.through) - person.start + 1))
            if person.months == window or rule == "to_date" and person.months > 0:
                kept[id] = person
            else:
                if rule == "refuse":
                    raise Refused("%s is not complete" % id)
        self.target.people = kept

    def price_index(self):
        """PRICE-4: which months' values are needed, whatever was paid in them."""
        needed = {p.start + k - 1 for p in self.target.people.values() for k in range(1, p.months + 1)}
        if self.comparison:
            needed |= {p.start + k - 1 for p in self.comparison.people.values()
                       for k in range(1, self.window + 1) if self.has_come(p, k)}
        spec = self.tree["comparison_group"].get("price_index")
        self.prices = prices.prices(spec, needed)
        if self.prices.is_still:
            return
        for key in ("base", "source"):
            if key in spec:
                self.say("price_index." + key, spec[key])
        for t in self.prices.needed:
            self.say("price_index." + month_text(t), self.prices.values[t])
        for group in self.groups:
            for k in range(1, self.window + 1):
                self.say("price_weight.%s.%d" % (group, k), sum(
                    (self.prices.at(p.start + k - 1) for p in self.target.people.values()
                     if p.group == group and k <= p.months), Fraction(0)))

    def expected_cost(self, person, k):
        """SAVING-1, PRICE-3, and PRICE-5 for the months to come."""
        return self.s[person.group, k] * self.prices.at(
            min(person.start + k - 1, self.as_of, self.through))

    def standard_cost(self):
        """STANDARD-1, PRICE-2."""
        s = self.s = Standard()
        comparison = list(self.comparison.people.values()) if self.comparison else []
        target = list(self.target.people.values())
        self.say("people.target", len(target))
        self.say("people.comparison", len(comparison))
        for group in self.groups:
            of_group = [p for p in comparison if p.group == group]
            self.say("group.%s.target" % group, sum(1 for p in target if p.group == group))
            self.say("group.%s.comparison" % group, len(of_group))
            for k in range(1, self.window + 1):
                there = [p for p in of_group if self.is_divided_by(p, k)]
                if there:
                    s[group, k] = sum(self.prices.at_base(p.cost.get(k, 0), p.start + k - 1)
                                      for p in there) / len(there)
        if not self.comparison:
            table = self.tree["comparison_group"]["standard_cost"]
            for row in rows(table):
                if int(row("month")) <= self.window:
                    s[row("group"), int(row("month"))] = Fraction(
                        amount(row("amount"), table.get("decimal", ".")))
        for (group, k), value in s.items():
            self.say("standard_cost.%s.%d" % (group, k), value)

    def has_come(self, person, k):
        """AS-OF-1: whether month k of a comparison person counts by now."""
        return self.tree["comparison_group"]["design"] == "historic" or self.as_of >= self.through \
            or person.start + k - 1 <= self.as_of

    def is_divided_by(self, person, k):
        """STANDARD-3."""
        is_whole = self.tree["evaluation"].get("denominator", "everybody") == "everybody"
        return self.has_come(person, k) and (is_whole or person.counts_in(k))

    def draws(self):
        """Project cost by calendar month, as far as the settlement reaches."""
        spec = self.tree["financing"]["drawn"]
        self.by_category = {}
        if not isinstance(spec, dict):
            return {self.first_start: minor(spec, self.currency)}
        out = {}
        for row in rows(spec):
            at = month(row("month"))
            if at <= self.as_of:
                value = amount(row("amount"), spec.get("decimal", "."))
                out[at] = out.get(at, 0) + value
                if "budget" in self.tree["financing"]:
                    key = row("category"), at
                    self.by_category[key] = self.by_category.get(key, 0) + value
        return out

    def accumulate(self):
        """WINDOW-1, SAVING-1: by intervention month, by calendar month, in all."""
        people = list(self.target.people.values())
        actual, expected, active = {}, {}, {}
        total = {"paid_actual": Fraction(0), "paid_expected": Fraction(0)}
        for k in range(1, self.window + 1):
            there = [p for p in people if k <= p.months]
            for p in there:
                t = p.start + k - 1
                actual[t] = actual.get(t, 0) + p.cost.get(k, 0)
                expected[t] = expected.get(t, 0) + self.expected_cost(p, k)
                active[t] = active.get(t, 0) + 1
            costs = [(p.cost.get(k, 0), self.expected_cost(p, k)) for p in there]
            month_actual = Fraction(sum(paid for paid, _ in costs))
            month_expected = sum((should for _, should in costs), Fraction(0))
            self.say("actual.month.%d" % k, month_actual)
            self.say("expected.month.%d" % k, month_expected)
            if k <= self.payment_window:
                total["paid_actual"] += month_actual
                total["paid_expected"] += month_expected
            signs = [(paid > should) - (paid < should) for paid, should in costs]
            for name, sign in (("below", -1), ("at", 0), ("above", 1)):
                self.say("%s.month.%d" % (name, k), signs.count(sign))
        draws = self.drawn_by_month = self.draws()
        self.series(actual, expected, draws, active)
        self.money = {"drawn": Fraction(sum(draws.values())),
                      "commitment": self.commitment(),
                      "actual": total["paid_actual"], "expected": total["paid_expected"],
                      "saving": total["paid_expected"] - total["paid_actual"]}
        for name in ("actual", "expected", "saving"):
            self.say(name + ".paid", self.money[name])
        self.expected = sum(expected.values(), Fraction(0))
        self.saving = self.expected - sum(actual.values())
        self.say("actual.total", sum(actual.values()))
        self.say("expected.total", self.expected)
        self.say("saving.total", self.saving)
        self.say("drawn.total", self.money["drawn"])

    def commitment(self):
        spec = self.tree["financing"].get("commitment")
        return minor(spec, self.currency) if spec else Fraction(0)

    def series(self, actual, expected, draws, active):
        calendar = set(actual) | set(draws)
        if not calendar:
            return
        sums = [Fraction(0)] * 3
        for t in range(min(calendar), max(calendar) + 1):
            for i, (name, by_month) in enumerate((("actual", actual), ("expected", expected),
                                                  ("drawn", draws))):
                sums[i] += by_month.get(t, 0)
                self.say("%s.accumulated.%s" % (name, month_text(t)), sums[i])
            self.say("active.%s" % month_text(t), active.get(t, 0))

    # ---- outcomes and waterfall

    def outcomes(self):
        """KNOWN-1 for those that are not known yet."""
        self.gate, self.figure, self.unknown = {}, {}, set()
        for id, spec in self.tree.get("outcomes", {}).items():
            if "known_from" in spec:
                self.say("known.%s" % id, month(spec["known_from"]) <= self.as_of)
                if month(spec["known_from"]) > self.as_of:
                    self.unknown.add(id)
            figures = self.figures(id, spec)
            for name, value in figures.items():
                self.figure[id, name] = value
                self.say("outcome.%s.%s" % (id, name), value)
            if id in self.unknown:
                self.gate[id] = False
            elif "value" in spec:
                self.gate[id] = spec["value"] == "true"
            else:
                self.gate[id] = "improved" in spec and self.relation(spec["improved"], figures)
            self.say("outcome.%s.improved" % id, self.gate[id])

    def figures(self, id, spec):
        if "value" in spec:
            return {}
        if id in self.unknown:
            names = ["persons", "excluded"]
            names += ["missing"] if spec["measure"] not in ("stated", "school_points") else []
            return dict.fromkeys(names, Fraction(0))
        if spec["measure"] == "school_points":
            return followup.School(spec, rows, self.followed, ratio, Refused).figures()
        if spec["measure"] == "scales":
            figures, facts = followup.scales(id, spec, rows, self.followed, number)
            for key, value in facts.items():
                self.say(key, value)
            return figures
        if spec["measure"] != "stated":
            return getattr(followup, spec["measure"])(spec, rows, self.followed, number, Refused)
        return self.stated(spec)

    @staticmethod
    def stated(spec):
        figures = {"persons": Fraction(0), "excluded": Fraction(0)}
        figures.update({name: ratio(spec[name]) for name in
                        ("sum", "persons", "excluded", "excluded_sum", "rate", "claims") if name in spec})
        return figures

    @staticmethod
    def relation(text, figures):
        figure, relation, threshold = re.fullmatch(r"(\w+)\s*(>=|<=|>|<)\s*(\S+)", text).groups()
        left, right = figures[figure], ratio(threshold)
        return {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[
            relation]

    def measure(self, text):
        return self.money[text] if text in self.money else self.figure[tuple(text.rsplit(".", 1))]

    def level(self, text):
        """LEVEL-1: `0`, an amount, a measure, or a factor of one."""
        text = text.strip()
        if " of " in text:
            factor, of = text.split(" of ")
            return ratio(factor) * self.measure(of.strip())
        if text.endswith(self.currency):
            return minor(text, self.currency)
        return Fraction(0) if text == "0" else self.measure(text)

    def ordered_terms(self, low, high):
        """What the terms alone tell, before any data: amounts and the commitment have a value, and
        of one measure the first factor may not be the larger."""
        parts = [text.split(" of ") if " of " in text else ["1", text] for text in (low, high)]
        is_known = all(of not in self.money or of == "commitment" for _, of in parts)
        if is_known and self.level(low) > self.level(high) or parts[0][1] == parts[1][1] \
                and ratio(parts[0][0]) > ratio(parts[1][0]):
            raise Refused("%s lies above %s" % (low, high))

    def ordered(self, low, high):
        """The ends of a slice, which may not come out inverted either."""
        self.ordered_terms(low, high)
        values = self.level(low), self.level(high)
        if values[0] > values[1]:
            raise Refused("%s lies above %s" % (low, high))
        return values

    def amount_of(self, step):
        """What a step pays by its form alone: STEP-SHARE-1, STEP-PRICE-1, STEP-FIXED-1."""
        if "share" in step:
            of = self.measure(step["of"])
            if "between" not in step:
                return ratio(step["share"]) * of
            low, high = self.ordered(*step["between"])
            return ratio(step["share"]) * (min(max(of, low), high) - low)
        if "price" in step:
            count = self.measure(step["of"])
            if "limit" in step:
                count = min(count, ratio(step["limit"]))
            return minor(step["price"], self.currency) * count
        if "table" in step:
            return self.look_up(step["table"])
        return self.level(step["fixed"])

    def look_up(self, table):
        """STEP-TABLE-1."""
        of = self.measure(table["of"])
        is_money = table["of"] in self.money
        steps = [(self.level(at) if is_money else ratio(at), self.level(pays))
                 for at, pays in table["rows"]]
        reached = [i for i, (at, _) in enumerate(steps)
                   if of > at or (of == at and table["edge"] == "ge")]
        if not reached:
            return Fraction(0)
        at, pays = steps[reached[-1]]
        if table["match"] == "linear" and reached[-1] + 1 < len(steps):
            next_at, next_pays = steps[reached[-1] + 1]
            pays += (next_pays - pays) * (of - at) / (next_at - at)
        return pays

    def limited(self, step, exact):
        """STEP-LIMIT-1: at most the cap, then at least the floor, which has the last word."""
        if "cap" in step and "floor" in step:
            self.ordered_terms(step["floor"], step["cap"])
        if "cap" in step:
            exact = min(exact, self.level(step["cap"]))
        if "floor" in step:
            exact = max(exact, self.level(step["floor"]))
        return exact

    def step(self, step):
        """STEP-GATE-1 comes before the limits, ROUND-1 after them; KNOWN-1 closes what is not known."""
        gates = step.get("when", [])
        gates = [gates] if isinstance(gates, str) else gates
        drawn_on = step.get("of") or step.get("table", {}).get("of", "")
        is_known = drawn_on.split(".")[0] not in self.unknown
        is_open = all(self.gate[id] for id in gates) and is_known
        exact = self.limited(step, self.amount_of(step)) if is_known else Fraction(0)
        if not is_open:
            exact = Fraction(0)
        return is_open, exact, self.round(exact, step.get("round", self.tree["rounding"]))

    def waterfall(self):
        self.entitled, self.step_paid, self.paid = {}, {}, []
        for step in self.tree.get("waterfall", []):
            is_open, exact, paid = self.step(step)
            pair = step["from"], step["to"]
            self.paid.append(pair + (paid,))
            self.entitled[pair] = self.entitled.get(pair, Fraction(0)) + paid
            self.step_paid[step["id"]] = paid
            if self.previous:
                self.say("step.%s.before" % step["id"], self.previous.step_paid[step["id"]])
                self.say("step.%s.due" % step["id"], paid - self.previous.step_paid[step["id"]])
            self.say("step.%s.gate" % step["id"], is_open)
            self.say("step.%s.exact" % step["id"], exact)
            self.say("step.%s.paid" % step["id"], paid)
            self.say("step.%s.residue" % step["id"], exact - paid)

    def round(self, exact, how):
        """ROUND-2."""
        unit = minor(how["unit"], self.currency)
        units = exact / unit
        floor = units.numerator // units.denominator
        rest = units - floor
        mode = how["mode"]
        if rest == 0:
            up = False
        elif mode == "floor":
            up = False
        elif mode == "ceiling":
            up = True
        elif mode == "toward_zero":
            up = exact < 0
        elif mode == "half_away":
            up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and exact > 0)
        elif mode == "half_even":
            up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and floor % 2 == 1)
        elif mode == "never":
            raise Refused("rounding never, and a residue")
        else:
            raise ValueError(mode)
        return unit * (floor + up)

    # ---- what it means for each party

    def dues(self):
        """CHAIN-1, NEGATIVE-1."""
        rule = self.tree["evaluation"].get("negative_due")
        self.before, self.carried, self.written_off, self.to_date = {}, {}, {}, {}
        for pair, entitled in self.entitled.items():
            last = self.previous
            self.before[pair] = last.to_date[pair] if last else Fraction(0)
            carried = last.carried[pair] if last else Fraction(0)
            written_off = last.written_off[pair] if last else Fraction(0)
            due = entitled - (last.entitled[pair] if last else 0) - carried
            carried = Fraction(0)
            if due < 0 and rule is None and last:
                raise Refused("what is due is below 0")
            if due < 0 and rule == "carry_forward":
                due, carried = Fraction(0), -due
            elif due < 0 and rule == "nothing":
                due, written_off = Fraction(0), written_off - due
            self.carried[pair], self.written_off[pair] = carried, written_off
            self.to_date[pair] = self.before[pair] + due
            self.say("due.%s.%s" % pair, due)
            if rule or last:
                for name, value in (("before", self.before), ("carried", self.carried),
                                    ("written_off", self.written_off), ("entitlement", self.entitled)):
                    self.say("%s.%s.%s" % ((name,) + pair), value[pair])
        if self.previous:
            self.say("previous.as_of", month_text(self.previous.as_of))
            self.say("correction.count", 0)  # CORRECTION-1: the same data give the same figures

    def results(self):
        """RESULT-1, RESULT-2, LEVELS-1."""
        parties = self.tree["parties"]
        saving_to = self.tree["evaluation"].get("saving_to") or next(
            p["id"] for p in parties if p["role"] == "outcome_payer")
        investor = self.tree["financing"]["investor"]
        drawn = self.money["drawn"]
        for party in (p["id"] for p in parties):
            received = sum((v for (_, to), v in self.to_date.items() if to == party), Fraction(0))
            paid = sum((v for (source, _), v in self.to_date.items() if source == party),
                       Fraction(0))
            result, borne = received - paid, Fraction(0)
            if party == investor:
                result, borne = received - paid - drawn, max(drawn - received, Fraction(0))
            elif party == saving_to:
                result, borne = self.saving - paid + received, min(paid, drawn)
            self.say("result.%s" % party, result)
            self.say("borne.%s" % party, borne)
        self.say("level.no_savings", self.expected)
        self.say("level.break_even", self.expected - drawn)
        shares = [s for s in self.tree["waterfall"]
                  if "share" in s and s["of"] == "saving" and s["to"] == investor]
        if shares and all("between" in s for s in shares):  # else payment never stops growing
            self.say("level.cap", self.expected - max(self.level(s["between"][1]) for s in shares))

    # ---- what nothing is paid by

    def project_cost(self):
        """What does not change what is paid: budget, pay, return."""
        financing, facts = self.tree["financing"], {}
        def money(text):
            return minor(text, self.currency)
        cost = {}
        for (category, _), value in self.by_category.items():
            cost[category] = cost.get(category, 0) + value
        if "budget" in financing:
            facts.update(investor.budget(financing["budget"], cost, money))
        facts.update(investor.pay(self.tree.get("provider_pay", []), self.by_category, cost, self.gate,
                                  money, ratio))
        if "returns" in financing and not self.is_paid_before():
            rule, me = financing["returns"], financing["investor"]
            due = sum(((to == me) - (source == me)) * (self.to_date[pair] - self.before[pair])
                      for pair in self.to_date for source, to in [pair])
            paid_in = month(rule["payment_month"]) if "payment_month" in rule else self.as_of
            facts.update(investor.returns(rule, self.drawn_by_month, Fraction(due), paid_in, self.given,
                                          ratio))
        for key, value in facts.items():
            self.say(key, value)

    def is_paid_before(self):
        """RETURN-1: the days of earlier payments are not known."""
        me = self.tree["financing"]["investor"]
        return any(value != 0 for pair, value in self.before.items() if me in pair)

    def forecast(self):
        """FORECAST-1. The waterfall is gone through once more, with what is to come."""
        rule = self.tree.get("forecast")
        if not rule:
            return
        so_far = {group: [Fraction(0), Fraction(0)] for group in self.groups}
        to_come = {group: [Fraction(0), Fraction(0)] for group in self.groups}
        still_open = 0
        for p in self.target.people.values():
            window = self.window if p.stop is None else min(self.window, p.stop)
            still_open += p.months < window
            for k in range(1, window + 1):
                should = self.expected_cost(p, k)
                if k <= p.months:
                    so_far[p.group][0] += should
                    so_far[p.group][1] += p.cost.get(k, 0)
                else:
                    to_come[p.group][0] += should
                    to_come[p.group][1] += should if k <= self.payment_window else 0
        more, more_paid = [Fraction(0)] * 2, [Fraction(0)] * 2  # expected, actual
        for group in self.groups:
            expected, actual = so_far[group]
            factor = actual / expected if rule["remaining"] == "as_ratio" and expected else Fraction(1)
            for sums, value in ((more, to_come[group][0]), (more_paid, to_come[group][1])):
                sums[0] += value
                sums[1] += value * factor
        money = dict(self.money)
        self.money["expected"] += more_paid[0]
        self.money["actual"] += more_paid[1]
        self.money["saving"] = self.money["expected"] - self.money["actual"]
        if rule.get("drawn") == "commitment":
            self.money["drawn"] = self.commitment()
        self.forecast_saving = self.saving + more[0] - more[1]
        self.say("forecast.expected", self.expected + more[0])
        self.say("forecast.actual", self.expected - self.saving + more[1])
        self.say("forecast.saving", self.forecast_saving)
        self.say("forecast.saving.paid", self.money["saving"])
        self.say("forecast.drawn", self.money["drawn"])
        self.say("forecast.open", still_open)
        self.forecast_paid = Fraction(0)
        for step in self.tree["waterfall"]:
            paid = self.step(step)[2]
            self.say("forecast.step.%s" % step["id"], paid)
            self.forecast_paid += paid
        self.say("forecast.paid", self.forecast_paid)
        past = self.previous
        while past:
            self.say("forecast.history.%s.saving" % month_text(past.as_of), past.forecast_saving)
            self.say("forecast.history.%s.paid" % month_text(past.as_of), past.forecast_paid)
            past = past.previous
        self.money = money


def main(path, facts_path=None):
    stated, given = [], {}
    if facts_path is not None:
        with open(facts_path, encoding="utf-8") as file:
            stated = [line for line in file.read().splitlines() if not line.startswith("check.")]
        given = dict(line.split("\t", 1) for line in stated)
    facts = Settlement(path, given=given).facts
    lines = ["%s\t%s" % (key, facts[key]) for key in sorted(facts, key=lambda text: text.encode())]
    if facts_path is None:
        print("\n".join(lines))
        return 0
    wrong = ["- " + line for line in stated if line not in set(lines)]
    wrong += ["+ " + line for line in lines if line not in set(stated)]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong or not stated else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
