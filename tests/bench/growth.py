"""How time and memory of a settlement grow: a straight line through measured points, and the drawing of both."""
import collections
import math

# One column of panels, with letters that can still be read when a phone shows it 360 pixels wide.
WIDTH, PANEL, LEFT, RIGHT, TOP, BOTTOM = 480, 280, 84, 36, 72, 56
INK, FAINT, POINT, LINE = "#222222", "#dddddd", "#1f4e79", "#c0504d"

# What varies along x and how it is marked, what stays as it is, what is measured, points (x, y); line is None or
# (constant, slope), and said is what to say of it.
Panel = collections.namedtuple("Panel", "title fixed x_title y_title x_axis y_axis points line said")
Axis = collections.namedtuple("Axis", "least most is_logarithmic marks")


def fit(points):
    """(constant, slope, worst): the line with the least sum of squared relative errors, and the greatest of them."""
    weights = [1 / y ** 2 for _, y in points]
    total = sum(weights)
    x_mean = sum(w * x for w, (x, _) in zip(weights, points)) / total
    y_mean = sum(w * y for w, (_, y) in zip(weights, points)) / total
    spread = sum(w * (x - x_mean) ** 2 for w, (x, _) in zip(weights, points))
    slope = sum(w * (x - x_mean) * (y - y_mean) for w, (x, y) in zip(weights, points)) / spread if spread else 0
    constant = y_mean - slope * x_mean
    return constant, slope, max(abs(constant + slope * x - y) / y for x, y in points)


def grouped(value):
    """12 500 as people write it; 0.05 without needless noughts."""
    return f"{value:,.0f}".replace(",", "\u00a0") if abs(value) >= 1000 else f"{value:.10g}"


def linear(values, most_marks=6, least_step=0):
    """From nought to a round number, with round marks."""
    decade = 10 ** math.floor(math.log10(max(values)))
    step = next(decade * part for part in (0.2, 0.5, 1, 2, 5, 10) if max(values) <= decade * part * most_marks)
    step = max(step, least_step)
    count = math.ceil(max(values) / step)
    return Axis(0, step * count, False, [(step * n, grouped(step * n)) for n in range(count + 1)])


def counting(values):
    """The same for things that are counted, with room for long labels side by side."""
    return linear(values, 4, 1)


def logarithmic(values):
    """From a power of ten to another."""
    low = math.floor(math.log10(min(values)))
    high = max(math.ceil(math.log10(max(values))), low + 1)
    raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    return Axis(10 ** low, 10 ** high, True, [(10 ** n, "10" + str(n).translate(raised)) for n in range(low, high + 1)])


def share(axis, value):
    """Where on the axis a value lies, from 0 to 1."""
    if axis.is_logarithmic:
        return math.log(value / axis.least) / math.log(axis.most / axis.least)
    return (value - axis.least) / (axis.most - axis.least)


def at(axis, part):
    """The value that lies there."""
    if axis.is_logarithmic:
        return axis.least * (axis.most / axis.least) ** part
    return axis.least + part * (axis.most - axis.least)


def place(panel, x, y):
    return (LEFT + share(panel.x_axis, x) * (WIDTH - LEFT - RIGHT),
            PANEL - BOTTOM - share(panel.y_axis, y) * (PANEL - TOP - BOTTOM))


def text(x, y, words, size=14, anchor="start", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{INK}"{more}>{words}</text>'


def axes(panel):
    floor, width, middle = PANEL - BOTTOM, WIDTH - LEFT - RIGHT, TOP + (PANEL - TOP - BOTTOM) / 2
    parts = []
    for value, label in panel.y_axis.marks:
        y = place(panel, panel.x_axis.least, value)[1]
        parts += [f'<path d="M{LEFT} {y:.1f}h{width}" stroke="{FAINT}"/>', text(LEFT - 8, y + 5, label, anchor="end")]
    for value, label in panel.x_axis.marks:
        x = place(panel, value, panel.y_axis.least)[0]
        parts += [f'<path d="M{x:.1f} {floor}v5" stroke="{INK}"/>', text(x, floor + 20, label, anchor="middle")]
    return parts + [f'<path d="M{LEFT} {floor}h{width}" stroke="{INK}"/>',
                    text(LEFT + width / 2, floor + 41, panel.x_title, anchor="middle"),
                    text(20, middle, panel.y_title, anchor="middle", more=f' transform="rotate(-90 20 {middle:.1f})"')]


def fitted(panel):
    """The line from the first point to the last, bent where an axis is logarithmic, as far as the panel reaches."""
    constant, slope = panel.line
    first, last = (share(panel.x_axis, end(x for x, _ in panel.points)) for end in (min, max))
    spots = []
    for n in range(101):
        x = at(panel.x_axis, first + (last - first) * n / 100)
        y = constant + slope * x
        if panel.y_axis.least <= y <= panel.y_axis.most:
            spots.append("{:.1f} {:.1f}".format(*place(panel, x, y)))
    return f'<path d="M{" L".join(spots)}" fill="none" stroke="{LINE}" stroke-width="1.5"/>' if spots else ""


def drawn(panel):
    parts = [text(12, 22, panel.title, 16, more=' font-weight="bold"'), text(12, 41, panel.fixed),
             text(12, 59, panel.said), *axes(panel)]
    if panel.line:
        parts.append(fitted(panel))
    for point in panel.points:
        x, y = place(panel, *point)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{POINT}"/>')
    return parts


def write(path, panels):
    height = PANEL * len(panels)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
             f'height="{height}" style="max-width:100%;height:auto" font-family="sans-serif">',
             "<title>How time and memory of a settlement grow</title>",
             f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>']
    for n, panel in enumerate(panels):
        parts += [f'<g transform="translate(0 {n * PANEL})">', *drawn(panel), "</g>"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(parts) + "\n</svg>\n")
