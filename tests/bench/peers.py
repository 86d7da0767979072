"""What else would add up the same tables, each as somebody who knows the program would write it, and whether all agree.

Every peer reads people and costs of both sides, keeps rows of source child, joins people to rows, and adds up amount
and rows by side, group (18 or older at start, placed before) and intervention month, for months 1 to the window. It
prints `side;0 or 1;yes or no;month;öre;rows` for each. That is a part of a settlement: no peer checks, digests,
settles or seals anything.
"""
import collections
import os
import re
import shutil
import subprocess
import sys
from fractions import Fraction

SIDES = (("people.csv", "costs.csv"), ("reference-people.csv", "reference-costs.csv"))

Peer = collections.namedtuple("Peer", "name command environment version")

# Rows are added by person's group, start and month first: the month is then worked out some thousand times, not for
# every row. Every type is given, and quoting, which these tables do not have, is switched off.
DUCKDB = """
const {DuckDBInstance} = require('@duckdb/node-api');
const [months, threads] = process.argv.slice(2);
const sum = (people, costs) => `
  WITH people AS (
    SELECT id, CAST(age_at_start >= 18 AS INTEGER) AS adult, previously_placed, year(start) * 12 + month(start) AS first
    FROM read_csv('${people}', delim = ';', quote = '', escape = '', header = true, auto_detect = false,
      columns = {'id': 'VARCHAR', 'start': 'DATE', 'age_at_start': 'INTEGER', 'previously_placed': 'VARCHAR'})),
  costs AS (
    SELECT * FROM read_csv('${costs}', delim = ';', quote = '', escape = '', header = true, auto_detect = false,
      columns = {'id': 'VARCHAR', 'month': 'VARCHAR', 'source': 'VARCHAR', 'category': 'VARCHAR',
        'amount': 'DECIMAL(18,2)'})),
  sums AS (
    SELECT adult, previously_placed, first, month, sum(amount) AS amount, count(*) AS n
    FROM costs JOIN people USING (id) WHERE source = 'child' GROUP BY ALL),
  placed AS (
    SELECT adult, previously_placed, amount, n,
      CAST(left(month, 4) AS INTEGER) * 12 + CAST(right(month, 2) AS INTEGER) - first + 1 AS k
    FROM sums)
  SELECT adult, previously_placed, k, CAST(sum(amount) * 100 AS BIGINT), CAST(sum(n) AS BIGINT)
  FROM placed WHERE k BETWEEN 1 AND ${months} GROUP BY ALL`;
(async () => {
  const db = await (await DuckDBInstance.create(':memory:', {threads})).connect();
  await db.run('SET preserve_insertion_order = false');
  for (const [side, tables] of %s.entries())
    for (const row of (await db.runAndReadAll(sum(...tables))).getRows())
      console.log([side, ...row].join(';'));
})().catch(error => { console.error(error); process.exit(1); });
"""

SQLITE = """
CREATE TABLE people(id TEXT PRIMARY KEY, start TEXT, age INTEGER, placed TEXT) WITHOUT ROWID;
CREATE TABLE costs(id TEXT, month TEXT, source TEXT, category TEXT, amount REAL);
.mode csv
.separator ;
.import --skip 1 %(people)s people
.import --skip 1 %(costs)s costs
SELECT %(side)d, age >= 18, placed, k, sum(minor), count(*)
  FROM (SELECT age, placed, CAST(round(amount * 100) AS INTEGER) AS minor,
          (substr(month, 1, 4) - substr(start, 1, 4)) * 12 + substr(month, 6, 2) - substr(start, 6, 2) + 1 AS k
        FROM costs CROSS JOIN people USING (id) WHERE source = 'child')
  WHERE k BETWEEN 1 AND %(months)d GROUP BY 2, 3, 4;
DROP TABLE people;
DROP TABLE costs;
"""

AWK = """
FNR == 1 { file++; next }
file == 1 { group[$1] = ($3 >= 18) ";" $4; first[$1] = substr($2, 1, 4) * 12 + substr($2, 6, 2); next }
$3 == "child" && $1 in group {
    if (!($2 in ordinal))
        ordinal[$2] = substr($2, 1, 4) * 12 + substr($2, 6, 2)
    k = ordinal[$2] - first[$1] + 1
    if (k < 1 || k > months)
        next
    key = group[$1] ";" k
    sum[key] += int($5 * 100 + ($5 < 0 ? -0.5 : 0.5))
    count[key]++
}
END { for (key in sum) printf "%d;%s;%.0f;%d\\n", side, key, sum[key], count[key] }
"""

