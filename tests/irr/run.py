"""Every internal rate of return of other people's payments: run.py UTFALL FOLDER

Two witnesses beside the published roots, both in decimal arithmetic: the present value changes sign across each
interval that utfall gives, and a scan over e^-1500 .. e^1500 finds as many changes as utfall counts."""
import datetime
import decimal
import fractions
import pathlib
import subprocess
import sys

D = decimal.Decimal
decimal.getcontext().prec = 110
decimal.getcontext().Emax = decimal.MAX_EMAX
decimal.getcontext().Emin = decimal.MIN_EMIN


def flows_of(path):
    flows = {}
    for line in path.read_text().splitlines():
        when, amount = line.split(",")
        day = datetime.date.fromisoformat(when).toordinal()
        flows[day] = flows.get(day, D(0)) + D(amount)
    first = min(flows)
    return [(day - first, amount) for day, amount in sorted(flows.items()) if amount]


def sign(flows, s):
    """Sign of the present value at 1 + rate = e^s."""
    value, weight, at = D(0), D(1), 0
    step = (-s / 365).exp()
    for day, amount in flows:
        weight *= step ** (day - at)
        at = day
        value += amount * weight
    return (value > 0) - (value < 0)


def facts_of(utfall, path):
    result = subprocess.run([utfall, "irr", path, "--as", "facts"], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{path.name}: {result.stderr}")
    return dict(line.split("\t") for line in result.stdout.splitlines())


def grid():
    near = D("0.0011")
    points = []
    while near < 1500:
        points.append(near)
        near *= D("1.05")
    return [-p for p in reversed(points)] + points


def judge(utfall, folder, name, beyond, roots, points):
    path = folder / "pyxirr" / name
    flows, facts = flows_of(path), facts_of(utfall, path)
    count = int(facts["return.irr.roots"])
    if facts["return.irr.verdict"] != ("found" if count else "none"):
        return "verdict " + facts["return.irr.verdict"]
    if count != len(roots) + len(beyond):
        return f"{count} roots, not {len(roots) + len(beyond)}"
    rates = [tuple(fractions.Fraction(facts[key]) if key in facts else None
                   for key in (f"return.irr.{i}.low", f"return.irr.{i}.high")) for i in range(1, count + 1)]
    known = rates[len(beyond):] if beyond == "-" else rates[:len(roots)]
    for (low, high), root in zip(known, roots):
        last = fractions.Fraction(1, 10 ** 18) * (1 if abs(D(root)) < 1 else fractions.Fraction(abs(D(root))))
        is_inside = low - last <= fractions.Fraction(D(root)) <= high + last
        if not is_inside or high - low > fractions.Fraction(1, 10 ** 15):
            return f"{root} is not in a narrow {low} .. {high}"
    for low, high in rates:
        if high is None or low <= -1:
            continue
        ends = [(1 + D(end.numerator) / D(end.denominator)).ln() for end in (low, high)]
        if sign(flows, ends[0]) * sign(flows, ends[1]) != -1:
            return f"no change of sign from {low} to {high}"
    signs = [sign(flows, p) for p in points]
    changes = sum(a != b for a, b in zip(signs, signs[1:]))
    return "" if changes == count else f"the scan finds {changes} changes, utfall {count}"


def main():
    utfall, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    points, faults, seen = grid(), 0, 0
    for line in (folder / "roots.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        name, beyond, roots = line.split("\t")
        fault = judge(utfall, folder, name, beyond, roots.split(), points)
        seen += 1
        if fault:
            faults += 1
            print(f"{name}: {fault}")
    print(f"{seen} lists, {faults} faults")
    return 1 if faults or seen < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
