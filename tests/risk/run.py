"""Whole-program tests of `utfall risk`.

    run.py UTFALL GROUP      GROUP: oracle, random, prices, same, stop, usage

oracle and random compare with replicates made in Python, exactly; same tries what may not change a byte; stop presses
Ctrl-C and compares with a run that was to make no more. The number of random contracts is multiplied by
UTFALL_TEST_EFFORT.
"""
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests", "oracle"), os.path.join(ROOT, "tests", "property")]
import generate  # noqa: E402
import redraw  # noqa: E402
from case import Case  # noqa: E402
from terminal import Terminal  # noqa: E402

NORRKOPING = os.path.join(ROOT, "contracts", "norrkoping-2016")
MINIMAL = os.path.join(ROOT, "contracts", "minimal", "contract.yaml")
UTFALL = os.path.abspath(sys.argv[1])


class Broken(Exception):
    pass


def run(*arguments):
    return subprocess.run([UTFALL] + list(arguments), stdin=subprocess.DEVNULL, capture_output=True, timeout=300)


def risk(path, *options):
    done = run("risk", path, "--lang", "en", *options)
    if done.returncode != 0:
        raise Broken("%s %s: exit code %d\n%s" % (path, options, done.returncode, done.stderr.decode()[:600]))
    return done.stdout


def same(what, expected, found):
    if expected != found:
        raise Broken("%s: expected %s, found %s" % (what, expected, found))


# ---- against Python ------------------------------------------------------------------------------

def compare_bands(bands, made, savings):
    for band in bands:
        low, high = (Fraction(band[end]) if band[end] is not None else None for end in ("low", "high"))
        inside = sum(1 for s in savings if (low is None or s >= low) and (high is None or s < high))
        same("replicates of a band", inside, band["replicates"])
        if low is not None:
            same("paid at the low end", made.pay(low, 0)[1], Fraction(band["pays_low"]))
    same("replicates of all bands", len(savings), sum(b["replicates"] for b in bands))


def compare_permutations(found, made, settled, seed, count):
    if not made.is_even or made.s.comparison is None:
        same("no test", None, found)
        return
    savings = [made.permuted(seed, number) for number in range(count)]
    as_far = sum(1 for s in savings if abs(s) >= abs(settled))
    as_high = sum(1 for s in savings if s >= settled)
    same("as far", as_far, found["as_far"])
    same("as high", as_high, found["as_high"])
    same("p", Fraction(as_far + 1, count + 1), Fraction(found["p"]))


