#!/usr/bin/env python3
"""utfall beside the limits of the machine and beside what else would add up the same tables, in one run.

    tests/bench/compare.py build/release/utfall [--rows 20000000] [--persons 500000] [--months 36] [--runs 5] [--others]
    tests/bench/compare.py build/release/utfall --growth growth.svg

Tables are made by tests/bench/generate.c (synthetic, seeded), read once so that they lie in memory, and then each
program is run in turn, so that what else happens on the machine strikes all alike. Printed: medians of the wall time,
and their ratio to `openssl dgst -sha256` of the same files, which is what naming the inputs costs at least. Times of
programs that are not installed are left out, and said to be. --others runs sqlite3, awk, DuckDB (python3 or node
package), pandas and R data.table where they are there: each reads both cost tables, joins people to rows and adds up
by group and month, which is a part of what a settlement is; none of them checks, seals or digests. --growth draws
wall time and memory by rows, persons, months, threads.
"""
import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SIDES = (("people.csv", "costs.csv"), ("reference-people.csv", "reference-costs.csv"))
SEED = 1


def run(command, folder, extra=None):
    """(wall s, cpu s, peak KiB) of one run; None when it fails.

    A program's peak includes that of whoever started it, so GNU time, which is small, stands in between where it is
    installed; without it peaks below Python's own are not seen."""
    timer = shutil.which("time")
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile("r") as peak:
        if timer:
            command = [timer, "-f", "%M", "-o", peak.name] + command
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said, env=dict(os.environ,
            **(extra or {})))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        wall = time.perf_counter() - start
        if status != 0:
            said.seek(0)
            print(f"failed: {' '.join(command)[:80]}: {said.read()[-300:].decode(errors='replace')}", file=sys.stderr)
            return None
        kib = int(peak.read()) if timer else usage.ru_maxrss
    return wall, usage.ru_utime + usage.ru_stime, kib


def tables(generate, folder, rows, persons, months, order):
    path = os.path.join(folder, f"{rows}-{persons}-{months}-{order}")
    if not os.path.isdir(path):
        os.makedirs(path)
        subprocess.run([generate, path, str(rows), str(persons), str(months), str(SEED), order], check=True)
    for name in os.listdir(path):
        if name.endswith(".csv"):
            with open(os.path.join(path, name), "rb") as file:
                while file.read(1 << 22):
                    pass
    return path


def settle(utfall, keys, threads, out):
    return [utfall, "settle", "contract.yaml", "--out", out, "--detail", "none", "--replace", "--quiet", "--threads",
            str(threads), "--key", os.path.join(keys, "test-seal.key"), "--cert", os.path.join(keys, "test-seal.pem")]


SQLITE = """
.mode csv
.separator ;
PRAGMA journal_mode=OFF;
.import {people} people
.import {costs} costs
CREATE UNIQUE INDEX i ON people(id);
SELECT previously_placed, age_at_start >= 18, month, sum(CAST(round(amount * 100) AS INTEGER))
  FROM costs JOIN people USING (id) WHERE source = 'child' GROUP BY 1, 2, 3;
"""
SQL = """SELECT previously_placed, age_at_start >= 18, month, sum(CAST(amount * 100 AS BIGINT))
  FROM read_csv('{costs}', delim=';', header=true, columns={{'id':'VARCHAR','month':'VARCHAR','source':'VARCHAR',
    'category':'VARCHAR','amount':'DECIMAL(18,2)'}}) c JOIN read_csv('{people}', delim=';', header=true) p USING (id)
  WHERE source = 'child' GROUP BY ALL"""
PANDAS = """
import pandas
for people, costs in {sides!r}:
    p = pandas.read_csv(people, sep=';')
    c = pandas.read_csv(costs, sep=';', dtype={{'id': str}})
    c = c[c.source == 'child'].merge(p, on='id')
    c['minor'] = (c.amount * 100).round().astype('int64')
    print(c.groupby(['previously_placed', c.age_at_start >= 18, 'month']).minor.sum())
"""
AWK = ('FNR == 1 {f++; next} f == 1 {g[$1] = $4 ($3 >= 18); next} '
       '$3 == "child" {s[g[$1] "/" $2] += $5} END {for (k in s) printf "%s %.2f\\n", k, s[k]}')
