#!/usr/bin/env python3
"""utfall beside the limits of the machine and beside what else would add up the same tables, in one run.

    tests/bench/compare.py build/release/utfall [--rows 20000000] [--persons 500000] [--months 36] [--runs 5]
                           [--threads 1 2] [--others [NAME ...]] [--node-modules FOLDER]
    tests/bench/compare.py build/release/utfall --growth growth.svg [--most 100000000] [--runs 5] [--threads 1 2]

Tables are made by generate.c (synthetic, seeded), read once so that they lie in memory, and then each program is run in
turn, so that what else happens on the machine strikes all alike. Printed: medians of whole processes, and the ratio of
the wall time to `openssl dgst -sha256` of the same files, which is what naming the inputs costs at least, and to utfall
by its number of threads. --others runs, on the shuffled rows, the programs of peers.py that are there, or those named,
and names those that are not; each must come to the sums of utfall. --growth measures settlements by rows, persons,
months and threads, puts a straight line through each and draws them; it deletes each set of tables after use.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import growth
import peers

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = [name for side in peers.SIDES for name in side]
DIGEST = "openssl dgst -sha256"
SEED = 1


def run(command, folder, environment=None, output=subprocess.DEVNULL):
    """(wall s, cpu s, peak KiB) of one run; None when it fails.

    A program's peak includes that of whoever started it, so GNU time, which is small, stands in between where it is
    installed; without it peaks below Python's own are not seen."""
    timer = shutil.which("time")
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile("r") as peak:
        timed = [timer, "-f", "%M", "-o", peak.name, *command] if timer else command
        start = time.perf_counter()
        child = subprocess.Popen(timed, cwd=folder, stdout=output, stderr=said,
                                 env=dict(os.environ, **(environment or {})))
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if status != 0:
            said.seek(0)
            print(f"failed: {' '.join(command)[:80]}: {said.read()[-300:].decode(errors='replace')}", file=sys.stderr)
            return None
        kib = int(peak.read()) if timer else usage.ru_maxrss
    return wall, usage.ru_utime + usage.ru_stime, kib


def generator(scratch):
    made = os.path.join(scratch, "generate")
    subprocess.run(["cc", "-std=c11", "-O2", os.path.join(HERE, "generate.c"), "-o", made], check=True)
    return made


def tables(generate, folder, rows, persons, months, order):
    """The folder of these tables, made unless it is there already, and read once."""
    path = os.path.join(folder, f"{rows}-{persons}-{months}-{order}")
    if not os.path.isdir(path):
        half_made = path + ".part"
        shutil.rmtree(half_made, ignore_errors=True)
        os.makedirs(half_made)
        subprocess.run([generate, half_made, str(rows), str(persons), str(months), str(SEED), order], check=True)
        os.rename(half_made, path)
    for name in FILES:
        with open(os.path.join(path, name), "rb") as file:
            while file.read(1 << 22):
                pass
    return path


class Settlement:
    """Settling whatever contract.yaml the folder of the run has: sealed, without detail file."""

    def __init__(self, utfall, scratch):
        self.utfall, self.out = utfall, os.path.join(scratch, "out")
        self.keys = os.path.join(scratch, "keys")
        subprocess.run([utfall, "keygen", self.keys], check=True, capture_output=True)

    def command(self, threads):
        return [self.utfall, "settle", "contract.yaml", "--out", self.out, "--detail", "none", "--replace", "--quiet",
                "--threads", str(threads), "--key", os.path.join(self.keys, "test-seal.key"),
                "--cert", os.path.join(self.keys, "test-seal.pem")]

    def facts(self):
        return peers.facts(self.utfall, os.path.join(self.out, "bench.ledger.xml"))


class Contest:
    """Programs that are run in turn on the same tables, what each run took, and what each peer last answered."""

    def __init__(self, folder):
        self.folder, self.programs, self.taken, self.answers, self.failed = folder, {}, {}, {}, set()

    def add(self, name, command, environment=None, is_peer=False):
        self.programs[name] = command, environment, is_peer
        self.taken[name] = []

    def one(self, name):
        command, environment, is_peer = self.programs[name]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            taken = run(command, self.folder, environment, output if is_peer else subprocess.DEVNULL)
            if taken is None:
                self.failed.add(name)
                return
            self.taken[name].append(taken)
            if is_peer:
                output.seek(0)
                self.answers[name] = peers.answer(name, output.read())

    def play(self, runs):
        for _ in range(runs):
            for name in self.programs:
                if name not in self.failed:
                    self.one(name)

    def medians(self):
        """{name: (wall, least wall, greatest wall, cpu, peak KiB)} of those that never failed."""
        result = {}
        for name, taken in self.taken.items():
            if taken and name not in self.failed:
                wall, cpu, peak = zip(*taken)
                result[name] = (statistics.median(wall), min(wall), max(wall), statistics.median(cpu),
                                statistics.median(peak))
        return result


