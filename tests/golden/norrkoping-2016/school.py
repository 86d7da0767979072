"""School points straight from the synthetic tables, by SCHOOL-1 to SCHOOL-6 of LANGUAGE.md.

    school.py FOLDER

Shares no code with utfall. Prints the sum for the readings that the contract names, and whether any
other combination of readings would give another one.
"""
import collections
import csv
import itertools
import sys

CORE = {"svenska": "sv", "svenska som andraspråk": "sv", "engelska": "en", "matematik": "ma"}
LADDER = {"not_active": 0, "introductory_or_adult": 1, "national_reduced": 2, "national": 3}


def rows(folder, name):
    with open(folder + "/" + name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def level(grades, one_core, two_core):
    core = sum(1 for subject, grade in grades if subject in CORE and grade == "F")
    other = sum(1 for subject, grade in grades if subject not in CORE and grade == "F")
    assert {CORE[subject] for subject, _ in grades if subject in CORE} == {"sv", "en", "ma"}
    if core == 1 and other >= 6:
        return one_core
    if core >= 2 and 3 <= other <= 5:
        return two_core
    if core >= 2 or other >= 6:
        return 0
    if core == 1 or other >= 3:
        return 1
    return 3 if other <= 1 and sum(grade in "ABCD" for _, grade in grades) >= 5 else 2


def step(enrolment, attendance):
    """0 to 3: what somebody is actively enrolled in."""
    return LADDER[enrolment] if enrolment != "not_active" and float(attendance) >= 80 else 0


def points(person, grades, reduced, one_core, two_core):
    if person["scheme"] == "1":
        return {"positive": 1, "unchanged": 0, "negative": -1}[person["ability_change"]]
    if person["scheme"] == "2":
        return (level(grades[person["id"], "2"], one_core, two_core)
                - level(grades[person["id"], "1"], one_core, two_core))
    after = person["enrolment_after"]
    if person["scheme"] == "3":
        if after in ("abstained", "dropped_out"):
            return 0 if after == "abstained" else -1
        return [-1, 1, reduced, 2][step(after, person["attendance_after"])]
    first = step(person["enrolment_before"], person["attendance_before"])
    last = step(after, person["attendance_after"])
    return last - first if last != first else int(first >= 2)


def count(folder, reduced, one_core, two_core):
    grades = collections.defaultdict(list)
    for row in rows(folder, "grades.csv"):
        grades[row["id"], row["occasion"]].append((row["subject"], row["grade"]))
    sums, people = collections.Counter(), collections.Counter()
    for person in rows(folder, "school.csv"):
        worth = points(person, grades, reduced, one_core, two_core)
        left_out = (person["home_schooling"] == "yes"
                    or person["scheme"] in "34" and person["no_place"] == "yes" and worth < 0)
        kind = "excluded" if left_out else person["complete"]
        people[kind] += 1
        sums[kind] += worth
    return people["yes"], sums["yes"], people["no"], sums["no"], people["excluded"]


chosen = count(sys.argv[1], 1, 0, 0)
print("%d complete, sum %d; %d incomplete, who would have added %d; %d left out by rule" % chosen)
others = {count(sys.argv[1], *reading) for reading in itertools.product((1, 2), (0, 1), (0, 1))}
print("sums over all readings:", sorted(other[1] for other in others))