RTABLE = """library(data.table);
for (s in list(c('people.csv','costs.csv'), c('reference-people.csv','reference-costs.csv'))) {
  p <- fread(s[1]); c <- fread(s[2])[source == 'child']
  c[p, on='id', g := paste(i.previously_placed, i.age_at_start >= 18)]
  print(c[, sum(round(amount * 100)), by=.(g, month)]) }"""


def others(folder, scratch):
    """Commands that add up the same tables, by name; and the names of those that are not installed."""
    found, missing = {}, []
    if shutil.which("sqlite3"):
        script = os.path.join(scratch, "sqlite.sh")
        with open(script, "w") as file:
            for people, costs in SIDES:
                file.write("sqlite3 :memory: <<'END'\n" + SQLITE.format(people=people, costs=costs) + "END\n")
        found["sqlite3"] = ["sh", script]
    if shutil.which("awk"):
        found["awk"] = ["sh", "-c", " && ".join(f"awk -F';' '{AWK}' {p} {c}" for p, c in SIDES)]
    if importlib.util.find_spec("duckdb"):
        text = "import duckdb\n" + "".join(f"print(duckdb.sql({SQL.format(people=p, costs=c)!r}).fetchall())\n" for p,
            c in SIDES)
        found["duckdb"] = [sys.executable, "-c", text]
    elif shutil.which("node") and subprocess.run(["node", "-e", "require('@duckdb/node-api')"],
        capture_output=True).returncode == 0:
        text = ("const {DuckDBInstance} = require('@duckdb/node-api'); (async () => { const db = await (await "
                "DuckDBInstance.create(':memory:')).connect();"


























            + "".join(f"console.log((await (await db.runAndReadAll(`{SQL.format(people=p, costs=c)}`))"
                      ".getRows()).length);"
                          for p, c in SIDES) + "})().catch(e => {console.error(e); process.exit(1)})")
        found["duckdb"] = ["node", "-e", text]
    if importlib.util.find_spec("pandas"):
        found["pandas"] = [sys.executable, "-c", PANDAS.format(sides=SIDES)]
    if shutil.which("Rscript") and subprocess.run(["Rscript", "-e", "library(data.table)"],
        capture_output=True).returncode == 0:
        found["R data.table"] = ["Rscript", "-e", RTABLE]
    missing = [n for n in ("sqlite3", "awk", "duckdb", "pandas", "R data.table") if n not in found]
    return found, missing


def measure(commands, runs, folder):
    """Medians by name, every command once a round."""
    results = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            if results[name] is None:
                continue
            got = run(command, folder)
            if got is None:
                results[name] = None
            else:
                results[name].append(got)
    return {name: [statistics.median(r[i] for r in got) for i in range(3)] + [min(r[0] for r in got), max(r[0]
        for r in got)]
            for name, got in results.items() if got}


def compare(args, generate, keys, scratch):
    for order in ("shuffled", "sorted"):
        folder = tables(generate, args.folder or scratch, args.rows, args.persons, args.months, order)
        files = [name for side in SIDES for name in side]
        out = os.path.join(scratch, "out")
        commands = {"openssl dgst -sha256": ["openssl", "dgst", "-sha256"] + files, "cat": ["sh", "-c",
            "cat *.csv | cat >/dev/null"],
                    "wc -l": ["wc", "-l"] + files}
        for threads in args.threads:
            commands[f"utfall, {threads} thread{'s' if threads > 1 else ''}"] = settle(args.utfall, keys, threads, out)
        missing = []
        if args.others and order == "shuffled":
            more, missing = others(folder, scratch)
            commands.update(more)
        medians = measure(commands, args.runs, folder)
        size = sum(os.path.getsize(os.path.join(folder, name)) for name in files)
        base = medians["openssl dgst -sha256"][0]
        print(f"\n{args.rows} rows, {args.persons} persons, {args.months} months, {order}, {size / 1e6:.0f} MB, "
              f"median of {args.runs}")
        print(f"{'':24}{'wall s':>9}{'(range)':>18}{'cpu s':>9}{'ratio':>8}{'MiB':>9}{'B/person':>10}")
        for name, (wall, cpu, peak, low, high) in medians.items():
            print(f"{name:24}{wall:9.3f}{f'({low:.2f}..{high:.2f})':>18}{cpu:9.3f}{wall / base:8.2f}{peak / 1024:9.1f}"
                  f"{peak * 1024 / args.persons:10.0f}")
        for name in missing:
            print(f"{name:24}not installed")