def print_table(medians, bases, persons):
    """A line a program; the last columns are its wall time by that of each of bases, {heading: name}."""
    bases = {heading: medians[name][0] for heading, name in bases.items() if name in medians}
    heads = "".join(f"{'/ ' + heading:>13}" for heading in bases)
    print(f"{'':23}{'wall s':>9}{'(range)':>17}{'CPU s':>9}{'MiB':>8}{'B/person':>10}{heads}")
    for name, (wall, least, greatest, cpu, peak) in medians.items():
        ratios = "".join(f"{wall / base:13.2f}" for base in bases.values())
        print(f"{name:23}{wall:9.3f}{f'({least:.2f}..{greatest:.2f})':>17}{cpu:9.3f}{peak / 1024:8.1f}"
              f"{peak * 1024 / persons:10.0f}{ratios}")


def print_agreement(contest, fact, months):
    """Whether every peer that ran has utfall's sums; what differs is printed."""
    wrong = {name: peers.differences(fact, sums, months) for name, sums in contest.answers.items()}
    for name, faults in wrong.items():
        for fault in faults[:5]:
            print(f"{name} DIFFERS: {fault}")
    used = [fact[f"rows.{table}.used.count"] for table in ("costs", "reference-costs")]
    same = [name for name, faults in wrong.items() if not faults]
    print(f"same sums to the öre as utfall ({' + '.join(used)} rows used): {', '.join(same) or 'none'}")
    return len(same) == len(wrong)


def compare_one(args, settlement, folder, order, scratch):
    """True when everything ran and agreed."""
    contest = Contest(folder)
    contest.add(DIGEST, ["openssl", "dgst", "-sha256", *FILES])
    contest.add("cat", ["sh", "-c", f"cat {' '.join(FILES)} | cat >/dev/null"])
    contest.add("wc -l", ["wc", "-l", *FILES])
    ours = {f"utfall {n}": peers.with_threads("utfall", n) for n in args.threads}
    for threads, name in zip(args.threads, ours.values()):
        contest.add(name, settlement.command(threads))
    found, missing = [], []
    if args.others is not None and order == "shuffled":
        found, missing = peers.find(scratch, args.months, args.threads, args.node_modules)
        if args.others:
            found, missing = [p for p in found if p.name.split(",")[0] in args.others], []
    for peer in found:
        contest.add(peer.name, peer.command, peer.environment, is_peer=True)
    contest.play(args.runs)
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in FILES)
    print(f"\n{args.rows} rows, {args.persons} persons, {args.months} months, {order}, {size / 1e6:.0f} MB, "
          f"median of {args.runs}")
    print_table(contest.medians(), {"digest": DIGEST, **ours}, args.persons)
    for name in sorted(contest.failed):
        print(f"{name:23}failed")
    for name in missing:
        print(f"{name:23}not installed")
    if found:
        print("versions: " + ", ".join(dict.fromkeys(f"{p.name.split(',')[0]} {p.version}" for p in found)))
    agreed = not found or print_agreement(contest, settlement.facts(), args.months)
    return agreed and not contest.failed


def compare(args, settlement, generate, scratch):
    good = True
    for order in ("shuffled", "sorted"):
        folder = tables(generate, args.folder or scratch, args.rows, args.persons, args.months, order)
        good = compare_one(args, settlement, folder, order, scratch) and good
    return 0 if good else 1


def measured(args, settlement, generate, scratch, shape):
    """(median wall s, median peak MiB) of settling tables of a shape: (rows, persons, months, threads)."""
    *size, threads = shape
    folder = tables(generate, args.folder or scratch, *size, "shuffled")
    contest = Contest(folder)
    contest.add("utfall", settlement.command(threads))
    contest.play(args.runs)
    if not args.folder:
        shutil.rmtree(folder)
    if contest.failed:
        sys.exit("a settlement failed; nothing is drawn")
    wall, least, greatest, _, peak = contest.medians()["utfall"]
    print("rows {:>9}  persons {:>6}  months {:>3}  threads {}:".format(*shape),
          f"{wall:8.3f} s ({least:.3f}..{greatest:.3f})  {peak / 1024:7.1f} MiB", flush=True)
    return wall, peak / 1024


