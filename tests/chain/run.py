"""Settlements before the end: chains of ledgers, whole program.

    run.py UTFALL GROUP      GROUP: quarters, tampering, dues, corrections, prices, knowing, waiting, forecast,
                             exits

quarters     the quarters of Norrköping verify back to the first and pay what one settlement pays
tampering    an earlier ledger that was changed, or is another one, is found and named
dues         what follows a negative due, by each rule; amounts agree in every settlement
corrections  figures that changed need a reason, and their effects add up to the difference
prices       index values that were revised, and people in other months, are corrected
knowing      nothing later than the settlement counts
waiting      what cannot be counted is refused once it is known, and not before
forecast     the forecast is what its rule says, computed here from the sums of the ledger
exits        who leaves stops counting, or does not, as the contract says; by hand
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NORRKOPING = os.path.join(ROOT, "contracts", "norrkoping-2016")
PUBLIC = os.path.join(ROOT, "tests", "golden", "public-cases")
QUARTERS = ["%d-%02d" % (year, month) for year in range(2016, 2021) for month in (3, 6, 9, 12)][3:] + ["2021-02"]
FAULTS = []


def check(holds, what):
    if not holds:
        FAULTS.append(what)


class Work:
    def __init__(self, utfall, folder):
        self.utfall, self.folder = os.path.abspath(utfall), folder
        self.count = 0

    def run(self, *words):
        environment = dict(os.environ, SOURCE_DATE_EPOCH="1600000000", LC_ALL="C")
        return subprocess.run([self.utfall] + list(words), env=environment, capture_output=True,
                              text=True, encoding="utf-8", timeout=60)

    def settle(self, contract, month, previous=None, reason=None, code=0):
        """Path of the new ledger, or with another exit code what was said."""
        self.count += 1
        out = os.path.join(self.folder, "out%d" % self.count)
        words = ["settle", contract, "--as-of", month, "--out", out, "--detail", "none", "--quiet"]
        words += ["--previous", previous] if previous else []
        words += ["--reason", reason] if reason else []
        done = self.run(*words)
        check(done.returncode == code, "settle %s as of %s gave %d:\n%s" % (
            os.path.basename(contract), month, done.returncode, done.stderr))
        if code != 0 or done.returncode != 0:
            return done.stderr
        return os.path.join(out, os.listdir(out)[0])

    def facts(self, ledger):
        done = self.run("facts", ledger)
        check(done.returncode == 0, "facts %s:\n%s" % (ledger, done.stderr))
        return dict(line.split("\t", 1) for line in done.stdout.splitlines())

    def quarters(self):
        ledgers = []
        for month in QUARTERS:
            ledgers.append(self.settle(os.path.join(NORRKOPING, "quarterly.yaml"), month,
                                       ledgers[-1] if ledgers else None))
        return ledgers

    def contract(self, name, text, **tables):
        """A folder with a contract on the tables of the minimal kind given here."""
        folder = os.path.join(self.folder, name)
        os.makedirs(folder, exist_ok=True)
        for table, rows in tables.items():
            with open(os.path.join(folder, table.replace("_", "-") + ".csv"), "w", encoding="utf-8") as file:
                file.write(rows)
        path = os.path.join(folder, "contract.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path


def previous(ledgers):
    return [word for ledger in ledgers for word in ("--previous", ledger)]


def pair(facts, name):
    return int(facts["%s.norrkoping.lsv" % name])


# ---- RULE: CHAIN-1 ----

def quarters(work):
    ledgers = work.quarters()
    facts = [work.facts(ledger) for ledger in ledgers]
    for i in range(1, len(ledgers)):
        done = work.run("verify", ledgers[i], "--previous", ledgers[i - 1], "--data", NORRKOPING)
        check(done.returncode == 0, "%s does not verify:\n%s%s" % (QUARTERS[i], done.stdout, done.stderr))
        check(pair(facts[i], "before") == sum(pair(f, "due") for f in facts[:i]), "paid before, " + QUARTERS[i])
        for step in ("guarantee", "outcome", "return"):
            check(facts[i]["step.%s.before" % step] == facts[i - 1]["step.%s.paid" % step], "step before")
            check(int(facts[i]["step.%s.due" % step]) == int(facts[i]["step.%s.paid" % step]) -
                  int(facts[i]["step.%s.before" % step]), "due of a step")
    done = work.run("verify", ledgers[-1], *previous(ledgers[:-1]))
    check(done.returncode == 0 and "17 earlier ledgers hold and agree, back to 2016-12" in done.stdout,
          "the chain does not verify:\n" + done.stdout + done.stderr)
    check(any(pair(f, "due") < 0 for f in facts), "no quarter pays back: the example tells too little")
    # any two settlements pay what the second alone pays
    for first, last in ((0, 5), (5, 7), (3, 12), (6, 17), (11, 13)):
        contract = os.path.join(NORRKOPING, "quarterly.yaml")
        alone = work.facts(work.settle(contract, QUARTERS[last]))
        after = work.facts(work.settle(contract, QUARTERS[last],
                                       work.settle(contract, QUARTERS[first])))
        check(pair(after, "before") + pair(after, "due") == pair(alone, "due"), "two settlements and one")
        check(pair(after, "before") + pair(after, "due") == pair(facts[last], "entitlement"), "a chain and two")
        for key in alone:
            if key.startswith(("result.", "borne.", "saving.", "level.")) or key.endswith((".paid", ".exact")):
                check(key.startswith("forecast.history") or after[key] == alone[key], "%s differs in a chain" % key)
    final = work.facts(os.path.join(NORRKOPING, "contract.yaml"))
    check(pair(facts[-1], "before") + pair(facts[-1], "due") == pair(final, "due"), "the last quarter and the contract")


def tampering(work):
    ledgers = work.quarters()[:6]
    last = ledgers[-1]
    for i, ledger in enumerate(ledgers[:-1]):
        changed = os.path.join(work.folder, "changed%d.ledger.xml" % i)
        with open(ledger, encoding="utf-8") as file:
            text = file.read()
        forged = re.sub(r'<due amount="(\d)', lambda m: '<due amount="%d' % (int(m.group(1)) % 9 + 1), text, 1)
        with open(changed, "w", encoding="utf-8") as file:
            file.write(forged)
        check(forged != text, "nothing was changed")
        chain = ledgers[:i] + [changed] + ledgers[i + 1:-1]
        done = work.run("verify", last, *previous(chain))
        check(done.returncode == 1 and os.path.basename(changed) in done.stderr,
              "a changed ledger %d is not named:\n%s" % (i, done.stderr))
        # a sound ledger of the same month that is another one
        other = work.settle(os.path.join(NORRKOPING, "quarterly.yaml"), QUARTERS[i],
                            ledgers[i - 2] if i > 1 else None)
        if i > 0:
            done = work.run("verify", last, *previous(ledgers[:i] + [other] + ledgers[i + 1:-1]))
            check(done.returncode == 1 and other in done.stderr and "as of the same month" in done.stderr,
                  "another ledger %d is not named:\n%s" % (i, done.stderr))
        done = work.run("verify", last, *previous(ledgers[:i] + ledgers[i + 1:-1]))
        check(done.returncode == (1 if i > 0 else 0), "a missing link %d: %s" % (i, done.stdout))
    # a sealed chain asks for the seal of the ledger before
    done = work.run("settle", os.path.join(NORRKOPING, "quarterly.yaml"), "--as-of", "2019-12", "--previous", last,
                    "--out", work.folder, "--trust", os.path.join(ROOT, "LICENSE"))
    check(done.returncode != 0, "a ledger without seal was trusted")
    said = work.settle(os.path.join(NORRKOPING, "quarterly.yaml"), QUARTERS[5], last, code=3)
    check("not as of an earlier month" in said, said)
    said = work.settle(os.path.join(ROOT, "contracts", "minimal", "contract.yaml"), "2025-12", ledgers[0], code=3)
    check("is of the contract" in said, said)


# ---- RULE: NEGATIVE-1 ----

SMALL = """utfall: 1
contract: {id: small, title: Small, currency: SEK}
parties:
  - {id: norrkoping, role: outcome_payer, name: City}
  - {id: lsv, role: investor, name: Fund}