PANDAS = """
import sys
import pandas
def ordinal(text):
    return text.str[:4].astype(int) * 12 + text.str[5:7].astype(int)
for side, (people, costs) in enumerate(%s):
    people = pandas.read_csv(people, sep=";", index_col="id", dtype={"id": str})
    people = pandas.DataFrame({"adult": (people.age_at_start >= 18).astype(int), "placed": people.previously_placed,
                               "first": ordinal(people.start)})
    costs = pandas.read_csv(costs, sep=";", usecols=["id", "month", "source", "amount"],
                            dtype={"id": "category", "month": "category", "source": "category", "amount": float})
    costs = costs[costs.source == "child"]
    at = people.index.get_indexer(costs.id.cat.categories)[costs.id.cat.codes]
    rows = people.take(at[at >= 0]).reset_index(drop=True)
    costs = costs[at >= 0]
    month = ordinal(costs.month.cat.categories.to_series()).to_numpy()[costs.month.cat.codes]
    rows["k"] = month - rows["first"] + 1
    rows["minor"] = (costs.amount.to_numpy() * 100).round().astype("int64")
    sums = rows[rows.k.between(1, int(sys.argv[1]))].groupby(["adult", "placed", "k"]).minor.agg(["sum", "count"])
    sums.insert(0, "side", side)
    sums.reset_index().set_index("side").to_csv(sys.stdout, sep=";", header=False)
"""

DATA_TABLE = """
suppressMessages(library(data.table))
arguments <- as.integer(commandArgs(TRUE))
setDTthreads(arguments[2])
ordinal <- function(text) as.integer(substr(text, 1, 4)) * 12L + as.integer(substr(text, 6, 7))
sums <- function(side, people, costs) {
  p <- fread(people, sep = ";", colClasses = list(character = c("id", "start", "previously_placed")))
  p[, `:=`(adult = as.integer(age_at_start >= 18), first = ordinal(start))]
  c <- fread(costs, sep = ";", select = list(character = "id", factor = c("month", "source"), numeric = "amount"))
  c <- c[source == "child"]
  at <- chmatch(c$id, p$id)
  c[, `:=`(adult = p$adult[at], placed = p$previously_placed[at], minor = round(amount * 100),
           k = ordinal(levels(month))[month] - p$first[at] + 1L)]
  s <- c[k >= 1L & k <= arguments[1], .(sum = sum(minor), count = .N), by = .(adult, placed, k)]
  writeLines(s[, sprintf("%%d;%%d;%%s;%%d;%%.0f;%%d", side, adult, placed, k, sum, count)])
}
%s
"""


def probe(command, environment=None):
    """The version a program says when asked; None when it is not there or fails."""
    if shutil.which(command[0]) is None:
        return None
    done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, **(environment or {})),
                          check=False)
    version = re.search(r"\d+(\.\d+)+", done.stdout)
    return version.group() if version and done.returncode == 0 else None


