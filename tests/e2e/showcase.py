"""An office in full use, with long names: something to see on every page."""

from datetime import timedelta

from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts import mail
from accounts.models import Invitation
from contacts.attachments.attaching import attach
from contacts.duplicates import scanning
from contacts.duplicates.merging import merge
from contacts.imports import jobs, mapping, uploading
from contacts.imports.models import Job, Status
from contacts.lines.models import Stray
from contacts.meetings.models import Meeting
from contacts.meetings.planning import plan
from contacts.messaging.models import Template
from contacts.models import SavedView
from contacts.tasks.models import Task
from contacts.timeline.noting import write_note
from tests.attachments.conftest import picture
from tests.e2e import office_file
from tests.e2e.correspondence import correspond
from tests.e2e.transactions import transact
from tests.enquiries.conftest import enquire
from tests.factories import ContactFactory, LeadFactory, RelationFactory, TagFactory, UserFactory
from tests.imports.conftest import upload

LONG = ["Maximiliana-Friederike", "von Hohenfels-Lindemann zu Schwarzenberg-Sondershausen"]
PROSE = """Looks for a **view of the sea**, second floor at most.

- pays cash
- Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen: a word that does not break

> Calls only after 18:00, see [the plan](https://example.com/a/very/long/address/that/goes/on/and/on/and/on)"""


def furnish(account, admin, agent):
    """Fill the office, and return what the addresses of its pages are made of."""
    person = star(account, admin, agent)
    crowd = [ContactFactory(account=account, assigned_to=agent, last_name=f"Last {place}") for place in range(27)]
    for gone in [ContactFactory(account=account, assigned_to=agent, first_name=LONG[0]), *crowd[:2]]:
        gone.trash(by=admin)
    plain = ContactFactory(account=account, assigned_to=None, first_name="三", last_name="张")
    lead = LeadFactory(account=account, assigned_to=agent, first_name=LONG[0], last_name=LONG[1], country="DE")
    yesterday = timezone.localdate() - timedelta(days=1)
    Task(account=account, person=lead, title=" ".join(LONG), due_on=yesterday).add(by=agent)
    for status, place in (("lost", LONG[1]), ("qualified", "Marbella"), ("qualified", "Estepona, Casares")):
        known = {"lead__status": status, "lead__reason": "Bought elsewhere", "lead__locations": place}
        LeadFactory(account=account, assigned_to=agent, country="ES", lead__price_to=650_000, **known)
    UserFactory(account=account, first_name=LONG[0], last_name=LONG[1], job_title="Head of everything by the sea")
    UserFactory(account=account, is_active=False, email="left@example.com")
    Invitation(account=account, email=f"{'nuria.' * 8}pena@example.com", invited_by=admin).renew()
    return {
        "person": person.pk,
        "view": SavedView.objects.create(
            account=account, owner=admin, name=" ".join(LONG)[:60], query="role=buyer", shared=True
        ).pk,
        "note": person.note_set.first().pk,
        "task": person.task_set.first().pk,
        "file": person.attachment_set.first().pk,
        "meeting": person.attendance_set.first().meeting_id,
        "conversation": person.conversation_set.first().pk,
        "call": person.call_set.filter(by_hand=True).first().pk,
        "stray": Stray.objects.for_account(account).first().pk,
        "enquiry": enquire(person, agent, message=PROSE, reference=" ".join(LONG)).key,
        "template": Template.objects.for_account(account).first().pk,
        **companies(account, agent, person),
        **transact(account, agent, person, LONG, PROSE),
        "plain": plain.pk,
        "trashed": crowd[0].pk,
        "lead": lead.pk,
        **alike(account, admin, agent),
        "agent": agent.pk,
        "invitation": Invitation(account=account, email="boris@example.com", invited_by=admin).renew(),
        "key": default_token_generator.make_token(agent),
        "uid": to_base36(agent.pk),
        "letter": letter(account),
        **{f"run_{name}": run.pk for name, run in runs(account, admin).items()},
    }


def alike(account, admin, agent):
    """Two who were merged, one of them with a long name, and a search that finds who else is one."""
    kept = ContactFactory(account=account, assigned_to=agent, first_name=LONG[0], last_name=LONG[1], notes=PROSE)
    gone = ContactFactory(account=account, assigned_to=admin, first_name="Maxi", city="Altea", notes=PROSE[:40])
    done = merge(kept, gone, picks={}, versions={}, by=admin)
    scanning.work(scanning.start(account, by=admin).pk)
    return {"kept": kept.pk, "gone": gone.pk, "merge": done.pk}


def to_base36(number):
    """Return the number as the links of mails have it."""
    from allauth.account.utils import user_pk_to_url_str

    from accounts.models import User

    return user_pk_to_url_str(User(pk=number))


