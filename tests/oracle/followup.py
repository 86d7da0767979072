"""Outcomes counted from tables, person by person: LANGUAGE.md's SCHOOL-1 to 6, SCALE-1 and 2, REACHED-1,
RATE-1, REDUCTION-1, CLAIMS-1 and MILESTONE-1.

What the reader refuses is not looked for here; where the contract itself refuses (a reading `refuse`)
the exception of the oracle is raised.
"""
from fractions import Fraction

ENROLMENT = {"introductory_or_adult": 1, "national_reduced": 2, "national": 3}


class LeftOut(Exception):
    """This person has no points, by what the contract says."""


class School:
    def __init__(self, spec, rows, target, ratio, refused):
        self.spec, self.readings, self.refused = spec, spec["readings"], refused
        self.active = ratio(spec["active_attendance"])
        self.subject = {name: core for core, names in spec["core"].items() for name in names}
        table = spec["people"]
        yes = table.get("true", ["yes"])
        grades = {}
        for row in rows(spec["grades"]):
            grades.setdefault((row("id"), row("occasion")), []).append((row("subject"), row("grade")))
        self.points = self.persons = self.excluded = 0
        self.would_add = []  # points of those left out only because they are not complete
        for row in rows(table):
            if row("id") in target:
                self.count(row, grades, yes)

    def figures(self):
        out = {"sum": Fraction(self.points), "persons": Fraction(self.persons),
               "excluded": Fraction(self.excluded)}
        if self.would_add:
            out["excluded_sum"] = Fraction(sum(self.would_add))
        return out

    def count(self, row, grades, yes):
        """SCHOOL-6."""
        is_complete = row("complete") in yes
        rule = self.spec["incomplete"]
        if not is_complete and rule == "refuse":
            raise self.refused("%s is not complete" % row("id"))
        try:
            if row("home_schooling") in yes:
                raise LeftOut
            points = self.judge(row, grades)
            if points < 0 and row("scheme") in "34" and row("no_place") in yes:
                raise LeftOut
        except LeftOut:
            self.excluded += 1
            return
        if is_complete or rule == "count":
            self.points += points
            self.persons += 1
        else:
            self.excluded += 1
            self.would_add.append(points)

    def judge(self, row, grades):
        scheme = row("scheme")
        if scheme == "1":
            return {"positive": 1, "unchanged": 0, "negative": -1}[row("ability_change")]
        if scheme == "2":
            before, after = (self.grade_level(grades.get((row("id"), at), [])) for at in "12")
            return after - before
        if scheme == "3":
            return self.after_school(row)
        before, after = (self.enrolled(row("enrolment_" + at), row("attendance_" + at))
                         for at in ("before", "after"))
        return (1 if after >= 2 else 0) if before == after else after - before

    def choose(self, reading, outcome):
        """What a reading says for a hole in the rules."""
        said = self.readings[reading]
        if said == "refuse":
            raise self.refused(reading)
        if said == "exclude":
            raise LeftOut
        return outcome[said]

    def grade_level(self, grades):
        """SCHOOL-3."""
        if not grades:
            self.choose("without_grades", {})
        failed = {self.subject.get(subject, subject) for subject, grade in grades if grade == "F"}
        cores = set(self.subject.values())
        missing = cores - {self.subject.get(subject) for subject, _ in grades}
        core_failed, other_failed = len(failed & cores), len(failed - cores)
        if missing:
            core_failed += self.choose("core_without_grade", {"failed": len(missing), "passed": 0})
        level = {"clearly_failed": 0, "failed": 1}
        if core_failed == 1 and other_failed >= 6:
            return self.choose("one_core_six_other", level)
        if core_failed >= 2 and 3 <= other_failed <= 5:
            return self.choose("two_core_three_other", level)
        if core_failed >= 2 or other_failed >= 6:
            return 0
        if core_failed == 1 or other_failed >= 3:
            return 1
        good = sum(1 for _, grade in grades if grade in "ABCD")
        return 3 if other_failed <= 1 and good >= 5 else 2

    def enrolled(self, enrolment, attendance):
        """SCHOOL-4: the level in scheme 4; 0 when not actively enrolled."""
        if enrolment == "not_active":
            return 0
        if attendance == "":
            return self.choose("without_attendance", {"not_active": 0})
        return ENROLMENT[enrolment] if Fraction(attendance) / 100 >= self.active else 0

    def after_school(self, row):
        """SCHOOL-5, scheme 3."""
        enrolment = row("enrolment_after")
        if enrolment in ("not_active", "dropped_out", "abstained"):
            return 0 if enrolment == "abstained" else -1
        level = self.enrolled(enrolment, row("attendance_after"))
        if level == 2:
            return self.choose("national_reduced_in_scheme_3", {"points_1": 1, "points_2": 2})
        return {0: -1, 1: 1, 3: 2}[level]


