"""Imports: rows a second from file to findable contacts, against django-import-export's own row loop; peak memory.

Each figure is measured in a process of its own on a database of its own, so that neither memory nor caches are shared.
``import_data`` runs dry and then for real, as Verify and Import need it, with model validation, on fewer rows of the
same file: its time grows with the rows, its speed does not.
"""

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure

SIZES = (10_000, 100_000)
LEADS = 10_000
MEMORY_SIZES = (1_000, 100_000)
FLOOR_ROWS = 2_000
FIRST = ["Ana", "Katharina", "Jürgen", "Núria", "Cornelis", "Brünhilde", "Rosalía", "Piet", "Zoë", "Guadalupe"]
LAST = ["García", "von Hohenfels", "Überacker-Sánchez", "van Leeuwenhoek", "O'Brien", "Iturriaga", "Groß", "Lefèvre"]
PHONES = ["+34 612 34 {:02d} {:02d}", "+49 1512 3{:02d}6{:02d}9", "+31 6 12{:02d}56{:02d}", "+44 7400 12{:02d}{:02d}",
          "+33 6 12 34 {:02d} {:02d}"]  # fmt: skip
CRITERIA = {
    "Lead type": ["Buyer", "Comprador", ""], "Status": ["New", "Contacted", "Qualified"], "Stage": ["Hot", "Frío", ""],
    "Source": ["Idealista", "Website", "Empfehlung"], "Property types": ["Villa, Penthouse", "Piso", "Haus; Finca"],
    "Locations": ["Marbella, Estepona", "Altea"], "Price from": ["400k", "1.250.000", ""], "Price to": ["2m", ""],
    "Bedrooms": ["3", ""], "Area from": ["120 m²", ""], "Features": ["pool, sea view", ""], "Timing": ["6 Monate", ""],
}  # fmt: skip
HEADER = ["First name", "Last name", "Email", "Phone", "Owner email", "Role", "Language", "Street", "Zip code", "City",
          "Country", "Notes"]  # fmt: skip


def rows(count: int) -> Iterator[list[str]]:
    """Yield rows of five countries, of which 3 in 100 are bad in one of five ways."""
    draw = random.Random(7)
    for number in range(count):
        domain = f"mail{draw.randrange(20_000)}.example.org" if draw.random() < 0.3 else "example.com"
        row = [
            draw.choice(FIRST), draw.choice(LAST), f"person.{number}@{domain}",
            draw.choice(PHONES).format(draw.randrange(10, 99), draw.randrange(10, 99)), "owner@example.com",
            draw.choice(["Buyer", "Seller", "Comprador", "Notary"]), draw.choice(["de", "es", "Dutch", ""]),
            f"Calle Bernia {number % 90}", f"{number % 52_000:05d}", "Altea", draw.choice(["ES", "Germany", "Francia"]),
            draw.choice(["", "Looks for a view of the sea, pays cash."]),
        ]  # fmt: skip
        if draw.random() < 0.03:
            place, bad = draw.choice([(0, "Ma4ia"), (2, "nobody"), (3, "612 34 56 78"), (4, "x@example.com"), (1, "")])
            row[place] = bad
        yield row


def lead_rows(count: int) -> Iterator[list[str]]:
    """Yield the same people as leads: without role, with what they look for."""
    draw = random.Random(8)
    for row in rows(count):
        yield [*row[:5], *row[6:], *(draw.choice(cells) for cells in CRITERIA.values())]


def write_file(path: Path, count: int, kind: str) -> None:
    """Write a file of so many rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if kind == "lead":
            writer.writerow([*HEADER[:5], *HEADER[6:], *CRITERIA])
            writer.writerows(lead_rows(count))
        else:
            writer.writerow(HEADER)
            writer.writerows(rows(count))


def figures() -> Iterator[Figure]:
    """Yield the speed of imports, and their peak memory against that of a small one."""
    floor = _measure("floor", FLOOR_ROWS)["rows_per_second"]
    note = f"wanted: 40 times; floor: import_data, dry and real, validated, {FLOOR_ROWS} rows of the same kind"
    for size in SIZES:
        ours = _measure("engine", size)
        yield Figure(f"import, {size} rows", "rows/s", ours["rows_per_second"], floor, note)
    leads = _measure("engine", LEADS, "lead")
    yield Figure(f"import of leads, {LEADS} rows", "rows/s", leads["rows_per_second"], floor, note)
    small, large = (_measure("engine", size)["peak_mb"] for size in MEMORY_SIZES)
    note = f"wanted: at most 1.5 times; floor: the same with {MEMORY_SIZES[0]} rows"
    yield Figure(f"import, peak memory, {MEMORY_SIZES[1]} rows", "MB", large, small, note)


def _measure(what: str, count: int, kind: str = "contact") -> dict[str, float]:
    """Measure in a process and a directory of its own."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "people.csv"
        write_file(path, count, kind)
        command = [sys.executable, "-m", "tests.benchmarks.bench_import", what, str(path), kind]
        environment = {**os.environ, "VAR_DIR": directory}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])


def _on_a_database(what: str, path: Path, kind: str) -> dict[str, float]:
    """Set up Django on an empty database, and measure there."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tesoro.settings")
    django.setup()
    from tests.benchmarks.database import empty_database

    with empty_database():
        return {"floor": _floor, "engine": _engine}[what](path, kind)


def _office() -> tuple:
    from accounts.models import Account, User

    account = Account.objects.create(name="Bench")
    admin = User.objects.create_user("admin@example.com", account=account, role="admin")
    User.objects.create_user("owner@example.com", account=account)
    return account, admin


def _engine(path: Path, kind: str) -> dict[str, float]:
    """Upload, verify and import; the clock runs from the first byte read to the last commit."""
    from contacts.imports import jobs, mapping, uploading
    from contacts.imports.models import Job

    account, admin = _office()
    begin = time.perf_counter()
    with path.open("rb") as file:
        run = uploading.start(account, admin, file, kind)
    mapping.save(run, run.places, run.options)
    jobs.do(run, Job.VERIFY)
    verified = time.perf_counter()
    jobs.do(run, Job.IMPORT)
    seconds = time.perf_counter() - begin
    return {
        "rows_per_second": round(run.rows / seconds),
        "verify_seconds": round(verified - begin, 2),
        "seconds": round(seconds, 2),
        "created": run.created,
        "failed": run.failed,
        "peak_mb": _peak_mb(),
    }


def _floor(path: Path, kind: str) -> dict[str, float]:
    """The same rows through import_data: a dry run, then a real one."""
    import tablib

    from contacts.imports import kinds

    account, admin = _office()
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    dataset = tablib.Dataset(*lines, headers=header)
    begin = time.perf_counter()
    for dry_run in (True, False):
        resource = kinds.get(kind).resource(account=account, by=admin)
        result = resource.import_data(dataset, dry_run=dry_run)
    seconds = time.perf_counter() - begin
    return {
        "rows_per_second": round(len(lines) / seconds, 1),
        "created": result.totals["new"],
        "failed": result.totals["invalid"],
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss of a child begins at what its parent held when it was started
        return round(int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    print(json.dumps(_on_a_database(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
