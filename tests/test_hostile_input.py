"""Whatever a browser sends: an answer, never a crash. On both databases, which break on different things."""

import pytest
from django.urls import reverse

LIST = reverse("contacts:list")
HOSTILE = [
    "\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "9" * 30, "9" * 4400, "-1", "1e9", "0x1", "٣",
    "[[[[[[[[", "'\" OR 1=1 --", "a" * 5000, "%", "\u202e", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00",
    "2026-01-01T00:00:00", "🙂" * 50, " ", "WyJ4Iiwx", "Infinity", "NaN",
]  # fmt: skip
PARAMETERS = ["q", "sort", "per_page", "after", "before", "role", "agent", "tag", "language", "country", "relation",
              "do_not_contact", "created", "last_activity"]  # fmt: skip


def _addresses():
    yield from ((LIST, name) for name in PARAMETERS)
    for address in (reverse("leads:list"), reverse("contacts:filters"), reverse("contacts:count")):
        yield from ((address, name) for name in ("q", "agent", "tag"))
    for address in (reverse("contacts:email-check"), reverse("contacts:phone-check")):
        yield from ((address, "value"), (address, "id"))
    yield from ((reverse("trash:list"), name) for name in ("q", "after", "before", "refused"))
    yield from ((reverse("imports:history"), name) for name in ("after", "before", "page"))


@pytest.mark.parametrize(("address", "name"), list(_addresses()))
def test_no_word_of_the_address_bar_breaks_a_page(as_admin, contact, address, name):
    for value in HOSTILE:
        assert as_admin.get(address, {name: value}).status_code < 500, value


POSTS = [
    ("contacts:bulk-trash", ["id", "all", "scope", "next"]),
    ("contacts:bulk-tags", ["tag", "id"]),
    ("contacts:bulk-untagging", ["tag"]),
    ("contacts:bulk-assignment", ["agent"]),
    ("contacts:views", ["name", "query"]),
    ("trash:restoration", ["moment", "id", "one", "q", "next"]),
    ("trash:deletion", ["typed", "id", "q"]),
]


@pytest.mark.parametrize(("url_name", "names"), POSTS)
def test_no_posted_word_breaks_an_action(as_admin, contact, url_name, names):
    for name in names:
        for value in HOSTILE:
            data = {"id": contact.pk, "all": "1", "scope": f"{name}={value}", name: value}
            assert as_admin.post(reverse(url_name), data).status_code < 500, (name, value)


FIELDS = [
    "first_name", "email", "phone", "role", "assigned_to", "relation", "tags", "notes", "street", "country", "version",
    "do_not_contact", "mine", "typed-phone",
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_of_the_form_breaks_it(as_admin, admin, contact, field):
    for value in HOSTILE:
        for address in (reverse("contacts:create"), reverse("contacts:edit", args=[contact.pk])):
            assert as_admin.post(address, {"assigned_to": admin.pk, "version": "1", field: value}).status_code < 500, (
                value
            )