def scales(id, spec, rows, target, number):
    """SCALE-1, SCALE-2: figures of the outcome, and what each scale came to as facts."""
    values = {}
    for row in rows(spec["table"]):
        values[row("measure"), row("id"), int(row("occasion"))] = number(row("value"), spec["table"])
    last, facts, whole = int(spec["occasions"]), {}, set(target)
    for name, scale in spec["scales"].items():
        there = [p for p in target if all((name, p, t) in values for t in range(1, last + 1))]
        whole &= set(there)
        head = "%s.%s." % (id, name)
        facts[head + "persons"] = len(there)
        facts[head + "missing"] = len(target) - len(there)
        sign = -1 if scale["better"] == "lower" else 1
        gain = [sign * (values[name, p, last] - values[name, p, 1]) for p in there]
        facts[head + "improved"] = sum(1 for g in gain if g > 0)
        facts[head + "unchanged"] = sum(1 for g in gain if g == 0)
        facts[head + "worse"] = sum(1 for g in gain if g < 0)
        if there:
            means = [sum((values[name, p, t] for p in there), Fraction(0)) / len(there)
                     for t in range(1, last + 1)]
            for t, mean in enumerate(means, 1):
                facts[head + "mean.%d" % t] = mean
            facts[head + "change"] = means[-1] - means[0]
            if means[0] != 0:
                facts[head + "relative_change"] = (means[-1] - means[0]) / means[0]
    figures = {"persons": Fraction(len(whole)), "excluded": Fraction(0),
               "missing": Fraction(len(target) - len(whole))}
    return figures, facts


def cells(spec, rows, number, names):
    """{id: {key: number}} of what is there; an empty cell is missing."""
    out = {}
    for row in rows(spec):
        for name in names:
            if row(name) != "":
                out.setdefault(row("id"), {})[name] = number(row(name), spec)
    return out


def counted(persons, missing, count):
    out = {"persons": Fraction(persons), "excluded": Fraction(0), "missing": Fraction(missing),
           "sum": Fraction(count)}
    if persons:
        out["rate"] = Fraction(count, persons)
    return out


def lacking(spec, target, there, refused):
    """How many are left out, after the contract has refused if it wants to."""
    missing = len(target - set(there))
    if missing and spec["missing"] == "refuse":
        raise refused("values are missing")
    return missing


def reached(spec, rows, target, number, refused):
    """REACHED-1."""
    values, last = {}, 2 if spec["look_at"] == "change" else 1
    for row in rows(spec["table"]):
        if row("value") != "":
            at = int(row("occasion")) if last == 2 else 1
            values[row("id"), at] = number(row("value"), spec["table"])
    there = {p for p in target if all((p, t) in values for t in range(1, last + 1))}
    missing = lacking(spec, target, there, refused)
    count = 0
    for p in there:
        value = values[p, 1] if last == 1 else values[p, 2] - values[p, 1]
        count += value >= Fraction(spec["at_least"]) if "at_least" in spec else value <= Fraction(
            spec["at_most"])
    is_left_out = spec["missing"] == "exclude"
    return counted(len(there) if is_left_out else len(target), missing, count)


def rate(spec, rows, target, number, refused):
    """RATE-1."""
    values = cells(spec["table"], rows, number, ["numerator", "denominator"])
    there = {p for p in target if len(values.get(p, {})) == 2}
    missing = lacking(spec, target, there, refused)
    top, bottom = (sum((values[p][name] for p in there), Fraction(0))
                   for name in ("numerator", "denominator"))
    if bottom == 0:
        raise refused("denominators add up to 0")
    return {"sum": top, "persons": Fraction(len(there)), "excluded": Fraction(0),
            "missing": Fraction(missing), "rate": top / bottom}


def reduction(spec, rows, target, number, refused):
    """REDUCTION-1."""
    values = cells(spec["table"], rows, number, ["value"])
    control = [v["value"] for v in cells(spec["control"], rows, number, ["value"]).values()]
    there = {p for p in target if p in values}
    missing = lacking(spec, target, there, refused)
    out = {"persons": Fraction(len(there)), "excluded": Fraction(0),
           "missing": Fraction(missing)}
    if min(len(there), len(control)) < max(1, int(spec["minimum"])):
        if spec["too_few"] == "refuse":
            raise refused("too few")
        return dict(out, rate=Fraction(0))
    mean = sum(control, Fraction(0)) / len(control)
    if mean == 0:
        raise refused("the control group's mean is 0")
    return dict(out, rate=(mean - sum(values[p]["value"] for p in there) / len(there)) / mean)


def claims(spec, rows, target, number, refused):
    """CLAIMS-1."""
    per_person, left_out = {}, 0
    for row in rows(spec["table"]):
        if row("validated") in spec["table"].get("true", ["yes"]) \
                and per_person.get(row("id"), 0) < int(spec.get("per_person", 10 ** 9)):
            per_person[row("id")] = per_person.get(row("id"), 0) + 1
        else:
            left_out += 1
    return {"claims": Fraction(sum(per_person.values())), "persons": Fraction(len(per_person)),
            "excluded": Fraction(left_out), "missing": Fraction(0)}


def milestones(spec, rows, target, number, refused):
    """MILESTONE-1."""
    held, wanted = {}, int(spec["months"].split()[0])
    for row in rows(spec["table"]):
        if row("held") != "":
            year, month = row("month").split("-")[:2]
            held.setdefault(row("id"), {})[int(year) * 12 + int(month)] = row("held") in \
                spec["table"].get("true", ["yes"])
    there = {p for p in target if p in held and len(held[p]) == max(held[p]) - min(held[p]) + 1}
    missing = lacking(spec, target, there, refused)
    is_left_out = spec["missing"] == "exclude"
    count = 0
    for p in there if is_left_out else target & set(held):
        longest = run = 0
        for at in range(min(held[p]), max(held[p]) + 1):
            run = run + 1 if held[p].get(at) else 0
            longest = max(longest, run)
        count += longest >= wanted
    return counted(len(there) if is_left_out else len(target), missing, count)
