"""Duplicates in a real browser: found by a worker, compared, merged, parted again; by keys, and without script."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import expect

from contacts.attachments.attaching import attach
from contacts.duplicates import scanning
from contacts.models import Person
from contacts.tasks.models import Task
from contacts.timeline.noting import write_note
from tests.e2e.steps import said, to, to_contacts
from tests.factories import ContactFactory, LeadFactory

LIST = reverse("duplicates:list")
PIECES = {
    "notes": ["Has a dog.", "Pays cash."],
    "tasks": ["Call about the dog", "Send the plans"],
    "attachments": ["dog.txt", "plans.txt"],
}


def furnished(person, agent, note, task, file):
    write_note(person, note, by=agent)
    Task(account=person.account, person=person, title=task).add(by=agent)
    attach(person, ContentFile(b"text", file), by=agent)
    return person


@pytest.fixture
def ana(account, agent):
    person = ContactFactory(
        account=account, assigned_to=agent, first_name="Ana", last_name="Mora", email="a@example.com"
    )
    return furnished(person, agent, "Pays cash.", "Send the plans", "plans.txt")


@pytest.fixture
def anna(account, agent):
    person = LeadFactory(account=account, assigned_to=agent, first_name="Anna", last_name="Mora", email="b@example.org")
    return furnished(person, agent, "Has a dog.", "Call about the dog", "dog.txt")


def compare(one, two):
    return reverse("duplicates:compare", args=[one.pk, two.pk])


def holds(page, person, tab, *pieces):
    """Expect the tab of a person to hold these pieces, and no other."""
    page.goto(reverse(f"{person.namespace}:{tab}", args=[person.pk]))
    for piece in [piece for group in PIECES.values() for piece in group]:
        expect(page.locator("main").get_by_text(piece, exact=True)).to_have_count(1 if piece in pieces else 0)


def as_before(page, ana, anna):
    for tab, (theirs, mine) in PIECES.items():
        holds(page, ana, tab, mine)
        holds(page, anna, tab, theirs)


@pytest.mark.database
def test_two_records_of_one_person_are_found_merged_and_parted_again(sign_in, admin, ana, anna, start_worker):
    page = sign_in(admin)
    to_contacts(page)
    page.locator("main summary[aria-label='More ways to create']").click()
    page.get_by_role("link", name="Find duplicates").click()
    page.get_by_role("button", name="Find duplicates").first.click()
    expect(page.get_by_text("Looking for duplicates …")).to_be_visible()
    start_worker()
    expect(page.locator(".pair .why")).to_contain_text("Same name and phone")
    page.get_by_role("link", name=re.compile("^Compare")).click()
    page.get_by_role("radiogroup", name="Email").get_by_text("b@example.org").click()
    page.keyboard.press("Control+s")

    said(page, "Anna Mora merged into Ana Mora")
    expect(page).to_have_url(re.compile(ana.get_absolute_url()))
    expect(page.locator(".timeline")).to_contain_text("merged Anna Mora into this record")
    for tab, pieces in PIECES.items():
        holds(page, ana, tab, *pieces)
    page.goto(anna.get_absolute_url())
    expect(page.get_by_text("Everything that belonged to this record is there now.")).to_be_visible()
    page.get_by_role("link", name="Undo the merge").click()
    page.get_by_role("button", name="Undo the merge").click()

    said(page, "are separate records again")
    as_before(page, ana, anna)
    assert sorted(Person.objects.values_list("email", flat=True)) == ["a@example.com", "b@example.org"]


def test_undo_stands_in_the_toast(sign_in, admin, ana, anna):
    page = sign_in(admin)
    page.goto(compare(ana, anna))
    page.get_by_role("button", name="Merge").click()
    said(page, "merged into")
    page.locator("#toasts").get_by_role("button", name="Undo").click()

    said(page, "are separate records again")
    as_before(page, ana, anna)
    assert Person.objects.filter(pk__in=[ana.pk, anna.pk]).count() == 2


def test_everything_is_done_by_keys(sign_in, admin, ana, anna):
    page = sign_in(admin)
    page.goto(compare(ana, anna))
    email = page.get_by_role("radiogroup", name="Email").get_by_role("radio")
    expect(email.nth(1)).to_be_checked()
    email.nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(email.nth(0)).to_be_checked()
    page.keyboard.press("Control+s")

    said(page, "merged into")
    assert Person.objects.get(pk=ana.pk).email == "a@example.com"


def test_what_is_not_the_same_leaves_the_list_and_comes_back_by_undo(sign_in, account, admin, ana, anna):
    scanning.work(scanning.start(account, by=admin).pk)
    page = sign_in(admin)
    page.goto(LIST)
    page.get_by_role("button", name="Ana Mora and Anna Mora are not the same").click()
    said(page, "are not the same")
    expect(page.get_by_text("No two records look like the same person.")).to_be_visible()
    page.locator("#toasts").get_by_role("button", name="Undo").click()

    expect(page.locator(".pair")).to_have_count(1)


def test_a_colleague_who_was_faster_is_told_and_nothing_chosen_is_lost(sign_in, admin, agent, ana, anna):
    page = sign_in(admin)
    page.goto(compare(ana, anna))
    page.get_by_role("radiogroup", name="First name").get_by_text("Ana", exact=True).click()
    ana.city = "Jávea"
    ana.revise(by=agent, version=ana.version)
    page.get_by_role("button", name="Merge").click()

    expect(page.get_by_role("alert")).to_contain_text("Lucía Fernández-Ocaña saved Ana Mora")
    expect(page.get_by_role("radiogroup", name="First name").get_by_role("radio").nth(0)).to_be_checked()
    page.get_by_role("button", name="Merge").click()
    said(page, "merged into")
    found = Person.objects.get(pk=ana.pk)
    assert (found.first_name, found.city) == ("Ana", "Jávea")


def test_all_of_it_works_without_script_on_a_phone(sign_in, account, admin, ana, anna):
    scanning.work(scanning.start(account, by=admin).pk)
    page = sign_in(admin, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(LIST)
    page.get_by_role("link", name=re.compile("^Compare")).click()
    page.get_by_role("radiogroup", name="Email").get_by_role("radio").nth(0).check()
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Anna Mora merged into Ana Mora")).to_be_visible()
    to(page, ana, "notes")
    expect(page.get_by_text("Has a dog.")).to_be_visible()
    page.goto(reverse("duplicates:merges"))
    page.get_by_role("link", name="Anna Mora into Ana Mora").click()
    page.get_by_role("button", name="Undo the merge").click()

    expect(page.get_by_text("are separate records again")).to_be_visible()
