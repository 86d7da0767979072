"""Project cost by category, providers' pay, and the investor's return: BUDGET-1, PROVIDER-1, RETURN-1
to 4. Rates are not computed a second time but held to what they claim: the sum of present values, with
its powers enclosed here, changes sign over the interval.
"""
import calendar
import datetime
import decimal
from fractions import Fraction

MARGIN = Fraction(1, 10 ** 60)


def budget(rules, cost, amount):
    """cost: {category: öre to date}."""
    facts, total, used = {}, Fraction(0), Fraction(0)
    for rule in rules:
        set_aside, drawn = amount(rule["amount"]), cost.get(rule["category"], 0)
        facts["budget.%s" % rule["category"]] = set_aside
        facts["drawn.category.%s" % rule["category"]] = drawn
        facts["budget.difference.%s" % rule["category"]] = set_aside - drawn
        total, used = total + set_aside, used + drawn
    facts["budget.total"], facts["budget.difference.total"] = total, total - used
    return facts


def pay(rules, by_month, cost, gate, amount, ratio):
    """by_month: {(category, month): öre}; gate: outcome to whether it is known and reached."""
    facts = {}
    for rule in rules:
        months = sum(1 for (category, _), value in by_month.items()
                     if category == rule["category"] and value != 0)
        earned = amount(rule["fee"]) * months
        held = ratio(rule["held_back"]) * earned if "until" in rule else Fraction(0)
        is_released = "until" not in rule or gate[rule["until"]]
        payable = earned if is_released else earned - held
        drawn = cost.get(rule["category"], 0)
        if rule.get("held_category", rule["category"]) != rule["category"]:
            drawn += cost.get(rule["held_category"], 0)
        for name, value in (("months", months), ("earned", earned), ("held_back", held),
                            ("released", is_released), ("payable", payable), ("drawn", drawn),
                            ("difference", payable - drawn)):
            facts["provider_pay.%s.%s" % (rule["id"], name)] = value
    return facts


def years(day_count, first, last):
    """The time between the last days of two months (ordinals)."""
    if day_count == "months":
        return Fraction(last - first, 12)
    days = [datetime.date(m // 12, m % 12 + 1, calendar.monthrange(m // 12, m % 12 + 1)[1])
            for m in (first, last)]
    if day_count == "30e_360":
        return Fraction((last - first) * 30 + min(days[1].day, 30) - min(days[0].day, 30), 360)
    per_year = {"act_365": Fraction(365), "act_365_25": Fraction(1461, 4), "act_360": Fraction(360)}
    return Fraction((days[1] - days[0]).days) / per_year[day_count]


def power(base, t):
    """Lower and upper bound of base ** t. Decimal's logarithm and exponential are correctly rounded, at
    80 digits; the margin is far above what that can lose."""
    if t == 0 or base == 1:
        return Fraction(1), Fraction(1)
    with decimal.localcontext() as context:
        context.prec = 80
        ratio = decimal.Decimal(base.numerator) / decimal.Decimal(base.denominator)
        exponent = decimal.Decimal(t.numerator) / decimal.Decimal(t.denominator)
        value = Fraction((exponent * ratio.ln()).exp())
    return value * (1 - MARGIN), value * (1 + MARGIN)


def present(flows, rate):
    """Bounds of the sum of amount x (1 + rate) ^ -t."""
    low = high = Fraction(0)
    if rate == -1:  # what comes last outweighs all else on the way there
        return flows[-1][1], flows[-1][1]
    for t, value in flows:
        bounds = power(1 + rate, -t)
        ends = sorted((value * bounds[0], value * bounds[1]))
        low, high = low + ends[0], high + ends[1]
    return low, high


def returns(rule, draws, received, paid_in, given, ratio):
    """draws: {month: öre}; received: öre at month paid_in; given: the facts to hold to account. Facts
    that are computed are given back; of the rates, those facts that hold."""
    by_month = {m: -Fraction(v) for m, v in draws.items()}
    by_month[paid_in] = by_month.get(paid_in, Fraction(0)) + received
    if not any(by_month.values()):
        return {key: value for key, value in given.items() if key.startswith("return.")}
    out = sum((v for v in draws.values() if v > 0), Fraction(0)) + max(-received, 0)
    back = sum((-v for v in draws.values() if v < 0), Fraction(0)) + max(received, 0)
    facts = {"return.day_count": rule["day_count"]}
    if out != 0:
        facts["return.multiple"] = Fraction(back) / out
    months = [m for m in sorted(by_month) if by_month[m] != 0]
    flows = [(years(rule["day_count"], months[0], m), by_month[m]) for m in months]
    if "discount_rate" in rule:
        facts["return.npv.rate"] = ratio(rule["discount_rate"])
        low, high = present(flows, ratio(rule["discount_rate"]))
        said = [Fraction(given.get("return.npv." + end, 0)) for end in ("low", "high")]
        if said[0] <= low and high <= said[1] and said[1] - said[0] <= Fraction(3, 10 ** 6):
            facts.update({"return.npv." + end: given["return.npv." + end] for end in ("low", "high")})
        else:
            facts.update({"return.npv.low": low, "return.npv.high": high})
    facts.update(rates(flows, given))
    return facts


def rates(flows, given):
    """RETURN-4. Descartes' rule bounds the number of roots: with one change of sign there is one."""
    signs = [value > 0 for _, value in flows]
    changes = sum(1 for a, b in zip(signs, signs[1:]) if a != b)
    facts = {}
    count = int(given.get("return.irr.roots", -1))
    if count < 0 or count > changes or (changes - count) % 2 == 1 and given["return.irr.verdict"] != "undecided" \
            or changes == 1 and count != 1:
        return {"return.irr.roots": "at most %d" % changes}
    before = Fraction(-2)
    for i in range(1, count + 1):
        low, high = (Fraction(given["return.irr.%d.%s" % (i, end)]) for end in ("low", "high"))
        ends = present(flows, low), present(flows, high)
        is_crossed = ends[0][1] < 0 < ends[1][0] or ends[1][1] < 0 < ends[0][0] or \
            any(a <= 0 <= b for a, b in ends)
        if not (before < low <= high and high - low <= Fraction(1, 10 ** 15) and is_crossed):
            facts["return.irr.%d" % i] = "an interval of at most 10^-15 with a root"
        before = high
    facts.update({key: value for key, value in given.items() if key.startswith("return.irr.")})
    return facts
