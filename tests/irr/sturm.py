"""Numbers of rates of return against Sturm's theorem, in exact fractions: sturm.py UTFALL [SEED].

Payments by period are a polynomial in y = 1 / (1 + rate); its different roots above zero are counted here by Sturm's
chain. Some are products of chosen factors, with roots near each other; one of them twice in a while, which utfall must
call undecided, and nothing else."""
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction


def remainder(a, b):
    a = a[:]
    while len(a) >= len(b):
        factor = a[-1] / b[-1]
        for i, c in enumerate(b):
            a[len(a) - len(b) + i] -= factor * c
        a.pop()
        while a and a[-1] == 0:
            a.pop()
    return a


def changes(signs):
    signs = [s for s in signs if s]
    return sum(a * b < 0 for a, b in zip(signs, signs[1:]))


def roots(p):
    """(different roots above zero, whether any root is there twice); p from the constant term up, p[0] != 0."""
    p = [Fraction(c) for c in p]
    chain = [p, [i * c for i, c in enumerate(p)][1:]]
    while chain[-1]:
        chain.append([-c for c in remainder(chain[-2], chain[-1])])
    chain.pop()
    return changes([c[0] for c in chain]) - changes([c[-1] for c in chain]), len(chain[-1]) > 1


def product(a, b):
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def polynomial(dice):
    if dice.random() < 0.5:
        p = [dice.randint(-99, 99) for _ in range(dice.randint(2, 14))]
    else:
        p = [1]
        for _ in range(dice.randint(1, 4)):
            p = product(p, [-dice.randint(90, 130), dice.randint(90, 130)])
        p = product(p, [dice.randint(1, 9) for _ in range(dice.randint(1, 4))])
    while p and p[-1] == 0:
        p.pop()
    while p and p[0] == 0:
        p.pop(0)
    return p


def main():
    utfall, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    dice, faults, twice = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "flows.csv")
        for _ in range(150 * int(os.environ.get("UTFALL_TEST_EFFORT", "1"))):
            p = polynomial(dice)
            if len(p) < 2:
                continue
            with open(path, "w", encoding="ascii") as file:
                file.write("period,amount\n" + "".join(f"{i},{c}\n" for i, c in enumerate(p)))
            done = subprocess.run([utfall, "irr", path, "--day-count", "periods", "--as", "facts"],
                                  capture_output=True, text=True, timeout=60)
            facts = dict(line.split("\t") for line in done.stdout.splitlines())
            count, has_twice = roots(p)
            found, verdict = int(facts["return.irr.roots"]), facts["return.irr.verdict"]
            twice += has_twice
            is_right = found <= count if verdict == "undecided" else found == count
            if not is_right or (verdict == "undecided" and not has_twice):
                faults += 1
                print(f"{p}: {count} roots, utfall says {verdict}, {found}")
    print(f"seed {seed}: {faults} faults, {twice} polynomials with a root there twice")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
