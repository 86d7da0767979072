#!/usr/bin/env python3
"""What the detail file costs a settlement, and what replaying it costs.

    tests/bench/detail.py build/release/utfall [--rows 4000000] [--persons 500000] [--months 36] [--runs 9]

Tables are made by tests/bench/generate.c (synthetic, seeded) and read once so that they lie in memory; then the
programs are run in turn, so that what else happens on the machine strikes all alike. Printed: the least wall time,
CPU time and peak memory of whole processes, by number of threads.
"""
import argparse
import os
import subprocess
import tempfile

import compare


def measure(args, folder, out):
    ledger, detail, secret = (os.path.join(out, "bench." + end) for end in ("ledger.xml", "detail.xml", "secret"))
    settle = [args.utfall, "settle", "contract.yaml", "--out", out, "--quiet"]
    commands = {"settle, no detail file": settle + ["--detail", "none"], "settle with detail file": settle,
                "verify by detail file and secret": [args.utfall, "verify", ledger, "--detail", detail, "--secret",
                                                     secret]}
    subprocess.run(settle, cwd=folder, check=True, capture_output=True)
    print(f"{args.persons} persons, {os.path.getsize(detail) / 1e6:.0f} MB of detail file")
    seen = {(what, threads): [] for what in commands for threads in args.threads}
    for _ in range(args.runs):
        for what, threads in seen:
            seen[what, threads].append(compare.run(commands[what] + ["--threads", str(threads)], folder))
    for (what, threads), runs in seen.items():
        wall, cpu, kib = (min(values) for values in zip(*runs))
        print(f"{what:34} {threads:2} threads: {wall:6.2f} s, CPU {cpu:6.2f} s, peak {kib / 1024:5.0f} MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("utfall")
    parser.add_argument("--rows", type=int, default=4000000)
    parser.add_argument("--persons", type=int, default=500000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    args = parser.parse_args()
    args.utfall = os.path.abspath(args.utfall)
    with tempfile.TemporaryDirectory() as scratch:
        generate = os.path.join(scratch, "generate")
        subprocess.run(["cc", "-std=c11", "-O2", os.path.join(compare.HERE, "generate.c"), "-o", generate], check=True)
        folder = compare.tables(generate, scratch, args.rows, args.persons, args.months, "shuffled")
        measure(args, folder, os.path.join(scratch, "out"))


if __name__ == "__main__":
    main()