target_group:
  people: {file: people.csv}
  costs: [{file: costs.csv}]
  data_through: 2020-12
comparison_group:
  design: agreed
  standard_cost: {file: standard.csv}
evaluation: {window: 4 months, incomplete: to_date%s}
financing: {investor: lsv, commitment: 1 000 SEK, drawn: 100 SEK}
waterfall:
  - {id: half, from: norrkoping, to: lsv, share: 50%%, of: saving}
rounding: {unit: 0.01 SEK, mode: half_away, residue_to: norrkoping}
%s"""
TABLES = {"people": "id,start\na,2020-01-05\nb,2020-03-05\n",
          "costs": "id,month,amount\na,2020-01,0.00\na,2020-02,400.00\na,2020-04,100.00\nb,2020-05,30.00\n",
          "standard": "group,month,amount\nall,1,100.00\nall,2,100.00\nall,3,100.00\nall,4,100.00\n"}
# By hand, öre: expected - actual to date is 10000, -20000, 0, 10000, 17000, 27000 in January to June; half is due.
ENTITLED = {"2020-01": 5000, "2020-02": -10000, "2020-03": 0, "2020-04": 5000, "2020-05": 8500, "2020-06": 13500}


def dues(work):
    # amounts worked out by hand from ENTITLED: due now, carried, written off
    expected = {
        "claw_back": [(5000, 0, 0), (-15000, 0, 0), (10000, 0, 0), (5000, 0, 0), (3500, 0, 0), (5000, 0, 0)],
        "carry_forward": [(5000, 0, 0), (0, 15000, 0), (0, 5000, 0), (0, 0, 0), (3500, 0, 0), (5000, 0, 0)],
        "nothing": [(5000, 0, 0), (0, 0, 15000), (10000, 0, 15000), (5000, 0, 15000), (3500, 0, 15000),
                    (5000, 0, 15000)]}
    for rule, amounts in expected.items():
        contract = work.contract(rule, SMALL % (", negative_due: " + rule, ""), **TABLES)
        ledger, paid = None, 0
        for month, (due, carried, written_off) in zip(ENTITLED, amounts):
            ledger = work.settle(contract, month, ledger)
            facts = work.facts(ledger)
            got = (pair(facts, "due"), pair(facts, "carried"), pair(facts, "written_off"))
            hand = (due, carried, written_off)
            check(got == hand, "%s, %s: %r, by hand %r" % (rule, month, got, hand))
            check(pair(facts, "entitlement") == ENTITLED[month], "%s, %s: entitlement" % (rule, month))
            check(pair(facts, "before") == paid, "%s, %s: before" % (rule, month))
            paid += due
            check(paid == ENTITLED[month] + carried + written_off, "%s, %s: the amounts do not agree" % (rule, month))
            check(int(facts["result.lsv"]) == paid - 10000, "%s, %s: the result" % (rule, month))
    contract = work.contract("unstated", SMALL % ("", ""), **TABLES)
    said = work.settle(contract, "2020-02", work.settle(contract, "2020-01"), code=3)
    check("evaluation.negative_due" in said and "15000 öre more" in said, "no rule, and not refused:\n" + said)
    # a step that earlier settlements paid must stay
    contract = work.contract("stays", SMALL % (", negative_due: claw_back", ""), **TABLES)
    first = work.settle(contract, "2020-01")
    other = (SMALL % (", negative_due: claw_back", "")).replace("id: half", "id: other")
    contract = work.contract("stays", other, **TABLES)
    said = work.settle(contract, "2020-02", first, code=3)
    check('has a step "half"' in said, said)


# ---- RULE: CORRECTION-1 ----

def corrections(work):
    terms = SMALL % (", negative_due: claw_back", "")
    contract = work.contract("late", terms, **TABLES)
    first = work.settle(contract, "2020-02")
    before = work.facts(first)
    late = dict(TABLES, costs=TABLES["costs"].replace("a,2020-02,400.00", "a,2020-02,300.00\na,2020-01,7.00"),
                people=TABLES["people"] + "c,2020-02-01\n")
    contract = work.contract("late", terms, **late)
    said = work.settle(contract, "2020-04", first, code=3)
    check("--reason" in said and "3 corrections" in said, "corrections without a reason:\n" + said)
    said = work.settle(contract, "2020-04", first, " \t ", code=3)
    check("no reason was given" in said, "blanks are taken as a reason:\n" + said)
    second = work.settle(contract, "2020-04", first, "invoice corrected; c registered late")
    facts = work.facts(second)
    alone = work.facts(work.settle(contract, "2020-02"))
    parts = ("subject", "group", "k", "old", "now", "saving", "paid")
    rows = [{key: facts["correction.%d.%s" % (i, key)] for key in parts}
            for i in range(1, 1 + int(facts["correction.count"]))]
    check([tuple(r.values()) for r in rows] == [
        ("people", "all", "1", "1", "2", "10000", "5000"),
        ("cost", "all", "1", "0", "700", "-700", "-350"),
        ("cost", "all", "2", "40000", "30000", "10000", "5000")], "corrections: %r" % rows)
    check(sum(Fraction(r["saving"]) for r in rows) == Fraction(alone["saving.paid"]) - Fraction(before["saving.paid"]),
          "effects on the saving do not add up")
    check(sum(Fraction(r["paid"]) for r in rows) ==
          Fraction(alone["step.half.exact"]) - Fraction(before["step.half.exact"]),
          "effects on the payment do not add up")
    check(facts["correction.reason"] == "invoice corrected; c registered late", "the reason is not kept")
    done = work.run("verify", second, "--previous", first, "--data", os.path.dirname(contract))
    check(done.returncode == 0, "corrections do not verify:\n" + done.stdout + done.stderr)
    fourth = work.facts(work.settle(contract, "2020-05", second))
    check(fourth["correction.count"] == "0" and "correction.reason" not in fourth, "corrected twice")
    # forged corrections are found against the data
    with open(second, encoding="utf-8") as file:
        check('reason="invoice corrected; c registered late"' in file.read(), "the reason is not in the ledger")


# ---- RULE: CORRECTION-2, PRICE-5 ----

INDEX = """
  price_index: {file: index.csv, base: 2019-01}"""


def prices(work):
    """A revised index is a correction, and so are people who turn out to have begun in another month."""
    terms = SMALL % (", negative_due: claw_back", "forecast: {remaining: as_standard}")
    terms = terms.replace("standard_cost: {file: standard.csv}", "standard_cost: {file: standard.csv}" + INDEX)
    check("price_index" in terms, "the contract has no index")
    rows = ["2018,90", "2019,100"] + ["2020-%02d,%d" % (month, 100 + month) for month in range(1, 13)]
    tables = dict(TABLES, index="month,value\n" + "\n".join(rows) + "\n")
    contract = work.contract("prices", terms, **tables)
    first = work.settle(contract, "2020-03")
    before = work.facts(first)
    # by hand: a 101 + 102 + 103, b 103, against 400 paid
    check(before["saving.paid"] == "900", "the saving at the prices of each month is %s" % before["saving.paid"])
    revised = dict(tables, index=tables["index"].replace("2020-02,102", "2020-02,107.25"),
                   people=tables["people"].replace("2020-01", "2020-02", 1))
    contract = work.contract("prices", terms, **revised)
    said = work.settle(contract, "2020-05", first, code=3)
    check("no reason was given" in said, "a revised index needs no reason:\n" + said)
    second = work.settle(contract, "2020-05", first, "index revised; a began later")
    facts, alone = work.facts(second), work.facts(work.settle(contract, "2020-03"))
    made = range(1, 1 + int(facts["correction.count"]))
    subjects = [facts["correction.%d.subject" % i] for i in made]
    check(subjects[0] == "price_index" and "people_at_prices" in subjects, "corrections: %s" % subjects)
    check([facts["correction.1." + part] for part in ("month", "old", "now")] == ["2020-02", "102", "429/4"],
          "the revised value is not the first correction")
    for whole, part in (("saving.paid", "saving"), ("step.half.exact", "paid")):
        effects = sum(Fraction(facts["correction.%d.%s" % (i, part)]) for i in made)
        check(effects == Fraction(alone[whole]) - Fraction(before[whole]), "effects on %s do not add up" % whole)
    done = work.run("verify", second, "--previous", first, "--data", os.path.dirname(contract))
    check(done.returncode == 0, "corrections of prices do not verify:\n" + done.stdout + done.stderr)
    # months to come at the prices of the last that has passed: what is expected of them so far
    come = Fraction(alone["forecast.expected"]) - Fraction(alone["expected.total"])
    check(come > 0 and alone["forecast.saving"] == alone["saving.total"], "as_standard forecasts a saving")
    other = work.contract("prices", terms.replace("2019-01", "2018-05"), **revised)
    said = work.settle(other, "2020-05", first, code=3)
    check("at other prices" in said, "a chain goes on at another base month:\n" + said)


# ---- RULE: AS-OF-1, KNOWN-1 ----

def cut(source, target, month, drop):
    """Copy a CSV file without rows of later months."""
    with open(source, encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    with open(target, "w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            found = re.search(r"\b20\d\d-\d\d", line)
            if number == 0 or found is None or found.group() <= month:
                file.write(line + "\n")
            else:
                drop.append(line)


def knowing(work):
    for month in ("2017-03", "2018-08", "2019-11"):
        folder, dropped = os.path.join(work.folder, "cut" + month), []
        shutil.copytree(NORRKOPING, folder)
        for name in ("costs.csv", "project-costs.csv"):
            cut(os.path.join(NORRKOPING, "data", name), os.path.join(folder, "data", name), month, dropped)
        check(len(dropped) > 100, "nothing was cut")
        whole = work.facts(work.settle(os.path.join(NORRKOPING, "quarterly.yaml"), month))
        known = work.facts(work.settle(os.path.join(folder, "quarterly.yaml"), month))
        for key in whole:
            check(key.startswith("rows.") or whole[key] == known.get(key), "%s: %s knows the future" % (month, key))
        check(whole["known.school"] == "false" and whole["step.return.gate"] == "false", "the school is known early")
        check("outcome.school.sum" not in whole, "the school result is told early")
        check(not any(key.startswith("wellbeing.") for key in whole), "later answers are told early")
    facts = work.facts(work.settle(os.path.join(NORRKOPING, "quarterly.yaml"), "2020-12"))
    check(facts["known.school"] == "true" and facts["step.return.gate"] == "true", "the school result is never known")
    check(facts["wellbeing.mental_health.mean.3"] == "484/59", "the answers on scales are never known")


def spoil(folder, table, change):
    path = os.path.join(folder, "data", table)
    with open(path, encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(change(lines)) + "\n")


def waiting(work):
    """What a contract refuses to count is refused from the outcome's `known_from` on, and no settlement before it."""
    lacks = "lacks values of people, and the contract refuses to settle"
    cases = (  # contract, its outcome, table and what is done to it, what the refusal says
        (PUBLIC, "newpin.yaml", "restoration", "newpin.csv", lambda lines: lines[:-1], lacks),
        (PUBLIC, "newpin.yaml", "restoration", "newpin.csv", lambda lines: lines[:1], "lacks values of people"),
        (PUBLIC, "newpin.yaml", "restoration", "newpin.csv",
         lambda lines: lines[:1] + [line.split(",")[0] + ",0,0" for line in lines[1:]], "that add up to 0"),
        (PUBLIC, "peterborough.yaml", "reconvictions", "peterborough.csv", lambda lines: lines[:-1], lacks),
        (PUBLIC, "peterborough.yaml", "reconvictions", "peterborough-control.csv", lambda lines: lines[:-9],
         "compares fewer people than the minimum"),
        (NORRKOPING, "quarterly.yaml", "school", "grades.csv", lambda lines: lines[:1],
         "the outcome says `without_grades: refuse`"),
        (NORRKOPING, "quarterly.yaml", "school", "school.csv", lambda lines: lines[:-1],
         "of the people of the target group, first"),
    )
    for number, (source, name, outcome, table, change, said) in enumerate(cases):
        folder = os.path.join(work.folder, "waiting%d" % number)
        shutil.copytree(source, folder)
        contract = os.path.join(folder, "later.yaml")
        with open(contract, "w", encoding="utf-8") as file:
            file.write("utfall: 1\nextends: %s\ntarget_group: {data_through: 2020-12}\n"
                       "evaluation: {negative_due: claw_back}\noutcomes: {%s: {known_from: 2020-12}}\n"
                       % (name, outcome))
        spoil(folder, table, change)
        before = work.settle(contract, "2020-11")
        if not before.endswith(".xml"):
            continue
        facts = work.facts(before)
        check(facts["known." + outcome] == "false", "%d: %s is known early" % (number, outcome))
        figures = {value for key, value in facts.items() if key.startswith("outcome.%s." % outcome)}
        check(figures == {"0", "false"}, "%d: %s has figures early: %s" % (number, outcome, figures))
        done = work.run("verify", before, "--data", folder)
        check(done.returncode == 0, "%d: does not verify from its data:\n%s%s" % (number, done.stdout, done.stderr))
        refused = work.settle(contract, "2020-12", previous=before, code=3)
        check(said in refused, "%d: says %s" % (number, refused))
        cells = work.run("whatif", contract, "--set", "outcomes.%s.known_from=2020-11,2020-12" % outcome, "--as-of",
                         "2020-11", "--show", "saving.total", "--as", "csv").stdout.splitlines()
        check(len(cells) == 3 and cells[1].startswith('2020-11,,"') and re.fullmatch(r"2020-12,-?[0-9.]+,", cells[2]),
              "%d: what-if: %s" % (number, cells))