def compare(path, seed, count, permutations, made=None):
    out = json.loads(risk(path, "--as", "json", "--seed", str(seed), "--replicates", str(count), "--permutations",
                          str(permutations)))
    facts = dict(line.split("\t", 1) for line in run("facts", path).stdout.decode().splitlines())
    made = made or redraw.Redraw(path, facts)
    settled, drawn = Fraction(facts["saving.paid"]), made.s.money["drawn"]
    same("settled", settled, Fraction(out["saving"]))
    drawings = [made.replicate(seed, number) for number in range(count)]
    savings = [expected - actual for expected, actual in drawings]
    floors = [redraw.floor(s) for s in savings]
    same("quantiles", redraw.quantiles(floors), out["quantiles"])
    same("negative", sum(1 for s in savings if s < 0), out["negative"])
    same("break-even", sum(1 for s in savings if s >= drawn), out["break_even"])
    bins = out["histogram"]
    counts = [0] * len(bins["replicates"])
    for value in floors:
        counts[(value - bins["first"]) // bins["width"]] += 1
    same("histogram", counts, bins["replicates"])
    paid = [made.pay(*drawing)[0] for drawing in drawings]
    for payer in out["payers"]:
        totals = [p[payer["party"]] for p in paid]
        same("paid", redraw.quantiles(totals), payer["quantiles"])
        if payer["most"] is not None and min(totals) >= payer["fixed"]:
            same("within the most", True, max(totals) <= payer["most"])
        for name in ("fixed", "probable", "possible"):
            same("years of " + name, payer[name], sum(year[name] for year in payer["years"]))
    if out["bands"]:
        compare_bands(out["bands"], made, savings)
    compare_permutations(out["permutation"], made, settled, seed, permutations)


def group_oracle():
    compare(os.path.join(NORRKOPING, "contract.yaml"), 1, 1000, 300)
    for name, seed in (("extended-24-6-groups", 7), ("extended-36-frozen", 2 ** 63 + 5), ("reading-b", 0),
                       ("extended-36-6-groups", 2 ** 64 - 1)):
        compare(os.path.join(NORRKOPING, name + ".yaml"), seed, 120, 60)
    compare(MINIMAL, 3, 300, 100)


def group_random():
    effort = int(os.environ.get("UTFALL_TEST_EFFORT", "1"))
    compared = 0
    for seed in range(1, 40 * effort + 1):
        with tempfile.TemporaryDirectory() as folder:
            generate.make(seed, folder, may_have_prices=False)  # redraw.py knows none; group prices has them
            path = os.path.join(folder, "contract.yaml")
            done = run("risk", path, "--replicates", "10", "--permutations", "0")
            if run("facts", path).returncode == 3:
                same("what cannot be settled cannot be drawn", 3, done.returncode)
                continue
            if done.returncode == 3 and (b"never rounds" in done.stderr or b"cannot be drawn again" in done.stderr):
                continue  # said plainly, and nothing was drawn
            if done.returncode != 0:
                raise Broken("random contract %d: exit code %d\n%s" % (seed, done.returncode, done.stderr.decode()))
            try:
                compare(path, seed, 40, 20)
            except Broken as fault:
                raise Broken("random contract %d: %s" % (seed, fault)) from fault
            compared += 1
    print("%d random contracts compared" % compared)
    same("most can be drawn", True, compared >= 25 * effort)


def group_prices():
    """With a price index, beside the same contract without one, which the second program knows."""
    draw = random.Random(7)
    texts = {}
    for month in range(2005 * 12, 2035 * 12):
        texts[month] = "%d.%d" % (draw.randint(80, 140), draw.randint(0, 9))
    index = {month: Fraction(text) for month, text in texts.items()}
    named = {"%d-%02d" % (month // 12, month % 12 + 1): text for month, text in texts.items()}
    plain = [os.path.join(NORRKOPING, "contract.yaml"), os.path.join(NORRKOPING, "extended-36-frozen.yaml"), MINIMAL]
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, 31):
            os.makedirs(os.path.join(folder, "random-%d" % seed))
            generate.make(seed, os.path.join(folder, "random-%d" % seed), may_have_prices=False)
            plain.append(os.path.join(folder, "random-%d" % seed, "contract.yaml"))
        for number, path in enumerate(plain):
            if run("facts", path).returncode != 0:
                continue
            case, base = Case(path), draw.choice(list(index))
            case.index = None
            case.tree["comparison_group"].pop("price_index", None)
            ways = []
            for way in ("plain", "indexed"):
                os.makedirs(os.path.join(folder, "%s-%d" % (way, number)))
                ways.append(case.write(os.path.join(folder, "%s-%d" % (way, number))))
                case.carry(named, "%d-%02d" % (base // 12, base % 12 + 1))
            if run("facts", ways[1]).returncode != 0:
                continue  # months that the index does not have
            done = run("risk", ways[1], "--replicates", "10")
            if done.returncode == 3 and (b"never rounds" in done.stderr or b"cannot be drawn again" in done.stderr):
                continue
            facts = dict(line.split("\t", 1) for line in run("facts", ways[0]).stdout.decode().splitlines())
            made = redraw.Carried(ways[0], facts, index, base)
            compare(ways[1], number, 60 if number < 3 else 25, 20, made)
            compared += 1
    print("%d contracts compared at the prices of each month" % compared)
    same("most can be drawn", True, compared >= 15)


# ---- what changes nothing ------------------------------------------------------------------------

def threads_change_nothing(folder):
    for path, count in ((os.path.join(NORRKOPING, "contract.yaml"), "150000"), (MINIMAL, "70000")):
        for form in ("text", "json", "svg"):
            options = ["--replicates", count, "--permutations", "3000", "--as", form]
            outputs = {risk(path, "--threads", n, *options) for n in ("1", "2", "7")}
            same("outputs of 1, 2 and 7 threads", 1, len(outputs))
    effect = ["--effect", "break_even", "--replicates", "100", "--permutations", "0"]
    path = os.path.join(NORRKOPING, "contract.yaml")
    same("power", risk(path, "--threads", "1", *effect), risk(path, "--threads", "7", *effect))


def other_ids_and_another_order_change_nothing(folder):
    path = os.path.join(NORRKOPING, "contract.yaml")
    case, names, draw = Case(path), {}, random.Random(5)
    for table in case.tables():
        draw.shuffle(table.rows)
        if table not in (case.agreed, case.drawn):
            table.map("id", lambda old: names.setdefault(old, "X%d" % draw.getrandbits(48)))
    other = case.write(os.path.join(folder, "other"))
    same("people called otherwise", risk(path, "--as", "json"), risk(other, "--as", "json"))


def another_seed_changes_what_is_drawn(folder):
    path = os.path.join(NORRKOPING, "contract.yaml")
    a, b = (json.loads(risk(path, "--as", "json", "--seed", seed)) for seed in ("1", "2"))
    same("the settlement", a["saving"], b["saving"])
    if a["quantiles"] == b["quantiles"] or a["permutation"] == b["permutation"]:
        raise Broken("another seed draws the same")
    for name in ("negative", "break_even"):  # and says much the same
        if abs(a[name] - b[name]) > 300:
            raise Broken("%s is %d under one seed and %d under another" % (name, a[name], b[name]))


def more_replicates_than_are_kept_say_the_same(folder):
    """Order statistics of 65536 kept values, and of 65537 of which the pilot's are kept."""
    path = os.path.join(NORRKOPING, "contract.yaml")
    kept, made = (json.loads(risk(path, "--as", "json", "--permutations", "0", "--replicates", n))
                  for n in ("65536", "65537"))
    for p in kept["quantiles"]:
        if abs(kept["quantiles"][p] - made["quantiles"][p]) > 1000000:
            raise Broken("quantile %s moved from %d to %d" % (p, kept["quantiles"][p], made["quantiles"][p]))
    same("histogram", 65537, sum(made["histogram"]["replicates"]))


def group_same():
    for law in (threads_change_nothing, other_ids_and_another_order_change_nothing, another_seed_changes_what_is_drawn,
                more_replicates_than_are_kept_say_the_same):
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, "other"))
            law(folder)
            print(law.__name__)


# ---- Ctrl-C --------------------------------------------------------------------------------------

CONTRACT = os.path.join(NORRKOPING, "contract.yaml")


def start(options, stdout, stderr, path=CONTRACT, on_interrupt=signal.SIG_DFL):
    return subprocess.Popen([UTFALL, "risk", path, "--lang", "en"] + options,
                            stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, on_interrupt))


def stopped_at(line, options, path=CONTRACT):
    """(exit code, standard output, what the terminal said) when Ctrl-C is pressed as soon as the line is there."""
    terminal = Terminal()
    process = start(options, subprocess.PIPE, terminal.theirs, path)
    output = []
    reader = threading.Thread(target=lambda: output.append(process.stdout.read()))
    reader.start()
    if terminal.wait_for(line, process):
        process.send_signal(signal.SIGINT)
    process.wait(60)
    reader.join()
    terminal.close()
    return process.returncode, output[0], terminal.text


def as_if_asked(stopped, options, path=CONTRACT):
    """The same figures from a run that was to make no more."""
    made = stopped["permutation"]["permutations"] if stopped["permutation"] else 0
    again = json.loads(risk(path, "--as", "json", *options, "--replicates", str(stopped["replicates"]),
                            "--permutations", str(made)))
    same("interrupted", False, again["interrupted"])
    for key in again:
        if key not in ("replicates_asked", "interrupted", "permutation", "power"):
            same(key, again[key], stopped[key])
    for key in ("as_far", "p", "as_high", "p_high") if made else ():
        same(key, again["permutation"][key], stopped["permutation"][key])
    return again


def redraws_are_stopped():
    for options in (["--threads", "1"], ["--threads", "2", "--seed", "9"]):
        asked = ["--replicates", "100000000", "--permutations", "50", "--effect", "break-even"]
        code, out, said = stopped_at(r"\rreplicates \d+ / 100000000", options + asked + ["--as", "json"])
        same("exit code", 130, code)
        same("the line is taken away", True, said.endswith("\r\033[K"))
        found = json.loads(out)
        same("said", (100000000, True), (found["replicates_asked"], found["interrupted"]))
        same("some were made", True, 256 <= found["replicates"] < 100000000)
        same("no exchange was made", (0, 50, None),
             tuple(found["permutation"][key] for key in ("permutations", "permutations_asked", "p")))
        same("nothing was sought", (None, False, None),
             tuple(found["power"][key] for key in ("seen_now", "ended", "needed")))
        as_if_asked(found, options)
    for form, words in (("text", b"*** Interrupted: "), ("svg", b">Interrupted: ")):
        code, out, _ = stopped_at(r"\rreplicates", asked + ["--as", form])
        same("exit code", 130, code)
        same("said in " + form, True, words in out)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "risk.json")
        code, out, said = stopped_at(r"\rreplicates", asked + ["--as", "json", "--out", path])
        same("written", (130, b""), (code, out))
        same("said where", True, "interrupted; what was done is in " + path in said)
        with open(path, encoding="utf-8") as file:
            as_if_asked(json.load(file), [])


