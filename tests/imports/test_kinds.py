"""Leads, contacts, relations and deals go through the same screens, each in its own section and words."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.imports import kinds, uploading
from contacts.imports.models import ImportRun, Job, RememberedMapping
from contacts.sections import sections
from tests.factories import ContactFactory

from .conftest import csv_bytes, row, upload, work

pytestmark = pytest.mark.django_db

UPLOAD = "/contacts/imports/new/"
KINDS = {"lead": "leads", "contact": "contacts", "relation": "relations", "deal": "deals"}
ROWS = {"lead": row(1), "contact": row(1), "relation": {"Name": "Banco de Altea"},
        "deal": {"Name": "Villa in Altea", "Contacts": "ines@example.com"}}  # fmt: skip


@pytest.fixture(autouse=True)
def _client(account):
    """The client of a deal."""
    ContactFactory(account=account, email="ines@example.com")


def address(run, name):
    return reverse(f"imports:{name}", args=[run.pk])


def current(page):
    """What the sidebar marks, and where the head of the page leads."""
    return page.context["section"], page.context["kind"].list_url


@pytest.mark.parametrize(("kind", "section"), KINDS.items())
def test_the_button_of_a_section_leads_to_its_own_upload(as_admin, kind, section):
    assert sections[section].import_url == kinds.get(kind).upload_url == f"{UPLOAD}?kind={kind}"
    assert f'href="{UPLOAD}?kind={kind}"' in as_admin.get(reverse(f"{section}:list")).content.decode()


@pytest.mark.parametrize(("kind", "section"), KINDS.items())
def test_upload_says_what_is_imported_and_offers_the_others(as_admin, kind, section):
    page = as_admin.get(UPLOAD, {"kind": kind})
    text = page.content.decode()

    assert current(page) == (section, f"/{section}/")
    assert f"Import {section} from a file" in text
    assert f'href="{UPLOAD}?kind={kind}" aria-current="page"' in text
    for other in KINDS:
        assert f'href="{UPLOAD}?kind={other}"' in text


@pytest.mark.parametrize(("kind", "section"), KINDS.items())
def test_only_admins_import_and_only_they_are_led_there(as_agent, account, admin, kind, section):
    run = uploading.start(account, admin, upload([ROWS[kind]]), kind)

    assert as_agent.get(UPLOAD, {"kind": kind}).status_code == 403
    assert as_agent.get(address(run, "verify")).status_code == 403
    assert "imports/new" not in as_agent.get(reverse(f"{section}:list")).content.decode()


@pytest.mark.parametrize("kind", ["", "deals", "x" * 5000, "\x00"])
def test_a_kind_that_does_not_exist_is_contacts(as_admin, kind):
    assert current(as_admin.get(UPLOAD, {"kind": kind})) == ("contacts", "/contacts/")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_sent_becomes_a_run_of_the_kind(as_admin, kind):
    as_admin.post(f"{UPLOAD}?kind={kind}", {"file": SimpleUploadedFile("a.csv", csv_bytes([ROWS[kind]]))})

    run = ImportRun.objects.get()
    assert (run.kind, run.options) == (kind, kinds.get(kind).default_options)


@pytest.mark.parametrize(("kind", "section"), KINDS.items())
def test_every_step_stands_in_the_section_of_the_kind(as_admin, imported, agent, kind, section):
    run = imported([ROWS[kind], {name: "" if name != "Email" else "x" for name in [*ROWS[kind], "Email"]}], kind=kind)

    for name in ("mapping", "verify", "run"):
        page = as_admin.get(address(run, name))
        assert (page.status_code, current(page)) == (200, (section, f"/{section}/"))
    work(run, Job.UNDO)
    words = f"1 {kind} is in the trash" if run.undone else "has been undone"
    assert words in " ".join(as_admin.get(address(run, "run")).content.decode().split())


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_of_a_kind_can_be_imported_as_it_is(as_admin, account, admin, kind):
    answer = as_admin.get(reverse("imports:sample"), {"kind": kind})
    content = b"".join(answer.streaming_content)

    run = uploading.start(account, admin, upload(content), kind)
    from contacts.imports import mapping

    mapping.save(run, run.places, {})
    work(run, Job.VERIFY)

    header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert header == [str(column.label) for column in kinds.get(kind).columns.values()]
    assert answer["Content-Disposition"] == f'attachment; filename="tesoro-{KINDS[kind]}.csv"'
    if kind != "relation":
        assert run.staged.get().errors == []


OPTIONS = {
    "lead": ["default_type", "default_property_type", "default_country", "unknown_owners", "unknown_relations"],
    "contact": ["default_role", "default_country", "unknown_owners", "unknown_relations"],
    "relation": ["default_country"],
    "deal": ["default_type", "unknown_owners"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_options_of_the_mapping_are_those_of_the_kind(as_admin, account, admin, kind):
    run = uploading.start(account, admin, upload([ROWS[kind]]), kind)

    form = as_admin.get(address(run, "mapping")).context["form"]

    assert list(form.fields) == [*OPTIONS[kind], "on_existing", "remember"]
    assert dict(form.fields["on_existing"].choices)["update"] == f"Update the {kind}"


def test_a_lead_without_type_is_proposed_to_be_a_buyer_which_can_be_declined(as_admin, account, admin):
    run = uploading.start(account, admin, upload([row(1)]), "lead")
    form = as_admin.get(address(run, "mapping")).context["form"]
    assert (form["default_type"].value(), form["default_property_type"].value()) == ("buyer", "other")

    fields = {f"column-{place}": name for place, name in run.places.items()}
    as_admin.post(address(run, "mapping"), {**fields, "default_type": "", "on_existing": "error"})

    run.refresh_from_db()
    assert "default_type" not in run.options
    assert as_admin.get(address(run, "mapping")).context["form"]["default_type"].value() in (None, "")


def test_a_missing_type_leads_back_to_the_option(as_admin, verified):
    cells = row(1)
    del cells["Role"]
    run = verified([cells], kind="lead", default_type="")

    assert "Choose a lead type for rows without one" in as_admin.get(address(run, "verify")).content.decode()


def test_a_mapping_is_remembered_for_its_kind_alone(account, admin, verified):
    verified([row(1)], kind="lead")

    assert RememberedMapping.objects.get().kind == "lead"
    assert uploading.start(account, admin, upload([row(1)])).mapping["5"] == "role"


@pytest.mark.parametrize("kind", KINDS)
def test_the_history_names_the_kind_and_can_be_narrowed_to_it(as_admin, account, admin, kind):
    for other in KINDS:
        uploading.start(account, admin, upload([ROWS[other]]), other)

    everything = as_admin.get(reverse("imports:history"))
    narrowed = as_admin.get(reverse("imports:history"), {"kind": kind})

    assert [run.kind for run in everything.context["page"].rows] == list(KINDS)[::-1]
    assert [run.kind for run in narrowed.context["page"].rows] == [kind]
    assert f'<td data-col="kind">{kinds.get(kind).title}</td>' in narrowed.content.decode()
    assert narrowed.context["section"] == KINDS[kind]


def test_the_pages_of_a_narrowed_history_stay_narrowed(as_admin, account, admin):
    for _ in range(30):
        uploading.start(account, admin, upload([row(1)]), "lead")

    text = as_admin.get(reverse("imports:history"), {"kind": "lead"}).content.decode()

    assert 'href="?kind=lead&amp;after=' in text


SUGGESTED = {
    "Lead type": "Landlord",
    "Status": "Qualified",
    "Property types": "Penthouse",
    "Source": "Radio/TV Advertising",
}


@pytest.mark.parametrize("column", SUGGESTED)
def test_where_a_cell_of_a_lead_comes_from_a_list_the_list_is_offered(as_admin, verified, column):
    cells = {**row(1), "Lead type": "", "Status": "", "Property types": "", "Source": ""}
    run = verified([cells], kind="lead")

    place = run.columns.index(column)
    page = as_admin.get(reverse("imports:cell", args=[run.pk, 2, place])).content.decode()

    assert f'<option value="{SUGGESTED[column]}">' in page
    assert '<option value="Converted">' not in page


def test_a_name_that_another_relation_has_links_to_it(as_admin, account, verified):
    from tests.factories import RelationFactory

    known = RelationFactory(account=account, name="Banco de Altea")
    run = verified([{"Name": "banco de altea"}], kind="relation")

    page = as_admin.get(address(run, "verify")).content.decode()

    assert f'href="{known.get_absolute_url()}">Open Banco de Altea in Relations' in page
