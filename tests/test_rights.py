"""Every address of the product, every role, and the other office: who gets in."""

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Invitation
from contacts.attachments.models import Attachment
from contacts.calls.models import Call
from contacts.duplicates.models import Dismissal, Merge
from contacts.emails.models import Conversation, Email
from contacts.imports.models import ImportRun
from contacts.lines.models import Stray
from contacts.meetings.models import Meeting
from contacts.messaging.models import Message, Template
from contacts.models import Kind, Person, SavedView
from contacts.tasks.models import Task
from contacts.timeline.models import Event, Note
from leads.enquiries.models import ApiToken
from tests.factories import ContactFactory, PartyFactory, PipelineFactory, RelationFactory, TagFactory, UserFactory

FOREIGN = {"admin"}  # Django admin keeps its own rights, tested with it


def _patterns(resolver, namespace="", above=None):
    """Yield namespace, pattern and the converters of the whole address, those of what includes it too."""
    for pattern in resolver.url_patterns:
        converters = {**(above or {}), **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            if pattern.app_name not in FOREIGN:
                yield from _patterns(pattern, pattern.namespace or namespace, converters)
        elif isinstance(pattern, URLPattern):
            yield namespace, pattern, converters


ALL = list(_patterns(get_resolver()))


def _id(case):
    namespace, pattern, _converters = case
    return f"{namespace}:{pattern.name}" if namespace else str(pattern.name)


@pytest.mark.parametrize("case", ALL, ids=_id)
def test_every_view_says_who_may_open_it(case):
    assert getattr(case[1].callback, "right", None) in {"public", "member", "admin"}


def _address(case, pk):
    values = {name: _value(name, type(converter).__name__, pk) for name, converter in case[2].items()}
    return reverse(_id(case), kwargs=values)


def _value(name, converter, pk):
    """Return the key of the object; of two people the second has the next one."""
    return (pk + (name == "two")) if converter == "IntConverter" else "x"


GUARDED = [case for case in ALL if getattr(case[1].callback, "right", "") in {"member", "admin"}]
ADMINS = [case for case in ALL if getattr(case[1].callback, "right", "") == "admin"]
WITH_OBJECT = [
    case for case in GUARDED if "IntConverter" in {type(converter).__name__ for converter in case[2].values()}
]


@pytest.mark.parametrize("case", GUARDED, ids=_id)
@pytest.mark.parametrize("method", ["get", "post"])
def test_signed_out_visitors_are_asked_to_sign_in(client, db, case, method):
    response = getattr(client, method)(_address(case, 1))

    assert response.status_code in (302, 405)
    if response.status_code == 302:
        assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("case", ADMINS, ids=_id)
@pytest.mark.parametrize("method", ["get", "post"])
def test_agents_are_refused_what_admins_do(as_agent, case, method):
    assert getattr(as_agent, method)(_address(case, 1)).status_code in (403, 405)


def test_the_page_where_everybody_comes_in_sends_each_where_they_belong(client, db, as_agent, as_admin):
    assert client.get("/").url == reverse("account_login")
    assert as_agent.get("/").status_code == as_admin.get("/").status_code == 200
    client.force_login(UserFactory(account=None, is_staff=True))
    assert client.get("/").url == reverse("admin:index")


PK = 90_210


@pytest.fixture
def rows(account, admin):
    """One row with one and the same key in every table that an address of the product names."""
    colleague = UserFactory(pk=PK, account=account)
    person = ContactFactory(pk=PK, account=account, assigned_to=colleague)
    ContactFactory(pk=PK + 1, account=account, assigned_to=colleague)
    event = Event.objects.create(account=account, person=person, verb="noted", actor=admin)
    Note.objects.create(pk=PK, account=account, person=person, event=event, author=admin, body="A note")
    event = Event.objects.create(account=account, person=person, verb="task_added", actor=admin)
    Task.objects.create(pk=PK, account=account, person=person, event=event, author=admin, title="A task")
    event = Event.objects.create(account=account, person=person, verb="sms_sent", actor=admin)
    Message.objects.create(pk=PK, account=account, person=person, event=event, author=admin, channel="sms", body="Hi")
    Template.objects.create(pk=PK, account=account, title="Visit", body="Hello")
    Stray.objects.create(pk=PK, account=account, kind="sms", number="+34655123456", sid="SM1")
    event = Event.objects.create(account=account, person=person, verb="called", actor=admin)
    Call.objects.create(pk=PK, account=account, person=person, event=event, author=admin, state="unknown")
    event = Event.objects.create(account=account, person=person, verb="attached", actor=admin)
    stored = {"file": ContentFile(b"a", "a"), "thumbnail": ContentFile(b"a", "a")}
    Attachment.objects.create(pk=PK, account=account, person=person, event=event, author=admin, name="a", **stored)
    event = Event.objects.create(account=account, person=person, verb="emailed", actor=admin)
    deal = PartyFactory(pk=PK, person=person, deal__pk=PK, deal__account=account).deal
    thread = Conversation.objects.create(pk=PK, account=account, person=person, deal=deal, subject="The visit")
    told = {"person": person, "event": event, "author": admin, "conversation": thread, "subject": "The visit"}
    Email.objects.create(pk=PK, account=account, **told)
    hours = {"starts_at": "2026-11-26T10:00Z", "ends_at": "2026-11-26T11:00Z"}
    Meeting.objects.create(pk=PK, account=account, author=admin, title="A visit", **hours)
    TagFactory(pk=PK, account=account)
    RelationFactory(pk=PK, account=account)
    SavedView.objects.create(pk=PK, account=account, owner=admin, name="Mine")
    invitation = Invitation(pk=PK, account=account, email="new@example.com", invited_by=admin)
    invitation.renew()
    ImportRun.objects.create(pk=PK, account=account, user=admin, file_name="a.csv", columns=["Email"])
    Dismissal.objects.create(pk=PK, account=account, one=person)
    Merge.objects.create(pk=PK, account=account, kept=person, kept_name="Ana", gone_name="Anna")
    ApiToken(pk=PK, account=account, name="Idealista", source="portals", portal="idealista").issue(by=admin)


def _seen_as(case):
    """Let the person be a lead where the address is one of leads: of a contact those only lead to another page."""
    if case[0] == "leads":
        Person.objects.filter(pk=PK).update(kind=Kind.LEAD, role="")
        PipelineFactory(person=Person.objects.get(pk=PK))


@pytest.mark.parametrize("case", WITH_OBJECT, ids=_id)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_object_of_another_office_is_not_there(as_stranger, rows, case, method):
    _seen_as(case)
    assert getattr(as_stranger, method)(_address(case, PK)).status_code in (404, 405)


# The note and its like do not lie in the trash.
ELSEWHERE = {
    # The view is one of contacts.
    *(f"{room}:{name}" for room in ("leads", "relations", "deals") for name in ("view", "view-query", "view-deletion")),
    "imports:cell",  # a row and a column of a file: no file has as many columns as the key says
    "timeline:note-restoration",
    "emails:restoration",
    "attachments:restoration",
    "tasks:restoration",
    "calls:restoration",
    "calls:recording",  # no recording, and no line to fetch it by
    "meetings:restoration",
    "messaging:restoration",
    "messaging:template-restoration",
}
# A word stands in the address as well, and "x" is none.
IN_WORDS = {_id(case) for case in WITH_OBJECT if {type(one).__name__ for one in case[2].values()} != {"IntConverter"}}


def _status(response):
    if response.streaming:
        list(response)  # a file stays open until it is read
    return response.status_code


@pytest.mark.parametrize("case", [case for case in WITH_OBJECT if _id(case) not in ELSEWHERE | IN_WORDS], ids=_id)
def test_the_same_object_is_there_for_its_own_admin(as_admin, rows, case):
    """Without this, the table above would pass for addresses at which there never is anything."""
    _seen_as(case)
    answers = {_status(getattr(as_admin, method)(_address(case, PK))) for method in ("get", "post")}

    assert answers - {404, 405}


@pytest.mark.parametrize("case", GUARDED, ids=_id)
def test_support_staff_without_an_office_open_no_page_of_it(client, db, case):
    client.force_login(UserFactory(account=None, is_staff=True))

    assert client.get(_address(case, 1)).status_code in (403, 405)
