"""Files of contacts, leads and relations, made on the spot, and runs of them."""

import csv
import io

import pytest

from contacts.imports import jobs, kinds, mapping, uploading
from contacts.imports.models import Job

HEADER = ["First name", "Last name", "Email", "Phone", "Owner email", "Role"]


def row(number=1, **changes):
    """A row that an import takes; each number another person."""
    cells = {
        "First name": "Katharina",
        "Last name": "Hohenfels",
        "Email": f"k{number}@example.com",
        "Phone": "+34 612 34 56 78",
        "Owner email": "lucia@example.com",
        "Role": "Buyer",
    }
    return {**cells, **changes}


def csv_bytes(rows, header=None, delimiter=",", encoding="utf-8"):
    """Rows, as dicts or lists, as the bytes of a file."""
    header = header or list(rows[0])
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([line.get(name, "") for name in header] if isinstance(line, dict) else line for line in rows)
    return buffer.getvalue().encode(encoding)


def upload(content, name="people.csv"):
    """A file as a browser sends it."""
    file = io.BytesIO(content if isinstance(content, bytes) else csv_bytes(content))
    file.name = name
    return file


@pytest.fixture
def verified(account, admin, agent):
    """Return a function: a file uploaded, mapped as proposed, and verified, with the kind's options unless given."""

    def verify(content, mapped=None, kind="contact", **options):
        run = uploading.start(account, admin, upload(content), kind)
        mapping.save(run, mapped or run.places, {**kinds.get(kind).default_options, **options})
        work(run, Job.VERIFY)
        return run

    return verify


@pytest.fixture
def imported(verified):
    """Return a function: a file verified and imported."""

    def do_import(content, **options):
        run = verified(content, **options)
        work(run, Job.IMPORT)
        return run

    return do_import


def work(run, job):
    """Start a job and do it here and now."""
    jobs.do(run, Job(job))
