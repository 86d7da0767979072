"""Random outcomes with random tables, for generate.py. Each function draws one kind of `measure` for the
people of a target group and gives its part of the contract."""

CORE = {"swedish": ["svenska", "sva"], "english": ["engelska"], "mathematics": ["matematik"]}
OTHERS = ["bild", "biologi", "fysik", "historia", "idrott", "kemi", "musik", "slöjd"]
ENROLMENTS = ["not_active", "introductory_or_adult", "national_reduced", "national"]


def school_points(m, people):
    fields = ["id", "scheme", "complete", "ability_change", "enrolment_before", "enrolment_after",
              "attendance_before", "attendance_after", "home_schooling", "no_place"]
    spec, rows, grades = m.dialect(fields, {}), [], []
    is_refusing = m.chance(0.3)  # then data without holes, or next to nothing is settled
    for person in people:
        scheme = m.pick("12234")
        after = ENROLMENTS + (["abstained", "dropped_out"] if scheme == "3" else [])
        row = dict.fromkeys(fields, "")
        row.update(id=person["id"], scheme=scheme, complete=m.pick(["yes", "yes", "no"]),
                   home_schooling="yes" if m.chance(0.1) else "no", no_place=m.pick(["yes", "no"]))
        if scheme == "1":
            row["ability_change"] = m.pick(["negative", "unchanged", "positive"])
        for at, words in (("before", ENROLMENTS), ("after", after)):
            if scheme == "4" or scheme == "3" and at == "after":
                row["enrolment_" + at] = m.pick(words)
                row["attendance_" + at] = "" if m.chance(0.1) and not is_refusing else str(
                    m.pick([79, 80, 81, 0, 100, m.random.randint(0, 100)]))
        rows.append(row)
        if scheme == "2":
            grades += marks(m, person["id"], is_refusing)
    m.random.shuffle(rows)
    m.write(spec, fields, rows)
    grade_fields = ["id", "occasion", "subject", "grade"]
    table = m.dialect(grade_fields, {})
    m.random.shuffle(grades)
    m.write(table, grade_fields, grades)

    def reading(*words):
        return m.pick(words) if is_refusing else m.pick([w for w in words if w != "refuse"])
    return {"measure": "school_points", "people": spec, "grades": table,
            "core": {name: list(names) for name, names in CORE.items()},
            "active_attendance": m.pick(["80%", "4/5", "0.795"]),
            "incomplete": m.pick(["exclude", "count"]), "improved": m.pick(["sum > 0", "persons >= 3"]),
            "readings": {
                "national_reduced_in_scheme_3": m.pick(["points_1", "points_2"]),
                "one_core_six_other": m.pick(["clearly_failed", "failed"]),
                "two_core_three_other": m.pick(["clearly_failed", "failed"]),
                "core_without_grade": reading("failed", "passed", "refuse"),
                "without_grades": reading("exclude", "refuse"),
                "without_attendance": reading("not_active", "exclude", "refuse")}}


def marks(m, id, is_whole):
    """Grades at both occasions; the worse the pupil, the more F."""
    out = []
    for occasion in "12":
        if m.chance(0.1) and not is_whole:
            continue
        letters = "ABCDEF" + "F" * m.random.randint(0, 8) + "D" * m.random.randint(0, 8)
        cores = [m.pick(names) for names in CORE.values() if is_whole or not m.chance(0.1)]
        for subject in cores + (OTHERS if is_whole else m.some(OTHERS)):
            out.append({"id": id, "occasion": occasion, "subject": subject, "grade": m.pick(letters)})
    return out


def scales(m, people):
    names = m.some(["mood", "trust", "sleep"])
    fields, last = ["id", "measure", "occasion", "value"], m.random.randint(2, 4)
    spec, rows = m.dialect(fields, {}), []
    for person in people:
        for name in names:
            for t in range(1, last + 1):
                if not m.chance(0.08):
                    rows.append({"id": person["id"], "measure": name, "occasion": str(t),
                                 "value": str(m.random.randint(0, 9))})
    m.random.shuffle(rows)
    m.write(spec, fields, rows)
    return {"measure": "scales", "table": spec, "occasions": str(last),
            "improved": "persons > 2",
            "scales": {n: {"low": "0", "high": "9", "better": m.pick(["lower", "higher"])} for n in names}}


