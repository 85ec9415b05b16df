"""The demo: two offices that look lived in, and every rule kept."""

import random
from collections import Counter
from io import StringIO

import phonenumbers
import pytest
from django.core.management import call_command
from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Invitation, User
from contacts.demo import PASSWORD, SIGN_INS, make_demo
from contacts.demo.chronicle import VERSIONED
from contacts.lines.models import Stray
from contacts.meetings.models import Meeting
from contacts.models import Contact, Person, PersonTag, SavedView
from contacts.relations.models import Relation
from contacts.tasks.models import Task
from contacts.timeline.models import Event, Note
from contacts.timeline.verbs import VERBS
from deals.models import Deal
from tesoro.geocoding.places import Point

NOW = timezone.now()
# Nobody has done this in so short a time.
RARE = {
    "untagged", "photographed", "silenced", "unsilenced", "task_changed", "task_reopened", "meeting_changed",
    "meeting_cancelled", "stage_changed", "reverted", "merged", "unmerged", "unlinked",
}  # fmt: skip


@pytest.fixture
def demo(db):
    """A demo of fewer people."""
    assert make_demo(contacts=150, leads=20, others=40, now=NOW)
    return Account.objects.get(slug="casa-mirador")


def told(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_command_makes_two_offices_and_says_the_sign_ins(db):
    lines = told(contacts=12, leads=3, others=2)
    assert [line.split()[:2] for line in lines] == [[email, PASSWORD] for email, _who in SIGN_INS]
    assert Person.objects.count() == 17
    assert Account.objects.filter(is_demo=True).count() == 2


def test_a_whole_demo_has_five_hundred_contacts_and_ninety_nine_leads(db):
    assert make_demo()
    people = Person.objects.filter(account__slug="casa-mirador")
    assert (people.contacts().count(), people.leads().count()) == (500, 99)
    assert Person.objects.exclude(account__slug="casa-mirador").count() == 40


def test_where_an_account_is_nothing_is_made(account):
    (line,) = told()
    assert "nothing was made" in line
    assert Person.with_trash.count() == 0
    assert User.objects.count() == 0
    assert told(verbosity=0) == []


def test_a_second_start_says_the_sign_ins_again(demo):
    assert len(told(verbosity=0)) == len(SIGN_INS)
    assert Account.objects.count() == 2


@pytest.mark.parametrize("email", [email for email, _who in SIGN_INS])
def test_each_sign_in_works(client, demo, email):
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    response = client.get(reverse("contacts:list"))
    assert response.status_code == 200
    assert response.wsgi_request.user.email == email


def test_the_same_moment_makes_the_same_people(db):
    def make():
        assert make_demo(contacts=40, leads=5, others=5, now=NOW)
        people = list(Person.with_trash.order_by("pk").values_list("email", "phone", "name_key", "last_activity_at"))
        events = list(Event.objects.order_by("pk").values_list("verb", "at", "data"))
        Account.objects.all().delete()
        return people, events

    assert make() == make()


def test_the_first_page_shows_the_people_of_the_picture(demo):
    newest = Contact.objects.for_account(demo).order_by("-last_activity_at")[:9]
    assert [person.first_name for person in newest] == [
        "Andrea", "Katharina", "Ignacio", "Anneke", "María del Carmen", "Oliver", "Joaquín", "Íñigo", "Saskia",
    ]  # fmt: skip
    assert newest[1].tag_names() == ["Investor", "Second home", "VIP"]
    assert newest[0].assigned_to.email == "agent@demo.example"


def test_the_offices_and_their_deals_stand_on_the_map(demo):
    for office in Account.objects.all():
        assert office.street
        assert Point.of(office)
    deals = Deal.objects.for_account(demo)
    assert deals.exists()
    for deal in deals:
        assert Point.of(deal).metres_to(Point.of(demo)) < 60_000
        assert deal.city == deal.locations
        deal.clean_fields()
    for (town,) in deals.values_list("city").distinct():
        here = [Point.of(deal) for deal in deals.filter(city=town)]
        assert all(one.metres_to(here[0]) < 3_000 for one in here)


def test_the_office_has_colleagues_one_who_left_and_two_invitations(demo):
    users = User.objects.for_account(demo)
    assert (users.active().admins().count(), users.active().count(), users.inactive().count()) == (1, 5, 1)
    pending = Invitation.objects.for_account(demo).pending()
    assert sorted(invitation.has_expired for invitation in pending) == [False, True]
    assert Relation.objects.for_account(demo).count() == 12
    assert SavedView.objects.for_account(demo).count() == 6


def test_people_and_users_keep_every_rule(demo):
    people = list(Person.objects.select_related("account", "assigned_to", "relation"))
    for person in random.Random(1).sample(people, 80):
        stored = {field.attname: getattr(person, field.attname) for field in person._meta.concrete_fields}
        person.full_clean(exclude=["tags"])
        person.refuse_strangers()
        for name, value in stored.items():
            assert str(getattr(person, name)) == str(value), name
    for row in [*User.objects.all(), *Account.objects.all(), *Relation.objects.all(), *Note.objects.all()[:40]]:
        row.full_clean()


def test_emails_are_examples_and_numbers_are_valid(demo):
    for email, phone in Person.with_trash.values_list("email", "phone"):
        assert email.endswith(("@example.com", "@example.org"))
        assert phonenumbers.is_valid_number(phonenumbers.parse(str(phone), None))


def test_roles_languages_and_tags_are_mixed(demo):
    people = Person.objects.for_account(demo)
    roles = Counter(people.contacts().values_list("role", flat=True))
    assert roles.most_common(1)[0][0] == "buyer"
    assert len(roles) > 9
    assert set(people.leads().values_list("role", flat=True)) == {""}
    assert people.values("language").distinct().count() > 4
    assert people.filter(do_not_contact=True).exists()
    assert people.exclude(notes="").exists()
    assert PersonTag.objects.for_account(demo).values("tag").distinct().count() == 10


def test_the_last_activity_is_the_newest_event_and_the_first_is_the_creation(demo):
    rows = Person.with_trash.annotate(first=Min("events__at"), newest=Max("events__at"), count=Count("events"))
    for person in rows:
        assert person.newest == person.last_activity_at <= NOW
        assert person.first == person.created_at
        assert person.events.order_by("at", "id").first().verb in ("created", "imported")
    assert max(person.count for person in rows) > 6


def test_newer_people_and_events_have_higher_ids(demo):
    created = list(Person.with_trash.for_account(demo).order_by("pk").values_list("created_at", flat=True))
    told = Event.objects.filter(account=demo, relation=None).exclude(person=None)
    happened = list(told.order_by("pk").values_list("at", flat=True))
    assert created == sorted(created)
    assert happened == sorted(happened)


def test_the_timeline_holds_every_kind_and_can_be_told(demo):
    events = Event.objects.for_account(demo).stream()
    assert set(VERBS) - {event.verb for event in events} <= RARE
    for event in events:
        assert "{" not in event.sentence()


def test_versions_count_the_changes_and_changes_lead_to_what_is_stored(demo):
    for person in Person.with_trash.for_account(demo):
        events = list(person.events.order_by("id"))
        assert person.version == 1 + sum(event.verb in VERSIONED for event in events)
        changes = {change["field"]: change for event in events for change in event.data.get("changes", [])}
        now = person.words()
        assert {name: change["new"] for name, change in changes.items()} == {name: now[name] for name in changes}
        assert all(change["old"] != change["new"] for change in changes.values())


def test_a_note_stands_behind_each_event_of_one(demo):
    assert Note.objects.count() == Event.objects.filter(verb="noted").count() > 50
    assert Note.objects.filter(pinned=True).exists()


def test_some_people_lie_in_the_trash_and_some_came_back(demo):
    trashed = Person.with_trash.for_account(demo).trashed()
    assert trashed.exists()
    assert all(person.events.order_by("id").last().verb == "deleted" for person in trashed)
    assert all(person.deleted_by.account == demo for person in trashed)
    back = Person.objects.filter(events__verb="restored")
    assert back.exists()


def test_both_offices_know_some_of_the_same_addresses(demo):
    other = Person.objects.exclude(account=demo)
    assert other.filter(email__in=Person.objects.for_account(demo).values("email")).count() > 10


def test_people_of_the_demo_are_found(demo):
    found = Contact.objects.for_account(demo).matching(demo, "hohenfels")
    assert [person.first_name for person in found] == ["Katharina"]


def test_strangers_wait_in_the_inbox(demo):
    assert Stray.objects.for_account(demo).open().values("number").distinct().count() == 3


def test_something_is_planned_around_today(demo):
    today = timezone.localdate(NOW)
    due = Task.objects.for_account(demo).filter(due_on=today, done_at=None)
    meetings = Meeting.objects.for_account(demo).filter(starts_at__gt=NOW)
    assert due.exists()
    assert meetings.exists()