def script(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def with_threads(name, threads):
    return f"{name}, {threads} thread{'s' if threads > 1 else ''}"


def duckdb(folder, months, threads, node_modules):
    environment = {"NODE_PATH": os.path.abspath(node_modules)} if node_modules else {}
    ask = ("require('@duckdb/node-api').DuckDBInstance.create(':memory:').then(db => db.connect())"
           ".then(c => c.runAndReadAll('SELECT version()')).then(r => console.log(r.getRows()[0][0]))")
    version = probe(["node", "-e", ask], environment)
    if version is None:
        return []
    path = script(folder, "duckdb.js", DUCKDB % [list(side) for side in SIDES])
    return [Peer(with_threads("DuckDB", n), ["node", path, str(months), str(n)], environment, version)
            for n in threads]


def sqlite(folder, months):
    version = probe(["sqlite3", "--version"])
    if version is None:
        return []
    text = "".join(SQLITE % {"side": side, "people": people, "costs": costs, "months": months}
                   for side, (people, costs) in enumerate(SIDES))
    path = script(folder, "sums.sql", text)
    return [Peer("sqlite3", ["sh", "-c", f"sqlite3 -batch -bail :memory: <'{path}'"], {}, version)]


def awk(program, ask, folder, months):
    version = probe([program, *ask])
    if version is None:
        return []
    path = script(folder, "sums.awk", AWK)
    command = " && ".join(f"{program} -F';' -v side={side} -v months={months} -f '{path}' {people} {costs}"
                          for side, (people, costs) in enumerate(SIDES))
    return [Peer(program, ["sh", "-c", command], {"LC_ALL": "C"}, version)]


def pandas(folder, months):
    """By whichever Python has it: the one that runs this, the one on the path, or the system's."""
    for python in (sys.executable, "python3", "/usr/bin/python3"):
        version = probe([python, "-c", "import pandas; print(pandas.__version__)"])
        if version is not None:
            path = script(folder, "sums.py", PANDAS % (SIDES,))
            return [Peer("pandas", [python, path, str(months)], {}, version)]
    return []


def data_table(folder, months, threads):
    version = probe(["Rscript", "--vanilla", "-e", "cat(as.character(packageVersion('data.table')))"])
    if version is None:
        return []
    calls = "\n".join(f'sums({side}L, "{people}", "{costs}")' for side, (people, costs) in enumerate(SIDES))
    path = script(folder, "sums.R", DATA_TABLE % calls)
    return [Peer(with_threads("R data.table", n), ["Rscript", "--vanilla", path, str(months), str(n)], {}, version)
            for n in threads]


def find(folder, months, threads, node_modules):
    """The peers that are installed, their programs written to the folder, and the names of those that are not."""
    found = {"DuckDB": duckdb(folder, months, threads, node_modules), "sqlite3": sqlite(folder, months),
             "mawk": awk("mawk", ["-W", "version"], folder, months),
             "gawk": awk("gawk", ["--version"], folder, months),
             "pandas": pandas(folder, months), "R data.table": data_table(folder, months, threads)}
    return [peer for peers in found.values() for peer in peers], [name for name, peers in found.items() if not peers]


def answer(name, text):
    """{(side, group, month): (öre, rows)} of what a peer printed; anything else it printed ends the benchmark."""
    sums = {}
    for line in text.splitlines():
        found = re.fullmatch(r"([01]);([01]);(yes|no);(\d+);(-?\d+);(\d+)", line)
        if found is None:
            sys.exit(f"{name} printed what is no sum: {line[:80]}")
        side, adult, placed, month, minor, rows = found.groups()
        key = int(side), ("<18/", "18+/")[int(adult)] + placed, int(month)
        if key in sums:
            sys.exit(f"{name} printed the sum of {key} twice")
        sums[key] = int(minor), int(rows)
    return sums


def facts(utfall, ledger):
    done = subprocess.run([utfall, "facts", ledger], capture_output=True, text=True, check=True)
    return dict(line.split("\t")[:2] for line in done.stdout.splitlines())


def differences(fact, sums, months):
    """Where a peer's answer is not the ledger's: rows and öre used by side, öre by month of the target group, and by
    group and month of the comparison group, whose standard cost is that sum by the number of people."""
    expected, got = {}, collections.Counter()
    for side, table in enumerate(("costs", "reference-costs")):
        expected[side, "rows"] = int(fact[f"rows.{table}.used.count"])
        expected[side, "öre"] = int(fact[f"rows.{table}.used.amount"])
    groups = [name[len("group."):-len(".comparison")] for name in fact
              if name.startswith("group.") and name.endswith(".comparison")]
    for month in range(1, months + 1):
        expected[0, month] = int(fact[f"actual.month.{month}"])
        for group in groups:
            if f"standard_cost.{group}.{month}" in fact:
                people = int(fact[f"group.{group}.comparison"])
                expected[1, group, month] = Fraction(fact[f"standard_cost.{group}.{month}"]) * people
    for (side, group, month), (minor, rows) in sums.items():
        got[side, "rows"] += rows
        got[side, "öre"] += minor
        got[(1, group, month) if side else (0, month)] += minor
    return [f"{key}: {got[key]} where utfall has {expected.get(key, 0)}" for key in {**expected, **got}
            if got[key] != expected.get(key, 0)]
