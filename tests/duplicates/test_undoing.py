"""Undoing a merge: exactly as before, but for what has happened since; refused with the reason."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from contacts.duplicates.models import UNDO_DAYS, Merge
from contacts.duplicates.models.merge import MEMORY
from contacts.duplicates.undoing import undo, why_not
from contacts.emails import composing
from contacts.models import Kind, Person
from contacts.models.photos import set_photo
from contacts.models.trashing import purge_people, restore_people
from contacts.timeline.noting import write_note
from leads.converting import revert
from leads.models import Lead
from tests.factories import ContactFactory, LeadFactory

from .conftest import fill, state, without_traces
from .test_merging import into


def part(done, by, *people):
    left = undo(done, by=by)
    for person in people:
        person.refresh_from_db()
    return left


@pytest.mark.parametrize("take", ["kept", "gone", "proposed"])
def test_a_merge_that_is_undone_leaves_every_row_as_it_was(ana, anna, together, agent, admin, take):
    set_photo(ana, ContentFile(b"mine", name="mine.webp"), by=agent)
    together.attendances.get(person=ana).show(together.starts_at)
    before = without_traces(state())
    whose = {"kept": ana, "gone": anna}.get(take)
    fields = ["first_name", "last_name", "email", "whatsapp", "street", "notes", "assigned_to", "avatar"]
    picks = {name: str(whose.pk) for name in fields} if whose else {}
    done = into(ana, anna, admin, **picks)
    assert without_traces(state()) != before

    assert part(done, admin) == []
    assert without_traces(state()) == before


def test_two_leads_are_parted_exactly(anna, account, agent, admin):
    other = LeadFactory(account=account, assigned_to=agent, email="third@example.com", lead__price_to=400_000)
    write_note(other, "Second home", by=agent)
    before = without_traces(state())
    done = into(anna, other, admin, status=str(other.pk), source=str(other.pk), price_from=str(other.pk))
    part(done, admin)

    assert without_traces(state()) == before


def test_merged_and_parted_again_and_again(ana, anna, together, admin):
    before = without_traces(state())
    for _time in range(3):
        part(into(ana, anna, admin), admin)

    assert without_traces(state()) == before


def test_what_came_later_stays_with_who_stayed(ana, anna, agent, admin):
    done = into(ana, anna, admin)
    later = write_note(ana, "After the merge", by=agent)
    part(done, admin)

    later.refresh_from_db()
    assert (later.person, later.event.person) == (ana, ana)
    assert anna.note_set.count() == 1


def test_an_answer_that_came_since_follows_its_conversation(ana, anna, agent, admin):
    done = into(ana, anna, admin)
    thread = anna.conversation_set.model.objects.get(pk__in=done.moved["emails.Conversation.person"])
    ana.refresh_from_db()
    late = composing.write(ana, subject="Re: The plans", body="Once more.", by=agent, conversation=thread)
    part(done, admin)

    late.refresh_from_db()
    assert (late.person, late.event.person, late.conversation.person) == (anna, anna, anna)


def test_a_field_that_somebody_changed_since_is_named_and_stays(ana, anna, agent, admin):
    done = into(ana, anna, admin)
    ana.first_name, ana.zip_code = "Anita", "03590"
    ana.revise(by=agent, version=ana.version)

    assert set(part(done, admin, ana)) == {"First name", "Address"}
    assert (ana.first_name, ana.zip_code, ana.email) == ("Anita", "03590", "ana@example.com")


def test_emails_change_back(ana, anna, admin):
    done = into(ana, anna, admin, email=str(anna.pk))
    assert ana.email == "anna@example.org"
    part(done, admin, ana, anna)

    assert (ana.email, anna.email, anna.in_trash) == ("ana@example.com", "anna@example.org", False)


@pytest.mark.parametrize("email", ["ana@example.com", "anna@example.org"])
def test_an_email_that_is_taken_meanwhile_stands_in_the_way(ana, anna, account, agent, admin, email):
    whose = anna if email == "ana@example.com" else ana
    done = into(ana, anna, admin, email=str(whose.pk))
    ContactFactory(account=account, assigned_to=agent, email=email)
    before = state()

    with pytest.raises(ValidationError) as refusal:
        undo(done, by=admin)
    assert refusal.value.error_dict["email"][0].code == "email_taken"
    assert state() == before


def refused(done, by, code):
    with pytest.raises(ValidationError) as refusal:
        undo(done, by=by)
    assert refusal.value.code == code
    return True


def test_after_thirty_days_it_is_final(ana, anna, admin):
    done = into(ana, anna, admin)
    with time_machine.travel(timezone.now() + timedelta(days=29, hours=23)):
        assert done.is_undoable
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert refused(done, admin, "late")
        assert "30 days" in why_not(done)


def test_it_is_undone_once(ana, anna, admin):
    done = into(ana, anna, admin)
    part(done, admin)

    assert refused(done, admin, "undone")


def test_deleting_for_good_ends_the_possibility(ana, anna, admin):
    done = into(ana, anna, admin)
    purge_people(Person.with_trash.filter(pk=anna.pk))
    done.refresh_from_db()

    assert refused(done, admin, "purged")
    assert ana.note_set.count() == 3
    assert done.gone_name == "Anna Ferrandiz Mora"


def test_what_was_moved_survives_that_the_other_is_deleted_for_good(
    ana, anna, admin, django_capture_on_commit_callbacks
):
    into(ana, anna, admin, avatar=str(anna.pk))
    with django_capture_on_commit_callbacks(execute=True):
        purge_people(Person.with_trash.filter(pk=anna.pk))

    ana.refresh_from_db()
    assert ana.avatar.storage.exists(ana.avatar.name)
    assert ana.attachment_set.get().file.storage.exists(ana.attachment_set.get().file.name)


def test_who_stayed_must_be_there(ana, anna, admin):
    done = into(ana, anna, admin)
    ana.trash(by=admin)

    assert refused(done, admin, "trash")


def test_a_chain_is_undone_from_its_end(ana, anna, account, agent, admin):
    third = ContactFactory(account=account, assigned_to=agent, email="third@example.com")
    before = without_traces(state())
    first = into(ana, anna, admin)
    second = into(third, ana, admin)

    assert refused(first, admin, "chain")
    part(second, admin)
    part(first, admin)
    assert without_traces(state()) == before


def test_who_is_live_already_gets_everything_back(ana, anna, agent, admin):
    done = into(ana, anna, admin, email=str(ana.pk))
    Person.with_trash.filter(pk=anna.pk).update(deleted_at=None)  # by support, past every command
    anna.refresh_from_db()
    write_note(anna, "Restored alone", by=agent)
    anna.set_tags(["Cash", "Terrace"])
    part(done, admin, ana, anna)

    assert anna.note_set.count() == 2
    assert anna.tag_names() == ["Cash", "Terrace"]
    assert ana.tag_names() == ["Cash", "Sea view", "Terrace"]


def test_who_lives_as_a_lead_by_the_others_row_keeps_it(ana, anna, admin):
    done = into(ana, anna, admin)
    revert(ana, by=admin)
    part(done, admin, ana, anna)

    assert (ana.kind, Lead.objects.get(pk=ana.pk).status) == (Kind.LEAD, "new")
    assert (anna.kind, Lead.objects.get(pk=anna.pk).status) == (Kind.LEAD, "qualified")


def test_both_timelines_say_that_it_was_undone(ana, anna, admin):
    part(into(ana, anna, admin), admin)

    assert ana.events.get(verb="unmerged").data["name"] == "Anna Ferrandiz Mora"
    assert anna.events.get(verb="unmerged").data["name"] == "Ana Ferrándiz Mora"


def test_a_photo_that_came_since_stays(ana, anna, agent, admin):
    done = into(ana, anna, admin, avatar=str(anna.pk))
    set_photo(ana, ContentFile(b"new", name="new.webp"), by=agent)
    new = ana.avatar.name

    assert part(done, admin, ana, anna) == ["Photo"]
    assert (ana.avatar.name, bool(anna.avatar)) == (new, False)


def test_rows_that_were_deleted_since_are_not_missed(ana, anna, agent, admin):
    done = into(ana, anna, admin)
    ana.task_set.get().trash(by=admin)
    part(done, admin)

    assert anna.task_set.model.with_trash.get(person=anna).in_trash


def test_a_busy_pair_is_parted_exactly(account, agent, admin):
    one, two = (ContactFactory(account=account, assigned_to=agent, email=f"{n}@example.com") for n in "ab")
    fill(two, agent)
    before = without_traces(state())
    part(into(one, two, admin), admin)

    assert without_traces(state()) == before


def test_deleting_both_for_good_leaves_nothing_of_them(ana, anna, admin):
    done = into(ana, anna, admin)
    purge_people(Person.with_trash.filter(pk=anna.pk))
    done.refresh_from_db()
    assert not any(getattr(done, name) for name in MEMORY)

    ana.trash(by=admin)
    purge_people(Person.with_trash.filter(pk=ana.pk))
    assert not Merge.objects.exists()


def test_a_lead_that_comes_back_alone_stands_in_the_pipeline_again(account, admin, agent, client):
    contact = ContactFactory(account=account)
    lead = LeadFactory(account=account, lead__source="referral")
    done = into(contact, lead, admin, email=str(contact.pk))
    Merge.objects.filter(pk=done.pk).update(at=done.at - timedelta(days=UNDO_DAYS))  # it cannot be undone any more
    restore_people(Person.with_trash.filter(pk=lead.pk), by=agent)

    client.force_login(agent)
    rows = client.get("/leads/").context["listing"].rows
    assert [row.pk for row in rows] == [lead.pk]
    assert client.get(f"/leads/{lead.pk}/").status_code == 200
