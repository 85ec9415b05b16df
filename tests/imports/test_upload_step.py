"""Upload: a file is taken and leads to its mapping, or is refused beside the field with line and reason."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.imports import jobs, mapping, uploading
from contacts.imports.models import ImportRun, Job, Status
from contacts.imports.source import MAX_BYTES

from .conftest import csv_bytes, row
from .conftest import upload as as_file

pytestmark = pytest.mark.django_db

URL = "/contacts/imports/new/"


def send(client, content, name="kunden.csv"):
    """Upload these bytes."""
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def test_the_page_says_what_a_file_needs(as_admin):
    page = as_admin.get(URL).content.decode()

    for words in ("First name", "Owner email", "At most 50 MB", reverse("imports:sample")):
        assert words in page


def test_a_file_leads_to_its_mapping(as_admin, admin):
    answer = send(as_admin, csv_bytes([row()], delimiter=";", encoding="cp1252"))

    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("imports:mapping", args=[run.pk])
    assert (run.user, run.file_name, run.delimiter, run.rows) == (admin, "kunden.csv", ";", 1)


def test_a_file_that_does_not_fit_in_memory_is_taken_too(as_admin):
    content = csv_bytes([row(number, Notes="x" * 400) for number in range(8000)])
    assert len(content) > 2_621_440

    assert send(as_admin, content).status_code == 302


REFUSED = {
    "nothing": b"",
    "only blanks": b"\n\n  \n",
    "only a header": b"First name,Last name\n",
    "an Excel workbook": b"PK\x03\x04[Content_Types].xml xl/workbook.xml",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "noise": bytes(range(256)) * 40,
    "a quote that is never closed": b'First name,Email\nAnna,"anna@example.com\nBo,bo@example.com\n',
    "too many columns": b",".join(b"c%d" % number for number in range(2001)) + b"\n" + b"," * 2000 + b"x\n",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_beside_the_field(as_admin, content):
    answer = send(as_admin, content)

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert 'id="id_file_error"' in answer.content.decode()
    assert not ImportRun.objects.exists()


STRANGE = {
    "NUL bytes": b"First name,Email\nAn\x00na,anna@example.com\n",
    "ragged rows": b"First name,Email\nAnna\nBo,bo@example.com,1,2,3\n",
    "a header twice": b"Email,Email\na@example.com,b@example.com\n",
    "no header": b"Anna,anna@example.com,+34612345678\n",
    "2,000 columns": b",".join(b"c%d" % number for number in range(2000)) + b"\n" + b"," * 1999 + b"x\n",
    "a cell of 5 MB": b"First name,Notes\nAnna," + b"x" * 5_000_000 + b"\n",
    "UTF-16": "Vorname;Email\nJörg;j@example.com\n".encode("utf-16"),
    "UTF-32": "Vorname;Email\nJörg;j@example.com\n".encode("utf-32"),
    "line ends of old Macs": b"Vorname;Email\rAnna;anna@example.com\r",
    "formulas": b"First name,Email\n=cmd|' /C calc'!A0,@SUM(1)\n",
}


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_a_strange_file_is_taken_and_its_mapping_shown(as_admin, content):
    answer = as_admin.post(URL, {"file": SimpleUploadedFile("strange.csv", content)}, follow=True)

    assert (answer.status_code, answer.redirect_chain[-1][0]) == (
        200,
        reverse("imports:mapping", args=[ImportRun.objects.get().pk]),
    )


def test_a_file_of_more_than_50_mb_is_refused(as_admin, monkeypatch):
    monkeypatch.setattr("contacts.imports.sniffing.MAX_BYTES", 100)

    answer = send(as_admin, csv_bytes([row()]))

    assert answer.context["form"].errors["file"] == [
        "The file is larger than 50 MB. Split it and import the parts one after another."
    ]
    assert f'data-max-bytes="{MAX_BYTES}"' in answer.content.decode()


def test_the_line_of_an_open_quote_is_told(as_admin):
    answer = send(as_admin, REFUSED["a quote that is never closed"])

    assert "line 2" in answer.context["form"].errors["file"][0]


def test_no_file_at_all_is_told_beside_the_field(as_admin):
    answer = as_admin.post(URL)

    assert answer.context["form"].errors["file"] == ["Choose a CSV file."]


def test_the_name_of_a_file_cannot_hurt(as_admin):
    answer = send(as_admin, csv_bytes([row()]), name='<b>"../../kunden".csv')

    page = as_admin.get(answer["Location"]).content.decode()
    assert "<b>" not in page.partition('class="file-name">')[2][:80]


def test_an_import_that_waits_is_offered_again(as_admin, account, admin):
    run = uploading.start(account, admin, as_file([row()]))

    assert reverse("imports:here", args=[run.pk]) in as_admin.get(URL).content.decode()


def test_an_import_that_is_over_is_not_offered_again(as_admin, imported):
    run = imported([row()])

    assert reverse("imports:here", args=[run.pk]) not in as_admin.get(URL).content.decode()


def test_the_sample_can_be_imported_as_it_is(as_admin, account, admin):
    content = b"".join(as_admin.get(reverse("imports:sample")).streaming_content)
    run = uploading.start(account, admin, as_file(content))
    mapping.save(run, run.places, {})
    jobs.do(run, Job.VERIFY)

    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[:2] == ["First name", "Last name"]
    assert (run.status, run.staged.get().errors) == (Status.VERIFIED, [])
