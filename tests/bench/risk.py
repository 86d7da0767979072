#!/usr/bin/env python3
"""What `utfall risk` costs on the Norrköping case (synthetic data), beside numpy and R where they are installed.

    tests/bench/risk.py build/release/utfall [--runs N]

All programs in turn, as whole processes, so that what else the machine does falls on all of them; medians, and the
ratio to utfall on one thread. numpy and R do the least that gives the same figures: they read the five tables, settle,
redraw the same people within the same groups, pay by the three steps to the öre and put in order, in binary floating
point and vectorised. They check nothing, take the two conditions as met, and make neither histogram nor budget. Each
must come to the settled saving of utfall, and nearly to its interval. "draws" is that part alone: in utfall the process
less the same with one replicate, in the others measured inside.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASE = os.path.join(ROOT, "contracts", "norrkoping-2016", "contract.yaml")

NUMPY = r"""
import csv, json, sys, time
import numpy
replicates, permutations = int(sys.argv[2]), int(sys.argv[3])
def month(text):
    return int(text[:4]) * 12 + int(text[5:7])
def rows(name, mark):
    with open(sys.argv[1] + name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=mark))
def totals(people, costs, mark, yes):
    found, groups = {}, [[], [], [], []]
    for p in rows(people, mark):
        if p.get("wave", "2013") == "2013":
            group = 2 * (int(p["age_at_start"]) >= 18) + (p["previously_placed"] == yes)
            found[p["id"]] = [month(p["start"]), group, 0]
    for row in rows(costs, mark):
        p = found.get(row["id"])
        if p and row["source"] == "child" and 0 <= month(row["month"]) - p[0] < 24:
            p[2] += round(float(row["amount"].replace(",", ".")) * 100)
    for _, group, cost in found.values():
        groups[group].append(cost)
    return [numpy.array(g, float) for g in groups]
groups = [(t, o) for t, o in zip(totals("individuals.csv", "costs.csv", ";", "ja"),
                                 totals("reference-individuals.csv", "reference-costs.csv", ",", "yes")) if len(t)]
drawn = sum(round(float(row["amount"]) * 100) for row in rows("project-costs.csv", ","))
settled = sum(o.mean() * len(t) - t.sum() for t, o in groups)
begin = time.perf_counter()
random = numpy.random.default_rng(1)
parts = []
for first in range(0, replicates, 10000):
    n = min(10000, replicates - first)
    part = numpy.zeros(n)
    for t, o in groups:
        part += (o[random.integers(0, len(o), (n, len(o)))].sum(1) * (len(t) / len(o)) -
                 t[random.integers(0, len(t), (n, len(t)))].sum(1))
    parts.append(part)
saving = numpy.concatenate(parts)
paid = (numpy.round(0.4 * drawn) + numpy.round(0.6 * numpy.clip(saving, 0, drawn)) +
        numpy.round(numpy.clip(saving - drawn, 0, 0.2 * drawn)))
places = [0.025, 0.05, 0.5, 0.95, 0.975]
interval = numpy.quantile(saving, places, method="inverted_cdf")
numpy.quantile(paid, places, method="inverted_cdf")
numpy.histogram(saving, [-numpy.inf, 0, drawn, 1.2 * drawn, numpy.inf])
if permutations:
    exchanged = numpy.zeros(permutations)
    for t, o in groups:
        pool = numpy.concatenate([t, o])
        dealt = random.permuted(numpy.broadcast_to(pool, (permutations, len(pool))), axis=1)[:, :len(t)].sum(1)
        exchanged += (pool.sum() - dealt) * (len(t) / len(o)) - dealt
    p = ((abs(exchanged) >= abs(settled)).sum() + 1) / (permutations + 1)
print(json.dumps([settled, interval[0], interval[4], time.perf_counter() - begin]))
"""

R = r"""
args <- commandArgs(TRUE)
replicates <- as.integer(args[2]); permutations <- as.integer(args[3])
month <- function(text) as.integer(substr(text, 1, 4)) * 12 + as.integer(substr(text, 6, 7))
totals <- function(people, costs, yes) {
  if ("wave" %in% names(people)) people <- people[people$wave == "2013", ]
  costs <- costs[costs$source == "child", ]
  at <- match(costs$id, people$id)
  after <- month(costs$month) - month(people$start)[at]
  inside <- !is.na(at) & after >= 0 & after < 24
  cost <- numeric(nrow(people))
  sums <- tapply(round(costs$amount[inside] * 100), at[inside], sum)
  cost[as.integer(names(sums))] <- sums
  split(cost, factor(2 * (people$age_at_start >= 18) + (people$previously_placed == yes), 0:3))
}
file <- function(name) paste0(args[1], name)
ours <- totals(read.csv2(file("individuals.csv"), fileEncoding = "UTF-8-BOM"),
               read.csv2(file("costs.csv"), fileEncoding = "UTF-8-BOM"), "ja")
theirs <- totals(read.csv(file("reference-individuals.csv"), colClasses = c(wave = "character")),
                 read.csv(file("reference-costs.csv")), "yes")
drawn <- sum(round(read.csv(file("project-costs.csv"))$amount * 100))
there <- which(lengths(ours) > 0)
settled <- sum(sapply(there, function(g) mean(theirs[[g]]) * length(ours[[g]]) - sum(ours[[g]])))
begin <- proc.time()[["elapsed"]]
set.seed(1)
anew <- function(x, n) rowSums(matrix(x[sample.int(length(x), n * length(x), replace = TRUE)], n))
saving <- unlist(lapply(seq(0, replicates - 1, 10000), function(first) {
  n <- min(10000, replicates - first)
  part <- numeric(n)
  for (g in there)
    part <- part + anew(theirs[[g]], n) * (length(ours[[g]]) / length(theirs[[g]])) - anew(ours[[g]], n)
  part
}))
paid <- round(0.4 * drawn) + round(0.6 * pmin(pmax(saving, 0), drawn)) +
  round(pmin(pmax(saving - drawn, 0), 0.2 * drawn))