# ---- RULE: FORECAST-1 ----

def forecast_of(ledger, window, as_of):
    """Expected, actual by as_ratio from what a ledger records: Fraction, öre."""
    with open(ledger, encoding="utf-8") as file:
        text = file.read()
    recorded = text[:text.index("</recorded>")]
    attributes = lambda tag: dict(re.findall(r'(\w+)="([^"]*)"', tag))
    reached = lambda start: (int(as_of[:4]) * 12 + int(as_of[5:])) - (int(start[:4]) * 12 + int(start[5:])) + 1
    starts = [attributes(tag) for tag in re.findall(r"<start [^>]*>", recorded)]
    expected = actual = Fraction(0)
    for head, body in re.findall(r"(<group [^>]*>)(.*?)</group>", recorded, re.S):
        group = attributes(head)
        months = [attributes(tag) for tag in re.findall(r"<month [^>]*>", body)]
        standard = [Fraction(int(m["comparison"]), int(group["comparison"])) for m in months]
        passed = come = Fraction(0)
        for start in (s for s in starts if s["group"] == group["number"]):
            counted = min(window, reached(start["month"]))
            passed += int(start["persons"]) * sum(standard[:counted])
            come += int(start["persons"]) * sum(standard[counted:])
        cost = sum(int(m["target"]) for m in months)
        expected += passed + come
        actual += cost + come * (cost / passed if passed else 1)
    return expected, actual


