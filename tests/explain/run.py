"""utfall explain, on every fact of every kind of settlement.

    run.py UTFALL GROUP      GROUP: every-key, goldens, chain, prices, random, rows, errors

every-key: for each fact of the ledgers below (goldens: of the contracts of other goldens; chain: of two
quarterly settlements, the second after a correction; prices: of two with a price index that was
revised; random: of random contracts, UTFALL_TEST_EFFORT times three of them) the text must hold the
fact's exact value, and every formula that it shows must come out exactly when it is computed again,
here, with fractions; the line for people must show the same numbers, rounded to hundredths. Families of
keys that have no explanation are listed as failures: a new kind of fact needs an entry in reports/explain_families.c.
"""
import glob
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
import generate  # noqa: E402
CONTRACTS = os.path.join(ROOT, "contracts")
LEDGERS = ("minimal/contract.yaml", "norrkoping-2016/contract.yaml",
           "norrkoping-2016/extended-36-frozen.yaml")
BATCH = 50  # keys explained in one call


def run(utfall, *arguments):
    return subprocess.run([utfall] + list(arguments), cwd=ROOT, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, encoding="utf-8", timeout=300)


def facts_of(utfall, path):
    done = run(utfall, "facts", path)
    assert done.returncode == 0, done.stderr
    return dict(line.split("\t", 1) for line in done.stdout.splitlines())


def family(key):
    """The key with what varies taken out, for a short list of what is missing."""
    key = re.sub(r"\d{4}-\d{2}$", "@", key)
    return re.sub(r"\d+", "#", key)


# ---- computing a formula again -------------------------------------------------------------------

NAMES = {"min": min, "max": max, "__builtins__": {}}


def value_of(text):
    """A formula of whole numbers, + - * /, brackets, min and max, exactly."""
    if not re.fullmatch(r"[0-9+\-*/(), minax]+", text):
        raise ValueError("not a formula: %r" % text)
    return eval(re.sub(r"\d+", lambda m: "Fraction(%s)" % m.group(), text),  # noqa: S307
                dict(NAMES, Fraction=Fraction))


def holds(formula):
    left, right = formula.rsplit(" = ", 1)
    if right in ("true", "false"):
        a, relation, b = re.fullmatch(r"(\S+) (>=|<=|>|<) (\S+)", left).groups()
        a, b = value_of(a), value_of(b)
        return {">": a > b, ">=": a >= b, "<": a < b, "<=": a <= b}[relation] == (right == "true")
    return value_of(left) == value_of(right)


def whole_numbers(text):
    """Numbers longer than a line are broken, and go on in the next; two numbers never stand side by side."""
    return re.sub(r"(?<=[0-9/])\n {8}(?=[0-9]|/[0-9])", "", text)


def formulas(text):
    """Each formula block's lines joined: those set in by four, their rest by eight."""
    out = []
    for line in whole_numbers(text).splitlines():
        if line.startswith("        ") and out and out[-1] is not None:
            out[-1] += " " + line.strip()
        elif line.startswith("    ") and not line.startswith("     "):
            out.append(line.strip())
        else:
            out.append(None)
    return [line for line in out if line is not None]


