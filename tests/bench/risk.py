#!/usr/bin/env python3
"""What `utfall risk` costs on the Norrköping case (synthetic data), beside numpy and R where they are installed.

    tests/bench/risk.py build/release/utfall [--runs N]

All figures of one run. "draws" is the whole process less the same process with one replicate: drawing, paying and
putting in order. numpy and R redraw the same people within the same groups in binary floating point, read no table and
settle nothing; their "draws" is measured inside them.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import run as main_job

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
CASE = os.path.join(ROOT, "contracts", "norrkoping-2016", "contract.yaml")

NUMPY = """
import sys, time
try:
    import numpy
except ImportError:
    sys.exit(9)
groups = eval(sys.stdin.read())
random = numpy.random.default_rng(1)
begin = time.perf_counter()
saving = numpy.zeros(10000)
for target, others in groups:
    t, o = numpy.array(target, float), numpy.array(others, float)
    drawn = t[random.integers(0, len(t), (10000, len(t)))].sum(1)
    saving += o[random.integers(0, len(o), (10000, len(o)))].sum(1) * len(t) / len(o) - drawn
numpy.quantile(saving, [0.025, 0.5, 0.975])
print(time.perf_counter() - begin)
"""

R = """
source(file("stdin"))
begin <- proc.time()[["elapsed"]]
saving <- replicate(10000, sum(sapply(groups, function(g)
  sum(sample(g[[2]], replace = TRUE)) * length(g[[1]]) / length(g[[2]]) - sum(sample(g[[1]], replace = TRUE)))))
invisible(quantile(saving, c(0.025, 0.5, 0.975)))
cat(proc.time()[["elapsed"]] - begin)
"""


def measure(command, runs):
    """Median wall and CPU time (ms) of whole processes, and their peak memory (MiB), after a warm-up."""
    walls, cpus, peak = [], [], 0
    for _ in range(runs + 1):
        begin = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ,
                             file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
        _, status, usage = os.wait4(pid, 0)
        walls.append((time.perf_counter() - begin) * 1000)
        cpus.append((usage.ru_utime + usage.ru_stime) * 1000)
        peak = max(peak, usage.ru_maxrss / 1024)
        if status != 0:
            sys.exit("failed: %s" % " ".join(command))
    return statistics.median(walls[1:]), statistics.median(cpus[1:]), peak


def people(utfall):
    """The same people: totals of both sides by group, from the tests' own reader."""
    sys.path.insert(0, os.path.join(ROOT, "tests", "risk"))
    import redraw
    facts = subprocess.run([utfall, "facts", CASE], capture_output=True, text=True, check=True).stdout
    made = redraw.Redraw(CASE, dict(line.split("\t", 1) for line in facts.splitlines()))
    return [([cost for _, cost in target], [costs[0] for costs in others]) for _, _, target, others in made.groups]


def others(groups, runs):
    for name, command, text in (
            ("numpy", [sys.executable, "-c", NUMPY], repr(groups)),
            ("R", ["Rscript", "--vanilla", "-e", R],
             "groups <- list(%s)" % ", ".join("list(c(%s), c(%s))" % tuple(", ".join(map(str, side)) for side in g)
                                              for g in groups))):
        if not shutil.which(command[0]):
            print("%-46s not installed" % name)
            continue
        walls, draws = [], []
        for _ in range(runs):
            begin = time.perf_counter()
            done = subprocess.run(command, input=text, capture_output=True, text=True)
            walls.append((time.perf_counter() - begin) * 1000)
            if done.returncode != 0:
                break
            draws.append(float(done.stdout) * 1000)
        print("%-46s %s" % (name + ", 10000 replicates, nothing settled",
                            "%10.2f %10s %10.2f" % (statistics.median(walls), "", statistics.median(draws))
                            if draws else "not installed"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("utfall")
    parser.add_argument("--runs", type=int, default=21)
    args = parser.parse_args()
    utfall = os.path.abspath(args.utfall)
    base = [utfall, "risk", CASE, "--permutations", "0", "--threads"]
    print("%-46s %10s %10s %10s %10s" % ("", "wall ms", "cpu ms", "draws ms", "peak MiB"))
    for threads in ("1", "2"):
        one = measure(base + [threads, "--replicates", "1"], args.runs)[0]
        for count, runs in (("10000", args.runs), ("1000000", 3)):
            wall, cpu, peak = measure(base + [threads, "--replicates", count], runs)
            print("%-46s %10.2f %10.2f %10.2f %10.1f" % (
                "utfall, %s replicates, threads: %s" % (count, threads), wall, cpu, wall - one, peak))
    command = [utfall, "risk", CASE, "--threads", "1"]
    for name, runs in (("and 10000 permutations, threads: 1", args.runs), ("and the people needed, threads: 1", 3)):
        wall, cpu, peak = measure(command, runs)
        print("%-46s %10.2f %10.2f %10s %10.1f" % (name, wall, cpu, "", peak))
        command += ["--effect", "break_even"]
    others(people(utfall), 5)


if __name__ == "__main__":
    main()
