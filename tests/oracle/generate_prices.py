"""A random price index, for generate.py: most cover what can be needed, some have a gap or a fault."""

FIELDS = ["month", "value"]
LARGEST = 1000000  # what a value may be at most, with at most six decimals


def month_text(ordinal):
    return "%04d-%02d" % (ordinal // 12, ordinal % 12 + 1)


def price_index(m, people):
    """The index of a contract for these people, its table written."""
    first = min(p["at"] for p in people) - m.random.randint(0, 3)
    last = max(p["at"] for p in people) + m.window - 1 + m.random.randint(0, 3)
    spec = m.dialect(FIELDS)
    if spec.get("separator", ",") != "," and m.chance(0.5):
        spec["decimal"] = ","
    spec["base"] = month_text(m.random.randint(first, last))
    if m.chance(0.4):
        spec["source"] = "Prisindex, påhittat <2020 = 100> & \"mer\""
    if m.chance(0.1):
        spec["use"] = "false"
        if m.chance(0.5):
            spec["file"] = "is-not-there.csv"
            return spec
    elif m.chance(0.3):
        spec["use"] = "true"
    lines = table(m, first, last)
    if m.chance(0.2):
        m.pick([gap, gap, gap, end, twice, no_value])(m, lines)
    if m.chance(0.5):
        m.random.shuffle(lines)
    m.write(spec, FIELDS, [{"month": at, "value": value.replace(".", spec.get("decimal", "."))}
                           for at, value in lines])
    return spec


def table(m, first, last):
    """Rows of month or year with a value as a text. A year's row may reach beyond both ends."""
    digits, by_year = m.random.randint(0, 6), m.pick([0, 0, 0.4, 1])
    values = series(m, 10 ** digits, last - first + 1)
    out, year_done = [], None
    for t in range(first, last + 1):
        if t // 12 == year_done:
            continue
        is_year = (t % 12 == 0 or t == first) and m.chance(by_year)
        if is_year:
            year_done = t // 12
        out.append(("%d" % (t // 12) if is_year else month_text(t), written(values[t - first], digits)))
    return out


def series(m, unit, count):
    """Whole numbers of the last decimal."""
    kind = m.pick(["constant", "rising", "rising", "falling", "wandering", "wild"])
    most = LARGEST * unit
    value = min(most, max(1, m.pick([100 * unit, 317 * unit, m.random.randint(1, 400 * unit), 1, most])))
    step, low = max(1, value // 50), m.random.randint(1, most // 1000)
    if kind == "wild":
        value = low
    out = []
    for _ in range(count):
        out.append(value)
        if kind == "wild":
            value = m.random.randint(low, low * 1000)
        elif kind != "constant":
            value += m.random.randint(-step if kind != "rising" else 0, step if kind != "falling" else 0)
        value = min(most, max(1, value))
    return out


def written(value, digits):
    return "%d.%0*d" % (value // 10 ** digits, digits, value % 10 ** digits) if digits else str(value)


# ---- what may make it be refused

def gap(m, lines):
    del lines[m.random.randrange(len(lines))]


def end(m, lines):
    del lines[m.random.randrange(1, len(lines) + 1):]


def twice(m, lines):
    at, value = m.pick(lines)
    if len(at) == 4 and m.chance(0.7):
        at = "%s-%02d" % (at, m.random.randint(1, 12))
    elif m.chance(0.3):
        at = at[:4]
    lines.append((at, value))


def no_value(m, lines):
    at = m.random.randrange(len(lines))
    lines[at] = lines[at][0], m.pick(["0", "0.000000", "1000000.000001", "0.0000001", "-1"])
