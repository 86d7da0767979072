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
    ("prices", ("price_index.", "price_weight.")),
    ("standard cost", ("standard_cost.",)),
    ("by intervention month", ("actual.month.", "expected.month.", "below.", "at.", "above.")),
    ("by calendar month", ("actual.accumulated.", "expected.accumulated.", "drawn.accumulated.",
                           "active.")),
    ("totals", ("actual.", "expected.", "saving.", "drawn.")),
    ("levels", ("level.",)),
    ("outcomes", ("outcome.", "known.")),
    ("waterfall", ("step.",)),
    ("due", ("due.", "before.", "entitlement.", "carried.", "written_off.", "previous.", "correction.")),
    ("results", ("result.", "borne.")),
    ("project cost", ("budget.", "provider_pay.")),
    ("return", ("return.",)),
    ("forecast", ("forecast.",)),
]


# Its own double calculations.
NOT_COMPARED = ("check.",)


def stage(key):
    for number, (_, starts) in enumerate(STAGES):
        if key.startswith(starts):
            return number
    return len(STAGES)


def stage_name(key):
    return (STAGES + [("no stage of the design's", ())])[stage(key)][0]


class Told(Exception):
    """utfall gave another exit code than 0."""


def run_utfall(utfall, *words):
    done = subprocess.run([utfall] + list(words), stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    if done.returncode != 0:
        raise Told("utfall %s gave exit code %d:\n%s" % (
            words[0], done.returncode, done.stderr.decode("utf-8", "replace")), done.returncode)
    return done.stdout.decode("utf-8")


def utfall_facts(utfall, path, *words):
    lines = run_utfall(utfall, "facts", path, *words).splitlines()
    keys = [line.split("\t")[0].encode() for line in lines]
    if keys != sorted(set(keys)):
        raise RuntimeError("utfall facts: keys are not sorted and distinct")
    return {key: value for key, value in (line.split("\t", 1) for line in lines)
            if not key.startswith(NOT_COMPARED)}


def settled(utfall, path, months):
    """The facts of the last settlement as of these months: one of the contract, or a chain of ledgers."""
    if len(months) < 2:
        return utfall_facts(utfall, path, *(word for at in months for word in ("--as-of", at)))
    ledger = None
    with tempfile.TemporaryDirectory(prefix="utfall-oracle-chain-") as folder:
        for at in months:
            out = os.path.join(folder, at)
            words = ["--as-of", at, "--out", out, "--detail", "none", "--quiet"]
            run_utfall(utfall, "settle", path, *words, *(["--previous", ledger] if ledger else []))
            ledger = os.path.join(out, os.listdir(out)[0])
        return utfall_facts(utfall, ledger)


def second_opinion(path, months, given):
    last = None
    for at in months or [None]:
        last = oracle.Settlement(path, as_of=at, given=given, previous=last)
    return last.facts


def compare(utfall, path, months=()):
    """The first difference as text, or None; and whether both refused."""
    told = None
    try:
        found = settled(utfall, path, months)
    except Told as refusal:
        told, found = refusal, {}
    try:
        expected = second_opinion(path, months, found)
    except oracle.Refused as refusal:  # what the oracle cannot settle, utfall may not settle either
        if told and told.args[1] == 3:
            return None, True
        return "the oracle refuses (%s), utfall %s" % (refusal, told.args[0] if told else "does not"), False
    if told:
        return told.args[0], False
    keys = sorted(set(expected) | set(found), key=lambda key: (stage(key), key.encode()))
    wrong = [key for key in keys if expected.get(key) != found.get(key)]
    if not wrong:
        return None, False
    key = wrong[0]
    return "%d of %d facts differ, the first in stage `%s`:\n  %s\n    oracle  %s\n    utfall  %s" % (
        len(wrong), len(keys), stage_name(key), key, expected.get(key, "(no such fact)"),
        found.get(key, "(no such fact)")), False


def is_scenarios(path):
    with open(path, encoding="utf-8") as file:
        return any(line.startswith("whatif:") for line in file)


def run_contracts(utfall, folders):
    paths = sorted(path for folder in folders for path in glob.glob(os.path.join(folder, "*", "*.yaml"))
                   if not is_scenarios(path))
    if not paths:
        print("no contract found")
        return 1
    failures = 0
    for path in paths:
        difference, _ = attempt(utfall, path)
        print("%s %s" % ("ok  " if difference is None else "FAIL", path))
        if difference is not None:
            failures += 1
            print(difference)
    return 1 if failures else 0


def attempt(utfall, path, months=()):
    try:
        return compare(utfall, path, months)
    except Exception as fault:  # the runner must name the case whatever happens
        return "%s\n%s" % (fault, traceback.format_exc()), False


def run_random(utfall, seed, count, keep):
    folder = tempfile.mkdtemp(prefix="utfall-oracle-")
    refused = faults = 0
    for number in range(seed, seed + count):
        case = os.path.join(folder, str(number))
        months = generate.make(number, case)
        path = os.path.join(case, "contract.yaml")
        difference, is_refused = attempt(utfall, path, months)
        if difference is not None:
            print("seed %d, as of %s: %s\ncase kept in %s" % (number, " ".join(months) or "the end",
                                                             difference, case))
            faults += 1
            if faults >= keep:
                return 1
            continue
        refused += is_refused
        shutil.rmtree(case)
    if faults:
        return 1
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
    drawn.add_argument("--count", type=int, default=300)
    drawn.add_argument("--keep", type=int, default=1, help="differences to find before giving up")
    options = parser.parse_args()
    if options.what == "contracts":
        return run_contracts(options.utfall, options.folders)
    effort = float(os.environ.get("UTFALL_TEST_EFFORT", "1"))
    return run_random(options.utfall, options.seed, max(1, int(options.count * effort)), options.keep)


if __name__ == "__main__":
    sys.exit(main())
