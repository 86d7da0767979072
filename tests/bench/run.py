#!/usr/bin/env python3
"""Whole-process figures of the main job on the Norrköping case (synthetic data), many runs, median and range.

    tests/bench/run.py build/release/utfall [--runs N]

Wall time is taken around the whole process, user and system time and peak memory from the kernel's own account of it.
"""
import argparse
import os
import statistics
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASE = os.path.join(ROOT, "contracts", "norrkoping-2016", "contract.yaml")


def run(command):
    """(wall s, cpu s, peak KiB) of one run; a failing command ends the benchmark."""
    null = os.open(os.devnull, os.O_WRONLY)
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(null)
    if status != 0:
        sys.exit(f"failed with status {status}: {' '.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def measure(name, command, runs):
    run(command)  # warm-up
    results = [run(command) for _ in range(runs)]
    wall = [r[0] * 1000 for r in results]
    cpu = [r[1] * 1000 for r in results]
    peak = max(r[2] for r in results)
    print(f"{name:34} wall ms {statistics.median(wall):7.2f} ({min(wall):.2f}..{max(wall):.2f})"
          f"   cpu ms {statistics.median(cpu):7.2f}   peak MiB {peak / 1024:6.1f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("utfall")
    parser.add_argument("--runs", type=int, default=31)
    args = parser.parse_args()
    utfall = os.path.abspath(args.utfall)
    with tempfile.TemporaryDirectory() as folder:
        keys = os.path.join(folder, "keys")
        run([utfall, "keygen", keys])
        seal = ["--key", os.path.join(keys, "test-seal.key"), "--cert", os.path.join(keys, "test-seal.pem")]
        settle = [utfall, "settle", CASE, "--out", folder, "--quiet"]
        ledger = os.path.join(folder, "norrkoping-2016.ledger.xml")
        measure("settle, no seal, no detail", settle + ["--detail", "none"], args.runs)
        measure("settle with detail", settle, args.runs)
        measure("settle with detail and seal", settle + seal, args.runs)
        measure("the same and the statement", settle[:-1] + seal, args.runs)
        measure("verify, trusted seal", [utfall, "verify", ledger, "--trust", os.path.join(keys, "test-root.pem")],
                args.runs)
        measure("facts of the ledger", [utfall, "facts", ledger], args.runs)
        print(f"ledger {os.path.getsize(ledger)} bytes")


if __name__ == "__main__":
    main()