def forecast(work):
    folder = os.path.join(work.folder, "ratio")
    shutil.copytree(NORRKOPING, folder)
    contract = os.path.join(folder, "ratio.yaml")
    with open(contract, "w", encoding="utf-8") as file:
        file.write("utfall: 1\nextends: quarterly.yaml\nforecast: {remaining: as_ratio, drawn: commitment}\n")
    history = []
    ledger = None
    for month in ("2016-12", "2018-06", "2019-09", "2021-02"):
        ledger = work.settle(contract, month, ledger)
        facts = work.facts(ledger)
        expected, actual = forecast_of(ledger, 24, month)
        check(Fraction(facts["forecast.expected"]) == expected, month + ": expected")
        check(Fraction(facts["forecast.actual"]) == actual, month + ": actual")
        check(Fraction(facts["forecast.saving"]) == expected - actual, month + ": saving")
        check(facts["forecast.drawn"] == "1000000000", month + ": drawn")
        for past, saving, paid in history:
            check(facts["forecast.history.%s.saving" % past] == saving, "history of %s in %s" % (past, month))
            check(facts["forecast.history.%s.paid" % past] == paid, "history of %s in %s" % (past, month))
        check(sum(key.startswith("forecast.history.") for key in facts) == 2 * len(history), "more history")
        history.append((month, facts["forecast.saving"], facts["forecast.paid"]))
        plain = work.facts(work.settle(os.path.join(NORRKOPING, "quarterly.yaml"), month))
        check(plain["forecast.saving"] == plain["saving.total"], month + ": at standard cost nothing more is saved")
        check(plain["forecast.open"] == plain["people.target"] or month > "2018-07", month + ": open windows")
    check(facts["forecast.open"] == "0" and facts["forecast.saving"] == facts["saving.total"], "the end")
    for step in ("guarantee", "outcome", "return"):
        check(plain["forecast.step." + step] == plain["step.%s.paid" % step], "the end is not what is paid")


