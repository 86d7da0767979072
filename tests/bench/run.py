#!/usr/bin/env python3
"""Whole-process figures of the main job on the Norrköping case (synthetic data), many runs, median and range.

    tests/bench/run.py build/release/utfall [--runs N]

Wall time is taken around the whole process, user and system time and peak memory from the kernel's own account of it
(measure.c, which is compiled first).
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASE = os.path.join(ROOT, "contracts", "norrkoping-2016", "contract.yaml")


def build(folder):
    """The program that starts and measures others (measure.c)."""
    made = os.path.join(folder, "measure")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "measure.c")
    subprocess.run(["cc", "-O2", "-o", made, source], check=True)
    return made


def run(measure, command):
    """(wall ms, cpu ms, peak MiB) of one run; a failing command ends the benchmark."""
    done = subprocess.run([measure, *command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"failed with status {done.returncode}: {' '.join(command)}\n{done.stderr}")
    wall, cpu, peak = map(int, done.stdout.split())
    return wall / 1e6, cpu / 1e3, peak / 1024


def table_row(name, measure, command, runs):
    run(measure, command)  # warm-up
    wall, cpu, peak = zip(*[run(measure, command) for _ in range(runs)])
    print(f"{name:34} wall ms {statistics.median(wall):7.2f} ({min(wall):.2f}..{max(wall):.2f})"
          f"   cpu ms {statistics.median(cpu):7.2f}   peak MiB {max(peak):6.1f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("utfall")
    parser.add_argument("--runs", type=int, default=31)
    args = parser.parse_args()
    utfall = os.path.abspath(args.utfall)
    with tempfile.TemporaryDirectory() as folder:
        keys = os.path.join(folder, "keys")
        measure = build(folder)
        run(measure, [utfall, "keygen", keys])
        seal = ["--key", os.path.join(keys, "test-seal.key"), "--cert", os.path.join(keys, "test-seal.pem")]
        settle = [utfall, "settle", CASE, "--out", folder, "--replace", "--quiet"]
        ledger = os.path.join(folder, "norrkoping-2016.ledger.xml")
        table_row("settle, no seal, no detail", measure, settle + ["--detail", "none"], args.runs)
        table_row("settle with detail", measure, settle, args.runs)
        table_row("settle with detail and seal", measure, settle + seal, args.runs)
        table_row("the same and the statement", measure, settle[:-1] + seal, args.runs)
        verify = [utfall, "verify", ledger, "--trust", os.path.join(keys, "test-root.pem")]
        table_row("verify, trusted seal", measure, verify, args.runs)
        table_row("facts of the ledger", measure, [utfall, "facts", ledger], args.runs)
        print(f"ledger {os.path.getsize(ledger)} bytes")


if __name__ == "__main__":
    main()