def star(account, admin, agent):
    """A contact with everything: tags, relation, address, notes, changes."""
    person = ContactFactory(
        account=account, assigned_to=agent, first_name=LONG[0], last_name=LONG[1], country="ES", language="de",
        email="maximiliana-friederike.von-hohenfels-lindemann-zu-schwarzenberg@example.com", whatsapp="+4915123456789",
        relation=RelationFactory(account=account, name="Kanzlei Groß, Süßmilch & Partner Rechtsanwälte mbB"),
        street="Partida del Barranco de la Estacada 14, urbanización Mirador", city="L'Alfàs del Pi",
        notes="Comes twice a year.\n\nKeys with the caretaker.", latitude=38.5987, longitude=-0.0512,
    )  # fmt: skip
    for name in ("Sea view", "Cash buyer", "Second home by the sea", "A tag as long as forty letters let it be"):
        person.tags.add(TagFactory(account=account, name=name), through_defaults={"account": account})
    for pinned in (True, False):
        write_note(person, PROSE, by=agent, pinned=pinned)
    for day, who in ((-400, admin), (0, agent), (2, admin), (None, agent)):
        due = timezone.localdate() + timedelta(days=day) if day is not None else None
        task = Task(account=account, person=person, title=" ".join(LONG * 2), details=PROSE, due_on=due, priority=3)
        task.assigned_to = who
        task.add(by=agent)
    task.complete(by=admin)
    for name in ("Reservation contract.pdf", "A_name_without_a_single_blank_that_does_not_break_" * 3 + ".jpg"):
        attach(person, ContentFile(picture(), name), by=agent)
    start = timezone.now().replace(hour=11, minute=0)
    for place, kind in enumerate(["viewing", "call", "meeting"]):
        times = {"starts_at": start + timedelta(minutes=20 * place), "ends_at": start + timedelta(minutes=90)}
        visit = Meeting(account=account, title=" ".join(LONG), kind=kind, details=PROSE, place=LONG[1], **times)
        plan(visit, people=[person], colleagues=[admin], by=agent)
    correspond(person, agent, " ".join(LONG * 3))
    person.city, person.do_not_contact, person.notes = "Altea", True, "Comes three times a year. " * 30
    person.latitude, person.longitude = 38.5990, -0.0514  # elsewhere, with a point of its own
    person.revise(by=admin, version=person.version)
    return person


def companies(account, agent, person):
    """A company with everything, one with next to nothing, and one in the trash."""
    relation = person.relation
    relation.email, relation.phone = "kanzlei-gross-suessmilch-und-partner@example.com", "+4930123456"
    relation.website = "https://www.example.com/a/very/long/address/of/an/office/by/the/sea"
    relation.credit_terms, relation.note, relation.country = "30 days, 2 % discount within 10 days " * 5, PROSE, "DE"
    relation.preferred_channel, relation.city = "email", "Sondershausen"
    relation.revise(by=agent, version=relation.version, tags=["Sea view", "A tag as long as forty letters let it be"])
    write_note(relation, PROSE, by=agent, pinned=True)
    attach(relation, ContentFile(picture(), "Price list.jpg"), by=agent)
    sold = RelationFactory(account=account, name=" ".join(LONG))
    sold.trash(by=agent)
    bare, *_others = RelationFactory.create_batch(3, account=account)
    return {"relation": relation.pk, "bare": bare.pk, "sold": sold.pk}


def letter(account):
    """Write a mail into the outbox and return its name there."""
    from accounts import outbox

    text = "Come in:\nhttps://example.com/" + "a-long-link/" * 12
    headers = mail.account_header(account)
    mail.deliver(
        EmailMessage("Casa Mirador invites you to its CRM by the sea", text, to=["b@example.com"], headers=headers)
    )
    return outbox.letters(account)[0].name


def runs(account, admin):
    """Imports at every step, of fifty rows of which three are wrong."""
    found = {name: begun(account, admin) for name in ("mapping", "verify", "undone", "done", "busy", "stopped")}
    done = {"verify": [Job.VERIFY], "undone": [Job.VERIFY, Job.IMPORT, Job.UNDO], "done": [Job.VERIFY, Job.IMPORT]}
    for name, steps in done.items():
        mapping.save(found[name], found[name].places, {})
        for step in steps:
            jobs.do(found[name], step)
    for name, status in (("busy", Status.IMPORTING), ("stopped", Status.STOPPED)):
        run = found[name]
        run.status, run.job, run.claimed, run.created = status, Job.IMPORT, True, 20
        run.started_at, run.heartbeat_at = timezone.now() - timedelta(seconds=30), timezone.now()
        run.save()
    return found


def begun(account, admin):
    """Return an import that was uploaded."""
    name = "kontakte-2026-november-aus-dem-alten-system-von-der-costa-blanca.csv"
    return uploading.start(account, admin, upload(office_file.as_file(office_file.rows()[:50])["buffer"], name))
