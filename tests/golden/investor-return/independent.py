"""The return of the minimal contract, in decimal arithmetic: independent.py. Payments in kronor, by hand from
contracts/minimal/HAND.md: 600 and 400 kronor drawn at the ends of January and February 2024, 1 360.01 received."""
from datetime import date
from decimal import Decimal as D, getcontext

getcontext().prec = 60


def value(times, growth):
    return sum(a * growth ** -t for a, t in zip((D(-600), D(-400), D("1360.01")), times))


def rate(times):
    low, high = D("0.01"), D(1000)  # of 1 + rate; the value falls from above zero to below it
    assert value(times, low) > 0 > value(times, high)
    for _ in range(180):
        middle = (low + high) / 2
        low, high = (middle, high) if value(times, middle) > 0 else (low, middle)
    return low - 1


def days(*ends):
    return [D((date(*end) - date(2024, 1, 31)).days) / 365 for end in ends]


for name, times, at in (("by-month", [D(0), D(1) / 12, D(13) / 12], D("1.05")),
                        ("by-day", days((2024, 1, 31), (2024, 2, 29), (2024, 5, 31)), D("1.03"))):
    print(name, "rate", format(rate(times), ".20f"), "value in öre", format(value(times, at) * 100, ".9f"))
