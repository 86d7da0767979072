"""Compare `utfall facts` with the oracle, stage by stage, so that a difference points at its stage.

    run.py UTFALL contracts FOLDER...            every contract in the folders
    run.py UTFALL random [--seed N] [--count N]  random contracts
UTFALL_TEST_EFFORT multiplies the number of random contracts; a failing case is kept and named.
"""
import argparse
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

import generate
import oracle

# The stages in the order of the calculation, by how their keys begin.
STAGES = [
    ("terms", ("contract.", "as_of", "window.", "evaluation.", "commitment")),
    ("people", ("people.", "group.")),
    ("rows", ("rows.",)),
    ("standard cost", ("standard_cost.",)),
    ("by intervention month", ("actual.month.", "expected.month.", "below.", "at.", "above.")),
    ("by calendar month", ("actual.accumulated.", "expected.accumulated.", "drawn.accumulated.",
                           "active.")),
    ("totals", ("actual.", "expected.", "saving.", "drawn.")),
    ("levels", ("level.",)),
    ("outcomes", ("outcome.",)),
    ("waterfall", ("step.",)),
    ("due", ("due.",)),
    ("results", ("result.", "borne.")),
]


# Its own double calculations; and what tests/chain computes a second time.
NOT_COMPARED = ("check.", "before.", "entitlement.", "carried.", "written_off.", "forecast.", "known.")


def stage(key):
    for number, (_, starts) in enumerate(STAGES):
        if key.startswith(starts):
            return number
    return len(STAGES)


def stage_name(key):
    return (STAGES + [("no stage of the design's", ())])[stage(key)][0]


def utfall_facts(utfall, path):
    done = subprocess.run([utfall, "facts", path], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=60)
    if done.returncode != 0:
        raise RuntimeError("utfall facts gave exit code %d:\n%s" % (
            done.returncode, done.stderr.decode("utf-8", "replace")))
    lines = done.stdout.decode("utf-8").splitlines()
    keys = [line.split("\t")[0].encode() for line in lines]
    if keys != sorted(set(keys)):
        raise RuntimeError("utfall facts: keys are not sorted and distinct")
    return dict(line.split("\t", 1) for line in lines)


def compare(utfall, path):
    """The first difference as text, or None."""
    def given():
        return {key: value for key, value in utfall_facts(utfall, path).items()
                if not key.startswith(NOT_COMPARED)}
    try:
        expected = oracle.Settlement(path, given=given() if oracle.is_measured(path) else {}).facts
    except oracle.Refused as refusal:
        return refused_too(utfall, path, refusal)
    found = given()
    keys = sorted(set(expected) | set(found), key=lambda key: (stage(key), key.encode()))
    wrong = [key for key in keys if expected.get(key) != found.get(key)]
    if not wrong:
        return None
    key = wrong[0]
    return "%d of %d facts differ, the first in stage `%s`:\n  %s\n    oracle  %s\n    utfall  %s" % (
        len(wrong), len(keys), stage_name(key), key, expected.get(key, "(no such fact)"),
        found.get(key, "(no such fact)"))


def refused_too(utfall, path, refusal):
    """What the oracle cannot settle, utfall may not settle either."""
    done = subprocess.run([utfall, "facts", path], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=60)
    if done.returncode == 3 and not done.stdout:
        return None
    return "the oracle refuses (%s), utfall gives exit code %d" % (refusal, done.returncode)


def run_contracts(utfall, folders):
    paths = sorted(path for folder in folders for path in glob.glob(os.path.join(folder, "*", "*.yaml")))
    if not paths:
        print("no contract found")
        return 1
    failures = 0
    for path in paths:
        difference = attempt(utfall, path)
        print("%s %s" % ("ok  " if difference is None else "FAIL", path))
        if difference is not None:
            failures += 1
            print(difference)
    return 1 if failures else 0


def attempt(utfall, path):
    try:
        return compare(utfall, path)
    except Exception as fault:  # the runner must name the case whatever happens
        return "%s\n%s" % (fault, "" if isinstance(fault, RuntimeError) else traceback.format_exc())


def is_refused(path):
    try:
        oracle.Settlement(path)
    except oracle.Refused:
        return True
    return False


def run_random(utfall, seed, count):
    folder = tempfile.mkdtemp(prefix="utfall-oracle-")
    refused = 0
    for number in range(seed, seed + count):
        case = os.path.join(folder, str(number))
        generate.make(number, case)
        path = os.path.join(case, "contract.yaml")
        difference = attempt(utfall, path)
        if difference is not None:
            print("seed %d: %s\ncase kept in %s" % (number, difference, case))
            return 1
        refused += is_refused(path)
        shutil.rmtree(case)
    shutil.rmtree(folder)
    print("seeds %d to %d: %d random contracts agree in every fact, %d are refused by both" % (
        seed, seed + count - 1, count - refused, refused))
    if refused * 3 > count:
        print("too many are refused: the generator draws what is not valid")
        return 1
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("utfall")
    commands = parser.add_subparsers(dest="what", required=True)
    contracts = commands.add_parser("contracts")
    contracts.add_argument("folders", nargs="+")
    drawn = commands.add_parser("random")
    drawn.add_argument("--seed", type=int, default=1)
    drawn.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    if options.what == "contracts":
        return run_contracts(options.utfall, options.folders)
    effort = float(os.environ.get("UTFALL_TEST_EFFORT", "1"))
    return run_random(options.utfall, options.seed, max(1, int(options.count * effort)))


if __name__ == "__main__":
    sys.exit(main())
