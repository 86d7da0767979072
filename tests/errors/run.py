"""Runs utfall on inputs with faults and compares every byte of what it says.

    run.py UTFALL FOLDER [--update] [NAME ...]

FOLDER holds one contract a case (NAME.yaml with NAME.expected beside it), or one folder a case
(NAME/ with the files that are wrong and `expected`), laid over those of base/. Contracts are given
to `utfall check`, tables to `utfall settle`, unless the case has a file `cmd` with other arguments.
An expected file is what standard error says, and then the line `exit N`. When the input is refused,
nothing may be on standard output and no file may be made or changed. Expected files are rewritten
only on --update; then read every line of them.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC"}


def snapshot(folder):
    """Every file below a folder, with what changes when it is written."""
    found = {}
    for path in folder.rglob("*"):
        about = path.stat()
        found[path] = (about.st_size, about.st_mtime_ns, about.st_ino, about.st_mode)
    return found


def run(utfall, folder, arguments):
    """What the command said, and complaints about what it did besides."""
    before = snapshot(folder)
    done = subprocess.run([utfall, *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True,
                          timeout=60, check=False)
    said = done.stderr.decode("utf-8")
    if said and not said.endswith("\n"):
        said += "\n"
    complaints = []
    if done.returncode != 0:
        if done.stdout:
            complaints.append("standard output is not empty: " + repr(done.stdout[:200]))
        if snapshot(folder) != before:
            complaints.append("files were made or changed")
    if done.returncode < 0 or done.returncode == 70:
        complaints.append("the program broke")
    return f"{said}exit {done.returncode}\n", complaints


def lay_out(case, folder):
    """The files of a case in a folder of its own: base first, then the case's."""
    for source in (case.parent / "base", case):
        for path in sorted(source.iterdir()):
            if path.name not in ("expected", "cmd", "WHY.md"):
                if path.is_dir():
                    (folder / path.name).unlink(missing_ok=True)
                    shutil.copytree(path, folder / path.name)
                else:
                    shutil.copyfile(path, folder / path.name)
    absent = case / "absent"
    if absent.exists():
        for name in (folder / "absent").read_text().split():
            (folder / name).unlink()
        (folder / "absent").unlink()


def cases(folder):
    """(name, case, expected file) of every case."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".yaml":
            yield path.stem, path, path.with_suffix(".expected")
        elif path.is_dir() and path.name not in ("base", "data"):
            yield path.name, path, path / "expected"


def run_case(utfall, case, shared):
    """A contract runs in `shared`, a copy of all of them; tables run in a folder of their own."""
    if not case.is_dir():
        return run(utfall, shared, ["check", case.name])
    with tempfile.TemporaryDirectory(prefix="utfall-errors-") as made:
        folder = pathlib.Path(made)
        lay_out(case, folder)
        arguments = ["settle", "contract.yaml", "--quiet"]
        if (case / "cmd").exists():
            arguments = (case / "cmd").read_text().split()
        return run(utfall, folder, arguments)


def compare(name, got, expected):
    if got == expected:
        return True
    print(f"{name}: differs\n--- expected\n{expected}--- got\n{got}")
    return False


def run_all(utfall, folder, names, update, shared):
    count = failed = 0
    for name, case, expected_path in cases(folder):
        if names and name not in names:
            continue
        count += 1
        got, complaints = run_case(utfall, case, shared)
        for complaint in complaints:
            print(f"{name}: {complaint}")
        failed += bool(complaints)
        if update:
            expected_path.write_text(got, encoding="utf-8")
        elif not expected_path.exists():
            print(f"{name}: no expected file")
            failed += 1
        else:
            failed += not compare(name, got, expected_path.read_text(encoding="utf-8"))
    print(f"{count} cases, {failed} failed")
    return 1 if failed or count == 0 else 0


def main():
    arguments = [a for a in sys.argv[1:] if a != "--update"]
    utfall, folder = pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1])
    with tempfile.TemporaryDirectory(prefix="utfall-errors-") as made:
        shared = pathlib.Path(made) / "shared"
        shutil.copytree(folder, shared, ignore=shutil.ignore_patterns("*.expected", "expected"))
        return run_all(utfall, folder, set(arguments[2:]), "--update" in sys.argv, shared)


sys.exit(main())