def missing(m, *words):
    """The rule for missing values, and how often a value is missing."""
    rule = m.pick(words + ("refuse",)) if m.chance(0.4) else m.pick(words)
    return rule, 0 if rule == "refuse" and m.chance(0.7) else 0.15


def reached(m, people):
    is_change = m.chance(0.5)
    fields = ["id", "value"] + (["occasion"] if is_change else [])
    rule, gap = missing(m, "exclude", "fail")
    spec, rows = m.dialect(fields, {}), []
    for person in people:
        for t in "12" if is_change else "1":
            if not m.chance(gap):
                rows.append({"id": person["id"], "occasion": t,
                             "value": "" if m.chance(gap) else str(m.random.randint(-9, 9))})
    m.write(spec, fields, rows)
    return {"measure": "reached", "table": spec, "missing": rule,
            "look_at": "change" if is_change else "level",
            m.pick(["at_least", "at_most"]): str(m.random.randint(-5, 5)),
            "improved": m.pick(["sum >= 2", "persons > 1"])}


def rate(m, people):
    fields = ["id", "numerator", "denominator"]
    rule, gap = missing(m, "exclude")
    spec = m.dialect(fields, {})
    m.write(spec, fields, [{"id": p["id"], "numerator": "" if m.chance(gap) else str(m.random.randint(0, 5)),
                            "denominator": "" if m.chance(gap) else str(m.random.randint(1, 9))}
                           for p in people if not m.chance(gap)])
    return {"measure": "rate", "table": spec, "missing": rule, "improved": "rate >= 30%"}


def reduction(m, people):
    fields = ["id", "value"]
    rule, gap = missing(m, "exclude")
    spec, control = m.dialect(fields, {}), m.dialect(fields, {})
    m.write(spec, fields, [{"id": p["id"], "value": "" if m.chance(gap) else str(m.random.randint(0, 9))}
                           for p in people if not m.chance(gap)])
    m.write(control, fields, [{"id": "C%d" % i, "value": str(m.random.randint(1, 9))}
                              for i in range(m.random.randint(1, 6))])
    return {"measure": "reduction", "table": spec, "control": control, "missing": rule,
            "minimum": str(m.random.randint(0, 3)), "too_few": m.pick(["rate_0", "rate_0", "refuse"]),
            "improved": "rate >= 10%"}


def claims(m, people):
    fields = ["id", "validated"]
    spec = m.dialect(fields, {})
    rows = [{"id": p["id"], "validated": m.pick(["yes", "yes", "no"])} for p in people
            for _ in range(m.random.randint(0, 5))]
    m.random.shuffle(rows)
    m.write(spec, fields, rows)
    out = {"measure": "claims", "table": spec, "improved": "claims >= 5"}
    if m.chance(0.5):
        out["per_person"] = str(m.random.randint(1, 4))
    return out


def milestones(m, people):
    fields = ["id", "month", "held"]
    rule, gap = missing(m, "exclude", "fail")
    spec, rows = m.dialect(fields, {}), []
    for person in people:
        first = m.random.randint(0, 20)
        rows += [{"id": person["id"], "month": "%04d-%02d" % (2015 + t // 12, t % 12 + 1),
                  "held": m.pick(["yes", "yes", "no"])}
                 for t in range(first, first + m.random.randint(1, 14)) if not m.chance(gap / 2)]
    m.random.shuffle(rows)
    m.write(spec, fields, rows)
    return {"measure": "milestones", "table": spec, "missing": rule,
            "months": "%d months" % m.random.randint(2, 5), "improved": "sum > 1"}


KINDS = [school_points, school_points, scales, reached, rate, reduction, claims, milestones]
FIGURES = {"school_points": ["sum", "persons"], "scales": ["persons"], "reached": ["sum", "persons"],
           "rate": ["persons"], "reduction": ["persons"], "claims": ["claims", "persons"],
           "milestones": ["sum", "persons"]}