places <- c(0.025, 0.05, 0.5, 0.95, 0.975)
interval <- quantile(saving, places, type = 1)
invisible(quantile(paid, places, type = 1))
invisible(table(findInterval(saving, c(0, drawn, 1.2 * drawn))))
if (permutations > 0) {
  exchanged <- numeric(permutations)
  for (g in there) {
    pool <- c(ours[[g]], theirs[[g]])
    n <- length(ours[[g]])
    dealt <- vapply(seq_len(permutations), function(i) sum(pool[sample.int(length(pool), n)]), 0)
    exchanged <- exchanged + (sum(pool) - dealt) * (n / length(theirs[[g]])) - dealt
  }
  p <- (sum(abs(exchanged) >= abs(settled)) + 1) / (permutations + 1)
}
cat(sprintf("[%.6f, %.6f, %.6f, %.6f]", settled, interval[[1]], interval[[5]], proc.time()[["elapsed"]] - begin))
"""


def once(command):
    """Wall time (ms), CPU time (ms), peak memory (MiB) and output of a whole process."""
    with tempfile.TemporaryFile() as out:
        begin = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ,
                             file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)])
        _, status, usage = os.wait4(pid, 0)
        wall = (time.perf_counter() - begin) * 1000
        if status != 0:
            sys.exit("failed: %s" % " ".join(command)[:200])
        out.seek(0)
        return wall, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024, out.read()


def peers():
    """{name: words before replicates and permutations}, of those that are installed; says which are not."""
    data = os.path.join(os.path.dirname(CASE), "data", "")
    found = {}
    for python in (sys.executable, "/usr/bin/python3"):
        if "numpy" not in found and os.access(python, os.X_OK) and \
                subprocess.run([python, "-c", "import numpy"], capture_output=True).returncode == 0:
            found["numpy"] = [python, "-c", NUMPY, data]
    if shutil.which("Rscript"):
        found["R"] = [shutil.which("Rscript"), "--vanilla", "-e", R, data]
    for name, package in (("numpy", "python3-numpy"), ("R", "r-base-core")):
        if name not in found:
            print("%s is not installed (%s) and left out" % (name, package))
    return found


def agrees(name, printed, ours):
    """The settlement to the öre; the ends of the interval, drawn otherwise, within 5 % of its width."""
    settled, low, high, _ = json.loads(printed)
    width = ours["quantiles"]["975"] - ours["quantiles"]["25"]
    num, _, den = ours["saving"].partition("/")
    if abs(settled - int(num) / int(den or 1)) > 1 or abs(low - ours["quantiles"]["25"]) > width / 20 or \
            abs(high - ours["quantiles"]["975"]) > width / 20:
        sys.exit("%s does another job: %s" % (name, printed))


def compare(utfall, found, replicates, permutations, runs):
    command = [utfall, "risk", CASE, "--as", "json", "--replicates"]
    programs = {"utfall, one thread": command + [replicates, "--permutations", permutations, "--threads", "1"],
                "utfall, two threads": command + [replicates, "--permutations", permutations, "--threads", "2"],
                "utfall, one replicate": command + ["1", "--permutations", "0", "--threads", "1"]}
    programs.update((name, words + [replicates, permutations]) for name, words in found.items())
    seen = {name: [] for name in programs}
    for _ in range(runs + 1):
        for name, words in programs.items():
            seen[name].append(once(words))
    ours = json.loads(seen["utfall, one thread"][0][3])
    print("\n%s replicates, %s permutations, medians of %d" % (replicates, permutations, runs))
    print("%-24s" % "" + "%10s %7s" * 3 % ("wall ms", "ratio", "draws ms", "ratio", "cpu ms", "ratio") +
          "%10s" % "peak MiB")
    first = None
    for name, rows in seen.items():
        alone = [row[0] - one[0] for row, one in zip(rows, seen["utfall, one replicate"])]
        if name in found:
            agrees(name, rows[0][3], ours)
            alone = [json.loads(row[3])[3] * 1000 for row in rows]
        columns = [row[0] for row in rows], alone, [row[1] for row in rows]
        figures = [statistics.median(column[1:]) for column in columns]
        first = first or figures
        shown = "".join("%10.1f %7.2f" % (figure, figure / unit) for figure, unit in zip(figures, first))
        print("%-24s%s%10.1f" % (name, shown, max(row[2] for row in rows)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("utfall")
    parser.add_argument("--runs", type=int, default=15)
    args = parser.parse_args()
    utfall, found = os.path.abspath(args.utfall), peers()
    compare(utfall, found, "10000", "0", args.runs)
    compare(utfall, found, "10000", "10000", args.runs)
    compare(utfall, found, "1000000", "0", 3)
    print("\nutfall alone, one thread")
    for words in (["--replicates", "100000000", "--permutations", "0"], ["--effect", "break_even"]):
        wall, cpu, peak, _ = once([utfall, "risk", CASE, "--threads", "1"] + words)
        print("%-48s %10.1f ms %10.1f ms cpu %8.1f MiB" % (" ".join(words), wall, cpu, peak))


if __name__ == "__main__":
    main()