def exchanges_are_stopped():
    asked = ["--replicates", "300", "--permutations", "100000000"]
    code, out, _ = stopped_at(r"\rexchanges \d+ / 100000000", asked + ["--as", "json"])
    found = json.loads(out)
    same("exit code", 130, code)
    same("the replicates are all there", (300, 300, True), (found["replicates"], found["replicates_asked"],
                                                            found["interrupted"]))
    same("some exchanges were made", True, 0 < found["permutation"]["permutations"] < 100000000)
    as_if_asked(found, [])


def many_times_norrkoping(times, folder):
    """Everybody so many times, each time under other ids: a search for people that takes seconds."""
    case = Case(CONTRACT)
    for table in case.tables():
        if table is not case.drawn:
            i = table.column("id")
            table.rows = [row[:i] + ["%s-%d" % (row[i], n)] + row[i + 1:] for n in range(times) for row in table.rows]
    return case.write(folder)


def the_search_is_stopped():
    """Not even 256 times as many people show an effect so small; that takes a while to find out."""
    with tempfile.TemporaryDirectory() as folder:
        path = many_times_norrkoping(20, folder)
        options = ["--effect", "10", "--threads", "1"]
        code, out, _ = stopped_at(r"\rpeople needed: 64 times as many, replicates \d+ / 2000", options +
                                  ["--replicates", "300", "--permutations", "200", "--as", "json"], path)
        found = json.loads(out)
        same("exit code", 130, code)
        same("all else is there", (300, 200), (found["replicates"], found["permutation"]["permutations"]))
        same("the search did not end", (False, None), (found["power"]["ended"], found["power"]["needed"]))
        again = as_if_asked(found, options, path)
        same("it ends when nobody stops it", True, again["power"]["ended"])
        same("seen now", again["power"]["seen_now"], found["power"]["seen_now"])


