"""Merging: one of two stays, with everything that hung on both; nothing is lost, and nothing is left half done."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.duplicates.hanging import TREATMENTS, Forgotten, How, links
from contacts.duplicates.merging import Gone, Stale, merge
from contacts.duplicates.models import Merge
from contacts.duplicates.undoing import undo
from contacts.models import Person
from contacts.models.photos import set_photo
from contacts.subjects.revising import conflict
from contacts.timeline.models import Event
from contacts.timeline.noting import write_note
from leads.models import Lead
from tests.factories import ContactFactory, LeadFactory, PipelineFactory, RelationFactory, UserFactory

from .conftest import fill, state


def into(kept, gone, by, **picks):
    """Merge as somebody who has seen both as they stand."""
    kept.refresh_from_db()
    gone.refresh_from_db()
    versions = {kept.pk: kept.version, gone.pk: gone.version}
    done = merge(kept, gone, picks=picks, versions=versions, by=by)
    kept.refresh_from_db()
    gone.refresh_from_db()
    return done


@pytest.mark.parametrize("link", links(), ids=lambda link: link.label)
def test_every_model_that_points_to_a_person_is_treated(link):
    """A new one is not forgotten: it is named in TREATMENTS, registered there, or a companion."""
    assert link.treatment


def test_no_treatment_outlives_its_model():
    assert set(TREATMENTS) <= {link.label for link in links()}


def test_a_link_that_nobody_thought_of_stops_every_merge(ana, anna, admin, monkeypatch):
    monkeypatch.delitem(TREATMENTS, "tasks.Task.person")

    with pytest.raises(Forgotten):
        into(ana, anna, admin)


HANGING = [link for link in links() if link.treatment.how is not How.STAY]


@pytest.mark.parametrize("link", HANGING, ids=lambda link: link.label)
def test_whatever_hung_on_both_hangs_on_the_one_who_stays(link, ana, anna, agent, admin):
    """Of each table as many rows as both had; but of what both had alike one, and what a companion brings."""
    before = {row.pk for person in (ana, anna) for row in link.rows(person)}
    assert {row.pk for row in link.rows(anna)}, "the fixture lacks such a row: the test would prove nothing"
    into(ana, anna, admin)

    after = {row.pk for row in link.rows(ana)}
    if link.treatment.how is How.COMPANION:
        assert after == {ana.pk}
    elif link.treatment.how is How.UNITE:
        assert len(after) == len(before) - link.rows(anna).count()
    else:
        own = link.rows(ana).exclude(pk__in=before)
        assert before <= after
        assert {row.verb for row in own} <= {"merged"} if link.field.model is Event else not own


def test_the_other_goes_to_the_trash_with_a_pointer(ana, anna, admin):
    done = into(ana, anna, admin)

    assert (anna.in_trash, anna.deleted_by, ana.in_trash) == (True, admin, False)
    assert anna.merged_away.standing().get() == done
    assert (done.kept, done.gone, done.by) == (ana, anna, admin)


def test_the_event_says_who_and_what(ana, anna, admin):
    done = into(ana, anna, admin, email=str(anna.pk), city=str(ana.pk))
    event = ana.events.get(verb="merged")

    assert event.data["name"] == "Anna Ferrandiz Mora"
    assert event.data["merge"] == done.pk
    assert {"field": "email", "old": "ana@example.com", "new": "anna@example.org"} in event.data["changes"]
    assert {"field": "email", "label": "Email", "value": "ana@example.com"} in event.data["left"]
    assert event.data["version"] == ana.version


def test_what_is_filled_is_proposed_then_the_newer_but_the_office_keeps_its_own(ana, anna, admin):
    into(ana, anna, admin)

    assert (ana.first_name, ana.email, ana.whatsapp.as_e164) == ("Anna", "anna@example.org", "+4915123456789")
    assert (ana.assigned_to.email, ana.role) == ("lucia@example.com", "buyer")
    assert ana.notes == "Pays cash.\n\nHas a dog."


def test_an_address_is_taken_as_one(ana, anna, admin):
    into(ana, anna, admin, street=str(anna.pk))

    assert (ana.street, ana.city, ana.country) == ("", "Calpe", "ES")


def test_who_is_not_to_be_contacted_stays_so(ana, anna, agent, admin):
    ana.do_not_contact = True
    ana.revise(by=agent, version=ana.version)
    into(ana, anna, admin)

    assert ana.do_not_contact


def test_tags_are_united(ana, anna, admin):
    into(ana, anna, admin)

    assert ana.tag_names() == ["Cash", "Sea view", "Terrace"]
    assert anna.tag_names() == ["Cash"]


def test_a_meeting_of_both_has_one_of_them(ana, anna, together, admin):
    into(ana, anna, admin)

    assert [one.person for one in together.attendances.all() if one.person_id] == [ana]
    assert ana.events.filter(verb="meeting_planned", attendance__meeting=together).count() == 1


def test_who_was_taken_off_a_meeting_attends_it_as_the_other(ana, anna, together, admin):
    together.attendances.get(person=ana).show(together.starts_at)
    together.attendances.filter(person=anna).update(invited_sequence=3)
    into(ana, anna, admin)

    attendance = together.attendances.get(person=ana)
    assert (attendance.left_at, attendance.invited_sequence, attendance.event.shown) == (None, 3, True)
    assert not together.attendances.filter(person=anna).exists()


def test_the_way_as_a_lead_is_kept_where_there_was_none(ana, anna, admin):
    into(ana, anna, admin)

    assert (ana.kind, ana.lead.source, ana.lead.portal) == ("contact", "portals", "idealista")


def test_the_way_as_a_lead_is_told_where_there_was_one_already(ana, anna, agent, admin):
    PipelineFactory(person=ana, status="converted", source="website")
    anna.lead.locations, anna.lead.features = "Altea", "Pool"
    anna.revise(by=agent, version=anna.version)
    done = into(ana, anna, admin)

    told = {row["label"]: row["value"] for row in ana.events.get(verb="merged").data["left"]}
    assert told["Portal"] == "Idealista"
    assert (told["Locations"], told["Features"], told["Property types"]) == ("Altea", "Pool", "Villa")
    assert (ana.lead.source, Lead.objects.get(pk=anna.pk).locations) == ("website", "Altea")

    undo(done, by=admin)
    assert Lead.objects.get(pk=anna.pk).status == "qualified"
    assert Lead.objects.get(pk=ana.pk).source == "website"


def test_of_two_leads_each_decision_is_taken(anna, account, agent, admin):
    other = LeadFactory(account=account, assigned_to=agent, email="third@example.com", lead__status="new")
    into(anna, other, admin, status=str(other.pk), source=str(anna.pk))

    anna.lead.refresh_from_db()
    assert (anna.lead.status, anna.lead.source, anna.lead.portal) == ("new", "portals", "idealista")
    assert Lead.objects.filter(pk=other.pk).exists()


def test_a_contact_does_not_go_into_a_lead(ana, anna, admin):
    with pytest.raises(ValueError, match="into a lead"):
        into(anna, ana, admin)


def test_photos_change_places_so_that_each_file_has_one_owner(ana, anna, agent, admin):
    set_photo(ana, ContentFile(b"mine", name="mine.webp"), by=agent)
    mine, theirs = ana.avatar.name, anna.avatar.name
    into(ana, anna, admin, avatar=str(anna.pk))

    assert (ana.avatar.name, anna.avatar.name) == (theirs, mine)


def test_last_activity_is_that_of_both(ana, anna, admin):
    latest = max(ana.last_activity_at, Person.objects.get(pk=anna.pk).last_activity_at)
    into(ana, anna, admin)

    assert ana.last_activity_at == latest


def test_a_company_that_is_taken_over_hears_of_it(ana, anna, agent, admin):
    anna.relation = RelationFactory(account=ana.account)
    anna.revise(by=agent, version=anna.version)
    into(ana, anna, admin)

    assert ana.relation == anna.relation
    assert ana.events.filter(verb="linked", relation=ana.relation).count() == 2


def test_what_a_rule_refuses_is_told_by_field_and_nothing_is_merged(ana, anna, account, admin):
    left = UserFactory(account=account, is_active=False)
    Person.objects.filter(pk=anna.pk).update(assigned_to=left)
    before = state()

    with pytest.raises(ValidationError) as refusal:
        into(ana, anna, admin, assigned_to=str(anna.pk))
    assert list(refusal.value.error_dict) == ["assigned_to"]
    assert state() == before


def test_what_a_colleague_saved_meanwhile_is_told(ana, anna, agent, admin):
    versions = {ana.pk: ana.version, anna.pk: anna.version}
    fresh = Person.objects.get(pk=ana.pk)
    fresh.city = "Jávea"
    fresh.revise(by=agent, version=fresh.version)

    with pytest.raises(Stale) as stale:
        merge(ana, anna, picks={}, versions=versions, by=admin)
    (one,) = stale.value.conflicts
    assert (one.by, one.changes) == (agent, [{"field": "city", "old": "Altea", "new": "Jávea"}])


def test_who_was_merged_is_not_merged_again(ana, anna, admin):
    into(ana, anna, admin)

    with pytest.raises(Gone) as gone:
        into(ana, anna, admin)
    assert gone.value.person == anna
    assert Merge.objects.count() == 1


def test_edits_of_the_other_are_not_told_as_edits_of_the_one_who_stays(ana, anna, admin):
    """Somebody has the form of Ana open since before the merge: the conflict tells the merge, not Anna's past."""
    opened = ana.version
    into(ana, anna, admin, street=str(ana.pk))

    assert "city" not in {change["field"] for change in conflict(ana, opened).changes}


def test_the_cost_does_not_follow_the_history(ana, anna, agent, admin):
    with CaptureQueriesContext(connection) as few:
        undo(into(ana, anna, admin), by=admin)
    fill_notes(anna, agent)
    with CaptureQueriesContext(connection) as many:
        undo(into(ana, anna, admin), by=admin)

    assert len(many) == len(few)


def fill_notes(person, agent):
    for number in range(10):
        write_note(person, f"Note {number}", by=agent)


def test_people_of_whom_nothing_differs_can_be_merged(account, agent, admin):
    same = {"account": account, "assigned_to": agent, "email": "one@example.com"}
    one = ContactFactory(**same)
    two = ContactFactory(**{**same, "email": "two@example.com"})
    fill(two, agent)
    into(one, two, admin)

    assert one.note_set.count() == 1
