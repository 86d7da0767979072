"""Replicates of a settlement in exact fractions: what `utfall risk` must say.

Written from the definitions: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, 2011), draws below a count by multiplication
with rejection (Lemire 2019), people in order of cost, order statistics by rank. The oracle settles every replicate.
"""
from fractions import Fraction

import oracle

WORD = 0xFFFFFFFF
PERMILLE = (25, 50, 500, 950, 975)
BOOTSTRAP, PERMUTATION = 1, 2


def philox(counter, key):
    c, (k0, k1) = list(counter), key
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k0, b & WORD, (a >> 32) ^ c[3] ^ k1, a & WORD]
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return c


class Stream:
    def __init__(self, seed, purpose, replicate):
        self.key = (seed & WORD, seed >> 32)
        self.rest = (purpose, replicate & WORD, replicate >> 32)
        self.block, self.words = 0, []

    def word(self):
        if not self.words:
            self.words = philox((self.block,) + self.rest, self.key)[::-1]
            self.block += 1
        return self.words.pop()

    def below(self, count):
        while True:
            product = self.word() * count
            if product & WORD >= (1 << 32) % count:
                return product >> 32


def floor(value):
    return value.numerator // value.denominator


def quantiles(values):
    ordered = sorted(values)
    return {str(p): ordered[-(-len(ordered) * p // 1000) - 1] for p in PERMILLE}


class Redraw:
    """The people of a settlement, by group, in the order in which replicates number them."""

    def __init__(self, path, given):
        self.s = oracle.Settlement(path, given=given)
        self.groups = []
        window = self.s.payment_window
        self.is_even = True
        for group in self.s.groups:
            target = [p for p in self.s.target.people.values() if p.group == group]
            if not target:
                continue
            lengths = sorted({min(p.months, window) for p in target})
            self.is_even = self.is_even and lengths == [window]
            target = sorted((min(p.months, window), self.total(p, min(p.months, window))) for p in target)
            others = [] if self.s.comparison is None else [
                p for p in self.s.comparison.people.values() if p.group == group]
            others = sorted(tuple(self.total(p, n) for n in lengths) for p in others)
            self.groups.append((group, lengths, target, others))

    @staticmethod
    def total(person, months):
        return sum(person.cost.get(k, 0) for k in range(1, months + 1))

    def replicate(self, seed, number):
        """(expected, actual) of one replicate."""
        stream = Stream(seed, BOOTSTRAP, number)
        expected, actual = Fraction(0), 0
        for group, lengths, target, others in self.groups:
            drawn = [target[stream.below(len(target))] for _ in target]
            against = [others[stream.below(len(others))] for _ in others]
            actual += sum(cost for _, cost in drawn)
            for i, length in enumerate(lengths):
                people = sum(1 for months, _ in drawn if months == length)
                if others:
                    each = Fraction(sum(costs[i] for costs in against), len(against))
                else:
                    each = sum(self.s.s[group, k] for k in range(1, length + 1))
                expected += people * each
        return expected, actual

    def pay(self, expected, actual):
        """What each party pays, and the exact sum to the investor."""
        self.s.money.update(expected=Fraction(expected), actual=Fraction(actual), saving=Fraction(expected - actual))
        self.s.facts = {}
        self.s.waterfall()
        paid = {}
        for source, _, amount in self.s.paid:
            paid[source] = paid.get(source, 0) + amount
        investor = self.s.tree["financing"]["investor"]
        exact = sum((Fraction(self.s.facts["step.%s.exact" % step["id"]]) for step in self.s.tree["waterfall"]
                     if step["to"] == investor), Fraction(0))
        return paid, exact

    def permuted(self, seed, number):
        stream = Stream(seed, PERMUTATION, number)
        saving = Fraction(0)
        for _, _, target, others in self.groups:
            cards = sorted([cost for _, cost in target] + [costs[0] for costs in others])
            total, actual = sum(cards), 0
            for i in range(len(target)):
                at = i + stream.below(len(cards) - i)
                actual += cards[at]
                cards[at] = cards[i]
            saving += Fraction((total - actual) * len(target), len(others)) - actual
        return saving


class Carried(Redraw):
    """The same at the prices of each one's months. `path` is the contract without its index, `given` its facts."""

    def __init__(self, path, given, index, base):
        super().__init__(path, given)
        self.index, self.base, self.is_even = index, base, False
        window = self.s.payment_window
        self.groups = []
        for group in self.s.groups:
            people = [p for p in self.s.target.people.values() if p.group == group]
            if not people:
                continue
            slots = sorted({(p.start, min(p.months, window)) for p in people})
            target = sorted((p.start, min(p.months, window), self.total(p, min(p.months, window))) for p in people)
            others = [] if self.s.comparison is None else [
                p for p in self.s.comparison.people.values() if p.group == group]
            others.sort(key=lambda p: (p.start, [p.cost.get(k, 0) for k in range(1, window + 1)]))
            against = [[self.carried(p, *slot) for slot in slots] for p in others]
            self.groups.append((group, slots, target, against))

    def carried(self, person, start, months):
        """What a comparison person cost over so many months, at the prices of those from `start` on."""
        return sum((self.at_base(person.cost.get(k, 0), person.start + k - 1)
                    * self.index[start + k - 1] / self.index[self.base] for k in range(1, months + 1)), Fraction(0))

    def at_base(self, cost, month):
        """PRICE-2: in whole minor units of the base month, halves away from zero."""
        carried = floor(abs(cost) * self.index[self.base] / self.index[month] + Fraction(1, 2))
        return carried if cost >= 0 else -carried

    def replicate(self, seed, number):
        stream = Stream(seed, BOOTSTRAP, number)
        expected, actual = Fraction(0), 0
        for group, slots, target, others in self.groups:
            drawn = [target[stream.below(len(target))] for _ in target]
            against = [others[stream.below(len(others))] for _ in others]
            actual += sum(cost for _, _, cost in drawn)
            for i, (start, length) in enumerate(slots):
                people = sum(1 for first, months, _ in drawn if (first, months) == (start, length))
                if others:
                    each = sum((costs[i] for costs in against), Fraction(0)) / len(against)
                else:
                    each = sum(self.s.s[group, k] * self.index[start + k - 1] / self.index[self.base]
                               for k in range(1, length + 1))
                expected += people * each
        return expected, actual