# ---- RULE: EXIT-1, STANDARD-3 ----

LEAVING = dict(TABLES, people="""id,start,exit,exit_reason
a,2020-01-05,2020-02-20,moved
b,2020-01-05,2020-02-01,avliden
c,2020-01-05,,
""", costs="""id,month,amount
a,2020-01,50.00
a,2020-02,50.00
a,2020-03,70.00
a,2020-06,10.00
b,2020-03,40.00
c,2020-04,5.00
""")
MOVED = ", exits: {moved: {rule: %s}, died: {rule: continue, values: [avliden]}}"


def exits(work):
    # by hand, 100 a month expected: a counts 2 months (200 - 100), b and c 4 (400 - 40, 400 - 5)
    contract = work.contract("stop", SMALL % (MOVED % "stop", ""), **LEAVING)
    ledger = work.settle(contract, "2020-12")
    facts = work.facts(ledger)
    check(facts["expected.total"] == "100000" and facts["actual.total"] == "14500", "stop: %s, %s" % (
        facts["expected.total"], facts["actual.total"]))
    check((facts["rows.costs.exited.count"], facts["rows.costs.exited.amount"]) == ("2", "8000"), "rows after leaving")
    check(facts["active.2020-02"] == "3" and facts["active.2020-03"] == "2", "who is active")
    with open(ledger, encoding="utf-8") as file:
        check('left_after="2"' in file.read(), "the ledger does not tell that somebody left")
    early = work.settle(contract, "2020-01")
    with open(early, encoding="utf-8") as file:
        check("left_after" not in file.read(), "the ledger knows who will leave")
    done = work.run("verify", ledger, "--data", os.path.dirname(contract))
    check(done.returncode == 0, "verify --data: " + done.stdout + done.stderr)
    out = os.path.join(work.folder, "detail")
    done = work.run("settle", contract, "--out", out, "--quiet")
    done = work.run("verify", os.path.join(out, "small.ledger.xml"), "--detail", os.path.join(out, "small.detail.xml"),
                    "--secret", os.path.join(out, "small.secret"))
    check(done.returncode == 0 and "same sums person by person" in done.stdout, "detail: " + done.stdout + done.stderr)
    contract = work.contract("continue", SMALL % (MOVED % "continue", ""), **LEAVING)
    facts = work.facts(work.settle(contract, "2020-12"))
    check(facts["expected.total"] == "120000" and facts["actual.total"] == "21500", "continue: %s, %s" % (
        facts["expected.total"], facts["actual.total"]))
    check(facts["rows.costs.after.count"] == "1" and facts["rows.costs.exited.count"] == "0", "rows of who continues")
    # who stops is complete: a contract that refuses open windows takes them
    refusing = (SMALL % (MOVED % "stop", "")).replace("to_date", "refuse")
    one = dict(LEAVING, people="id,start,exit,exit_reason\na,2020-10-05,2020-11-20,moved\n",
               costs="id,month,amount\na,2020-10,1.00\n")
    contract = work.contract("refuse", refusing, **one)
    check(work.facts(work.settle(contract, "2020-12"))["expected.total"] == "20000", "who has stopped is not complete")
    # comparison: r leaves after month 2; a month costs 200 / 2 or 100 / 1 then
    historic = (SMALL % ("%s", "")).replace("design: agreed\n  standard_cost: {file: standard.csv}",
        "design: historic\n  people: {file: reference.csv}\n  costs: [{file: reference-costs.csv}]")
    tables = dict(LEAVING, reference="id,start,exit,exit_reason\nq,2018-01-01,,\nr,2018-01-01,2018-02-28,moved\n",
                  reference_costs="id,month,amount\n" + "".join(
                      "%s,2018-0%d,100.00\n" % (who, month) for who in "qr" for month in (1, 2, 3, 4)))
    for rule, third in (("everybody", "5000"), ("followed", "10000")):
        contract = work.contract(rule, historic.replace("%s", (MOVED % "stop") + ", denominator: " + rule), **tables)
        if rule == "everybody":  # nobody asks whether comparison people left, unless the table says so
            text = open(contract, encoding="utf-8").read().replace(
                "{file: reference.csv}", "{file: reference.csv, columns: {exit: exit, exit_reason: exit_reason}}")
            contract = work.contract(rule, text, **tables)
        ledger = work.settle(contract, "2020-12")
        facts = work.facts(ledger)
        got = [facts["standard_cost.all.%d" % k] for k in (1, 2, 3, 4)]
        check(got == ["10000", "10000", third, third], "%s: %r" % (rule, got))
        done = work.run("verify", ledger, "--data", os.path.dirname(contract))
        check(done.returncode == 0, "verify %s: %s%s" % (rule, done.stdout, done.stderr))


def main():
    utfall, group = sys.argv[1], sys.argv[2]
    groups = {"quarters": quarters, "tampering": tampering, "dues": dues, "corrections": corrections, "prices": prices,
              "knowing": knowing, "waiting": waiting, "forecast": forecast, "exits": exits}
    with tempfile.TemporaryDirectory(prefix="utfall-chain-") as folder:
        groups[group](Work(utfall, folder))
    for fault in FAULTS[:20]:
        print("FAIL " + fault[:800])
    print("%s: %d faults" % (group, len(FAULTS)))
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
