from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Contacts"

    def ready(self) -> None:
        from accounts import handover, settings_nav
        from contacts import panels, sections
        from contacts.dashboard import activity, cards
        from contacts.emails.files import leave_to_emails
        from contacts.finder import groups
        from contacts.found import CONTACTS
        from contacts.models import Kind, trashing
        from contacts.models.assigning import people_of
        from contacts.people_sections import ContactSection
        from contacts.places import known
        from contacts.places.sources import SOURCES
        from contacts.subjects.assigning import assign_records
        from contacts.tallies import tally
        from tesoro.navigation import counts

        sections.register(ContactSection())
        panels.register(panels.CONTACT_PANEL)
        groups.register(CONTACTS)
        cards.register(activity.CARD)
        known.sources.extend(SOURCES)
        trashing.handing_on.append(leave_to_emails)
        for kind in Kind:
            counts[kind.value] = partial(tally, kind=kind)
        handover.register(
            "people",
            _("contacts and leads"),
            lambda user: people_of(user).count(),
            lambda user, to, by: assign_records(people_of(user), to, by=by),
        )
        settings_nav.register(settings_nav.Page("tags:list", "tag", _("Tags")))
        settings_nav.register(settings_nav.Page("imports:history", "file-up", _("Imports")))