def hundredths(value):
    """Rounded to whole hundredths, halves away from zero, as it is shown."""
    whole = (abs(value) * 2 + 1) // 2
    sign = "\u2212" if value < 0 and whole else ""
    return sign + "{:,}.{:02d}".format(int(whole) // 100, int(whole) % 100)


def people_see(shown, exact):
    """Amounts in the English line for people that the exact line does not give."""
    numbers = [Fraction(t) for t in re.findall(r"(?<![\d/])-?\d+(?:/\d+)?", exact.replace("(-", "( -"))]
    numbers += [-n for n in numbers]
    given = {hundredths(n) for n in numbers}
    found = re.findall("\u2212?[\\d,]+\\.\\d{2}(?![\\d%])", shown)
    return [t for t in found if t not in given
            and Fraction(t.replace(",", "").replace("\u2212", "-")) not in numbers]


# Figures that are counted or recorded, in a text that shows other formulas.
STATED = re.compile(r"correction\.(count|\d+\.k)")


# ---- every key -----------------------------------------------------------------------------------

def sections(text, keys):
    """Split what one call printed at the titles."""
    out, lines, starts = {}, text.split("\n"), []
    for i in range(len(lines) - 1):
        if len(starts) < len(keys) and lines[i] == keys[len(starts)] and set(lines[i + 1]) == {"="}:
            starts.append(i)
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(lines)
        out[keys[n]] = "\n".join(lines[start:end])
    return out


def check_text(key, value, text, language):
    faults = []
    if " ".join(value.split()) not in " ".join(text.split()) and (
            len(value) < 60 or "".join(value.split()) not in "".join(text.split())):
        faults.append("%s: the value %s does not stand in the text" % (key, value))
    found = formulas(text)
    named, count = [], 0
    for i, line in enumerate(found):
        exact = re.sub(r"^exa[ck]t: ", "", line)
        if exact == line and ("\u00a0" in line or not re.search(r"\d", line)):
            continue  # for people; its exact line follows
        if exact == line and re.search(r"[\u2212\u00d7\u2248%]|\d\.\d", line):
            continue
        named += re.findall(r"-?\d+(?:/\d+)?|true|false", exact)
        count += 1
        if not holds(exact):
            faults.append("%s: does not come out: %s" % (key, exact))
        if exact != line and language == "en":
            for wrong in people_see(found[i - 1], exact):
                faults.append("%s: %s is shown, but not in %s" % (key, wrong, exact))
    if count and not STATED.fullmatch(key) and re.fullmatch(r"-?\d+(/\d+)?|true|false", value) and value not in named:
        faults.append("%s: no formula has %s" % (key, value))
    return faults, count


def check_keys(utfall, path, facts, language):
    faults, missing, proved = [], set(), 0
    keys = sorted(facts)
    for at in range(0, len(keys), BATCH):
        batch = keys[at:at + BATCH]
        done = run(utfall, "explain", path, *batch, "--lang", language)
        while done.returncode != 0:
            match = re.search(r'the fact "(.*)" has no explanation', done.stderr)
            if not match or match.group(1) not in batch:
                return faults + ["explain %s: %s" % (path, done.stderr)], missing, proved
            missing.add(family(match.group(1)))
            batch.remove(match.group(1))
            if not batch:
                break
            done = run(utfall, "explain", path, *batch, "--lang", language)
        parts = sections(done.stdout, batch) if batch else {}
        for key in batch:
            if key not in parts:
                faults.append("%s: no text was printed" % key)
                continue
            found, count = check_text(key, facts[key], parts[key], language)
            faults += found
            proved += count
    return faults, missing, proved


def check_paths(utfall, paths):
    faults, missing, total, proved = [], set(), 0, 0
    for path in paths:
        facts = facts_of(utfall, path)
        for language in ("sv", "en"):
            found, none, count = check_keys(utfall, path, facts, language)
            faults += found
            missing |= none
            proved += count
        total += len(facts)
    faults += ["no explanation for keys like %s" % name for name in sorted(missing)]
    print("%d facts in two languages, %d formulas computed again" % (total, proved))
    if proved < total:
        faults.append("suspiciously few formulas")
    return faults


def settle(utfall, contract, folder, *options):
    """Gives the ledger's path; ledgers of one contract id go to folders of their own."""
    folder = tempfile.mkdtemp(dir=folder)
    done = run(utfall, "settle", contract, "--out", folder, "--quiet", "--detail", "none", *options)
    assert done.returncode == 0, done.stderr
    made = os.listdir(folder)
    assert len(made) == 1, made
    return os.path.join(folder, made[0])


def every_key(utfall):
    with tempfile.TemporaryDirectory(prefix="utfall-explain-") as folder:
        return check_paths(utfall, [settle(utfall, os.path.join(CONTRACTS, name), folder)
                                    for name in LEDGERS])


def goldens(utfall):
    """The contracts of other goldens: each capability shows itself there, and so its facts."""
    paths = glob.glob(os.path.join(ROOT, "tests", "golden", "*", "*.yaml"))
    settled = [path for path in sorted(paths) if run(utfall, "facts", path).returncode == 0]
    if len(settled) * 4 < len(paths) * 3:
        return ["too few of the contracts of goldens settle"]
    return check_paths(utfall, settled)


def chain(utfall):
    with tempfile.TemporaryDirectory(prefix="utfall-explain-") as folder:
        source, out = os.path.join(folder, "contract"), os.path.join(folder, "out")
        shutil.copytree(os.path.join(CONTRACTS, "norrkoping-2016"), source)
        os.mkdir(out)
        contract = os.path.join(source, "quarterly.yaml")
        first = settle(utfall, contract, out, "--as-of", "2017-09")
        costs = os.path.join(source, "data", "costs.csv")
        with open(costs, encoding="utf-8") as file:
            lines = file.readlines()
        lines[1] = re.sub(r"(\d),(\d\d)$", r"\g<1>,55", lines[1].rstrip()) + "\n"
        with open(costs, "w", encoding="utf-8") as file:
            file.writelines(lines)
        second = settle(utfall, contract, out, "--as-of", "2018-09", "--previous", first,
                        "--reason", "a late invoice")
        if "correction.1.now" not in facts_of(utfall, second):
            return ["the chain has no correction to explain"]
        return check_paths(utfall, [first, second])


def prices(utfall):
    """A chain at the prices of each month: an index value is revised, and somebody began a month earlier."""
    with tempfile.TemporaryDirectory(prefix="utfall-explain-") as folder:
        source, out = os.path.join(folder, "contract"), os.path.join(folder, "out")
        shutil.copytree(os.path.join(ROOT, "tests", "golden", "price-index"), source)
        os.mkdir(out)
        contract = os.path.join(source, "interim.yaml")
        first = settle(utfall, contract, out, "--as-of", "2020-04")
        for name, old, new in (("interim-index.csv", "2020-02;104,07", "2020-02;104,9"),
                               ("interim-people.csv", "C,2020-03-07", "C,2020-02-07")):
            with open(os.path.join(source, name), encoding="utf-8") as file:
                text = file.read()
            assert old in text
            with open(os.path.join(source, name), "w", encoding="utf-8") as file:
                file.write(text.replace(old, new))
        second = settle(utfall, contract, out, "--as-of", "2020-06", "--previous", first,
                        "--reason", "the index was revised")
        subjects = {value for key, value in facts_of(utfall, second).items()
                    if re.fullmatch(r"correction\.\d+\.subject", key)}
        if not {"price_index", "people_at_prices", "comparison_cost"} <= subjects:
            return ["the chain corrects only %s" % sorted(subjects)]
        return check_paths(utfall, [first, second])


def random_contracts(utfall):
    effort = int(os.environ.get("UTFALL_TEST_EFFORT", "1"))
    seeds = random.Random(20210331).sample(range(10 ** 6), 3 * effort)
    paths = []
    with tempfile.TemporaryDirectory(prefix="utfall-explain-") as folder:
        for seed in seeds:
            os.mkdir(os.path.join(folder, str(seed)))
            generate.make(seed, os.path.join(folder, str(seed)))
            paths.append(os.path.join(folder, str(seed), "contract.yaml"))
        settled = [path for path in paths if run(utfall, "facts", path).returncode == 0]
        if len(settled) * 2 < len(paths):
            return ["too few of the random contracts settle"]
        return check_paths(utfall, settled)


# ---- rows, errors ----------------------------------------------------------------------------------

def rows(utfall):
    """A contract's explanation counts the rows of a month; they add up to the rows counted."""
    path = os.path.join(CONTRACTS, "norrkoping-2016", "contract.yaml")
    facts = facts_of(utfall, path)
    done = run(utfall, "explain", path, *["actual.month.%d" % k for k in range(1, 25)], "--lang", "en")
    found = re.findall(r"month \d+, ([\d,]+) cost rows", " ".join(done.stdout.split()))
    total = sum(int(n.replace(",", "")) for n in found)
    if len(found) != 24 or str(total) != facts["rows.costs.used.count"]:
        return ["%d months with %d rows in all, counted are %s" % (
            len(found), total, facts["rows.costs.used.count"])]
    return []


def errors(utfall):
    path = os.path.join(CONTRACTS, "minimal", "contract.yaml")
    cases = (
        (("saving.totl",), 3, 'did you mean "saving.total"'),
        (("saving",), 3, '"saving.paid"'),
        (("zzzzzzzzzzzz",), 3, "utfall facts lists every key"),
        (("a\u202eb\n",), 3, 'there is no fact "'),
        ((), 2, 'needs "LEDGER|CONTRACT KEY"'),
    )
    faults = []
    for keys, code, words in cases:
        done = run(utfall, "explain", path, *keys, "--lang", "en")
        if done.returncode != code or words not in done.stderr or done.stdout:
            faults.append("explain %r: exit code %d, %s%s" % (keys, done.returncode, done.stdout,
                                                            done.stderr))
        if "\u202e" in done.stderr:
            faults.append("a mark that changes the direction of writing reached the terminal")
    with tempfile.TemporaryDirectory(prefix="utfall-explain-") as folder:
        run(utfall, "settle", path, "--out", folder, "--quiet", "--detail", "none")
        ledger = os.path.join(folder, "minimal.ledger.xml")
        with open(ledger, encoding="utf-8") as file:
            text = file.read()
        with open(ledger, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(<due [^>]*)\d(\")", r"\g<1>7\2", text, count=1))
        done = run(utfall, "explain", ledger, "saving.total")
        if done.returncode == 0 or done.stdout:
            faults.append("a ledger that does not verify was explained")
    return faults


def main():
    utfall, group = os.path.abspath(sys.argv[1]), sys.argv[2]
    groups = {"every-key": every_key, "goldens": goldens, "chain": chain, "prices": prices,
              "random": random_contracts, "rows": rows,
              "errors": errors}
    faults = groups[group](utfall)
    print("\n".join(faults[:60]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