def a_second_time_ends_at_once():
    for _ in range(20):  # the first may have been enough before the second came
        terminal = Terminal()
        process = start(["--replicates", "100000000"], subprocess.DEVNULL, terminal.theirs)
        terminal.wait_for(r"\rreplicates", process)
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
        terminal.close()
        if process.returncode not in (130, -signal.SIGINT):
            raise Broken("ended with %d" % process.returncode)
        if process.returncode == -signal.SIGINT:
            return
    raise Broken("the second time never ended it")


def nobody_watching_is_told_nothing():
    process = start(["--replicates", "1500000", "--as", "json"], subprocess.PIPE, subprocess.PIPE,
                    on_interrupt=signal.SIG_IGN)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)  # ignored before it began, and so also after
    out, err = process.communicate(timeout=120)
    same("nothing on standard error that is no terminal", (0, b""), (process.returncode, err))
    same("all were made", (1500000, False), (json.loads(out)["replicates"], json.loads(out)["interrupted"]))


def group_stop():
    for law in (redraws_are_stopped, exchanges_are_stopped, the_search_is_stopped, a_second_time_ends_at_once,
                nobody_watching_is_told_nothing):
        law()
        print(law.__name__)


# ---- how it is asked -----------------------------------------------------------------------------

def group_usage():
    path = os.path.join(NORRKOPING, "contract.yaml")
    for options in (["--replicates", "0"], ["--replicates", "100000001"], ["--replicates", "1e4"], ["--replicates", ""],
                    ["--seed", "-1"], ["--seed", "18446744073709551616"], ["--permutations", "x"], ["--threads", "0"],
                    ["--threads", "65"], ["--effect", "0"], ["--effect", "-5"], ["--effect", "1,5"], ["--as", "html"],
                    ["--bootstrap", "5"]):
        done = run("risk", path, *options)
        same("exit code of %s" % options, 2, done.returncode)
        same("standard output of %s" % options, b"", done.stdout)
        if options[0].encode() not in done.stderr:
            raise Broken("%s is not named: %s" % (options[0], done.stderr.decode()))
    missing = run("risk", os.path.join(NORRKOPING, "no-such.yaml"))
    same("a contract that is not there", 4, missing.returncode)
    with tempfile.TemporaryDirectory() as folder:
        ledger = os.path.join(folder, "x.ledger.xml")
        with open(ledger, "w", encoding="ascii") as file:
            file.write("<ledger/>")
        done = run("risk", ledger)
        same("a ledger", (3, True), (done.returncode, b"holds no person" in done.stderr))
    indexed = risk(os.path.join(ROOT, "tests", "golden", "price-index", "historic.yaml"), "--effect", "10")
    same("what a price index leaves out is said", True, b"With a price index neither the test by exchanges" in indexed)
    early = run("risk", path, "--as-of", "2017-01")
    same("a settlement that is refused", 3, early.returncode)
    shown = risk(path, "--seed", str(2 ** 64 - 1), "--replicates", "5")
    same("seed in full", True, b"seed 18446744073709551615." in shown)
    for language, word in (("sv", "Syntetiska data"), ("en", "Synthetic data")):
        shown = run("risk", path, "--lang", language, "--effect", "125000").stdout.decode()
        same("the data are called synthetic", True, word in shown)
        widest = max(len(line) for line in shown.splitlines())
        same("no line wider than 80 columns", True, widest <= 80)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "risk.svg")
        done = run("risk", path, "--as", "svg", "--out", out)
        same("written", (0, b""), (done.returncode, done.stdout))
        done = subprocess.run(["xmllint", "--noout", out], capture_output=True)
        same("well-formed", 0, done.returncode)


if __name__ == "__main__":
    try:
        table = {"oracle": group_oracle, "random": group_random, "prices": group_prices, "same": group_same,
                 "stop": group_stop, "usage": group_usage}
        table[sys.argv[2]]()
    except Broken as fault:
        sys.exit("risk: %s" % fault)