def svg(path, panels):
    """Small panels, both axes logarithmic, a point a measurement."""
    import math
    width, height, pad = 300, 220, 46
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * len(panels)}" height="{height}" '
             'font-family="sans-serif" '
             'font-size="11">']
    for p, (title, unit, points) in enumerate(panels):
        xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
        x0, x1, y0, y1 = min(xs), max(max(xs), min(xs) + 0.1), math.floor(min(ys)), math.ceil(max(max(ys), min(ys)
            + 0.1))
        at = [(p * width + pad + (x - x0) / (x1 - x0) * (width - pad - 16),
            height - pad - (y - y0) / (y1 - y0) * (height - pad - 30))
              for x, y in zip(xs, ys)]
        parts.append(f'<text x="{p * width + pad}" y="16">{title}</text>')
        for y in range(y0, y1 + 1):
            line = height - pad - (y - y0) / (y1 - y0) * (height - pad - 30)
            parts.append(f'<path d="M{p * width + pad} {line:.1f}h{width - pad - 16}" stroke="#ddd"/>'
                         f'<text x="{p * width + pad - 4}" y="{line + 4:.1f}" text-anchor="end">'
                         f'{10 ** y:g} {unit}</text>')
        parts.append(f'<path d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in at)}" fill="none" stroke="#205080"/>')
        for (x, y), (value, _) in zip(at, points):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#205080"/>'
                         f'<text x="{x:.1f}" y="{height - pad + 16}" text-anchor="middle">{value:g}</text>')
    with open(path, "w") as file:
        file.write("\n".join(parts) + "\n</svg>\n")


def growth(args, generate, keys, scratch):
    out = os.path.join(scratch, "out")

    def point(rows, persons, months, threads):
        folder = tables(generate, args.folder or scratch, rows, persons, months, "shuffled")
        got = measure({"it": settle(args.utfall, keys, threads, out)}, args.runs, folder)["it"]
        print(f"rows {rows:>9} persons {persons:>7} months {months:>3} threads {threads}: "
              f"{got[0]:8.3f} s {got[2] / 1024:7.1f} MiB",
              flush=True)
        if not args.folder:
            shutil.rmtree(folder)
        return got
    rows = [10 ** k for k in range(3, 9) if 10 ** k <= args.most]
    by_rows = [(r, point(r, 1000 if r < 10 ** 6 else 100000, 36, 2)) for r in rows]
    fixed = [(r, point(r, 10000, 36, 2)) for r in rows if r >= 10 ** 4]
    by_persons = [(p, point(2 * 10 ** 6, p, 36, 2)) for p in (1000, 10000, 100000, 500000)]
    by_months = [(m, point(2 * 10 ** 6, 50000, m, 2)) for m in (12, 24, 36, 60, 120)]
    by_threads = [(t, point(10 ** 7, 100000, 36, t)) for t in range(1, (os.cpu_count() or 1) + 1)]
    svg(args.growth, [("time by rows", "s", [(x, g[0]) for x, g in by_rows]),
                      ("memory by rows, 10 000 persons", "MiB", [(x, g[2] / 1024) for x, g in fixed]),
                      ("memory by persons", "MiB", [(x, g[2] / 1024) for x, g in by_persons]),
                      ("time by months", "s", [(x, g[0]) for x, g in by_months]),
                      ("time by threads", "s", [(x, g[0]) for x, g in by_threads])])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("utfall")
    parser.add_argument("--rows", type=int, default=20000000)
    parser.add_argument("--persons", type=int, default=500000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--growth", metavar="SVG")
    parser.add_argument("--most", type=int, default=10 ** 8, help="most rows with --growth")
    parser.add_argument("--folder", help="keep the tables here")
    args = parser.parse_args()
    args.utfall = os.path.abspath(args.utfall)
    with tempfile.TemporaryDirectory() as scratch:
        generate = os.path.join(scratch, "generate")
        subprocess.run(["cc", "-std=c11", "-O2", os.path.join(HERE, "generate.c"), "-o", generate], check=True)
        keys = os.path.join(scratch, "keys")
        subprocess.run([args.utfall, "keygen", keys], check=True, capture_output=True)
        (growth if args.growth else compare)(args, generate, keys, scratch)


if __name__ == "__main__":
    main()
