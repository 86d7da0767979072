"""The price index: PRICE-1 to PRICE-6. Part of oracle.py."""
import re
from fractions import Fraction

from reading import Refused, month, month_text, rows


class Still:
    """No index, or one that is not used (PRICE-6): costs stay as they were paid."""

    is_still = True

    def at_base(self, cost, t):
        return Fraction(cost)

    def at(self, t):
        """What one krona of the base month is in month t."""
        return Fraction(1)


class Index:
    """PRICE-1: one value for each calendar month. Only what is needed may be used (PRICE-4)."""

    is_still = False

    def __init__(self, spec, needed):
        self.base = month(spec["base"])
        values = self.read(spec)
        self.needed = sorted(needed | {self.base})
        lacking = [month_text(t) for t in self.needed if t not in values]
        if lacking:
            raise Refused("no value of the price index in " + ", ".join(lacking))
        self.values = {t: values[t] for t in self.needed}

    @staticmethod
    def read(spec):
        values = {}
        for row in rows(spec):
            at = row("month")
            months = [month("%s-%02d" % (at, m)) for m in range(1, 13)] if len(at) == 4 else [month(at)]
            value = Index.value(row("value"), spec.get("decimal", "."))
            for t in months:
                if t in values:
                    raise Refused("the price index has two values for " + month_text(t))
                values[t] = value
        return values

    @staticmethod
    def value(text, decimal):
        if not re.fullmatch(r"\d+(%s\d{1,6})?" % re.escape(decimal), text):
            raise Refused("not a value of a price index: " + text)
        value = Fraction(text.replace(decimal, "."))
        if not 0 < value <= 1000000:
            raise Refused("out of range for a price index: " + text)
        return value

    def at_base(self, cost, t):
        """PRICE-2: what a person cost in month t, in whole minor units, halves away from zero."""
        carried = abs(Fraction(cost)) * self.values[self.base] / self.values[t]
        whole = (carried + Fraction(1, 2)) // 1
        return Fraction(-whole if cost < 0 else whole)

    def at(self, t):
        """PRICE-3."""
        return self.values[t] / self.values[self.base]


def prices(spec, needed):
    """PRICE-6: without use the table is not even read."""
    return Index(spec, needed) if spec and spec.get("use", "true") == "true" else Still()