def line_of(points, title, unit, per):
    """(line, what to say of it); per is (factor, word): what the slope is multiplied by, and what it then is."""
    factor, word = per
    constant, slope, worst = growth.fit(points)
    said = f"line: {constant:.3g} {unit} + {slope * factor:.3g} {word}, within {worst * 100:.0f} %"
    print(f"{title}: {said}")
    return (constant, slope), said


# What varies; its axis; and the slope of seconds and of MiB in words.
PLAN = (
    ("rows", growth.logarithmic, (10 ** 6, "s a million rows"), (10 ** 6, "MiB a million rows")),
    ("persons", growth.counting, (10 ** 6, "µs a person"), (2 ** 20, "bytes a person")),
    ("months", growth.counting, (10 ** 3, "ms a month"), (2 ** 20 / 50000, "bytes a person and month")),
    ("threads", growth.counting, None, None))


def shapes_by(what, most, threads):
    """{value: (rows, persons, months, threads)} with one of them varying."""
    rows, top = min(2 * 10 ** 6, most), max(threads)
    return {"rows": {n: (n, 10000, 36, top) for n in (10 ** k for k in range(3, 9)) if n <= most},
            "persons": {n: (rows, n, 36, top) for n in (1000, 50000, 100000, 200000, 350000, 500000)},
            "months": {n: (rows, 50000, n, top) for n in (12, 24, 36, 60, 120)},
            "threads": {n: (min(10 ** 7, most), 100000, 36, n) for n in sorted(threads)}}[what]


def fixed_words(what, shapes):
    """What does not vary, in words."""
    names = ("rows", "persons", "months", "threads")
    shape = next(iter(shapes.values()))
    return ", ".join(f"{growth.grouped(value)} {name}" for name, value in zip(names, shape) if name != what)


def panel(what, fixed, x_axis, measure, points, per):
    name, unit = measure
    title = f"{name} by {what}"
    line, said = line_of(points, title, unit, per) if per else (None, "")
    y_axis = growth.logarithmic if what == "rows" and unit == "s" else growth.linear
    heights = [y for _, y in points] + [line[0] + line[1] * x for x, _ in points if line]
    return growth.Panel(title.capitalize(), fixed, what, f"{name}, {unit}", x_axis([x for x, _ in points]),
                        y_axis([y for y in heights if y > 0]), points, line, said)


def grow(args, settlement, generate, scratch):
    panels = []
    for what, x_axis, *per in PLAN:
        shapes = shapes_by(what, args.most, args.threads)
        got = {x: measured(args, settlement, generate, scratch, shape) for x, shape in shapes.items()}
        for n, measure in enumerate((("wall time", "s"), ("peak memory", "MiB"))):
            points = [(x, figures[n]) for x, figures in got.items()]
            panels.append(panel(what, fixed_words(what, shapes), x_axis, measure, points, per[n]))
    growth.write(args.growth, panels)
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("utfall")
    parser.add_argument("--rows", type=int, default=20000000)
    parser.add_argument("--persons", type=int, default=500000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="numbers of threads to measure with")
    parser.add_argument("--others", nargs="*", metavar="NAME", help="run those of peers.py as well, or the ones named")
    parser.add_argument("--node-modules", metavar="FOLDER", help="node_modules with @duckdb/node-api in it")
    parser.add_argument("--growth", metavar="SVG", help="measure and draw growth instead")
    parser.add_argument("--most", type=int, default=10 ** 8, help="most rows with --growth; 48 bytes of disk each")
    parser.add_argument("--folder", help="keep the tables here, and use those that are there")
    args = parser.parse_args()
    if args.most < 10 ** 4:
        parser.error("--most: a line needs two points, 10000 rows or more")
    args.utfall = os.path.abspath(args.utfall)
    return args


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        settlement = Settlement(args.utfall, scratch)
        return (grow if args.growth else compare)(args, settlement, generator(scratch), scratch)


if __name__ == "__main__":
    sys.exit(main())
