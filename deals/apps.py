from django.apps import AppConfig
from django.urls import path
from django.utils.translation import gettext_lazy as _


class DealsConfig(AppConfig):
    name = "deals"
    verbose_name = _("Deals")

    def ready(self) -> None:
        from accounts import handover
        from contacts import hindrances, panels, person_urls, record, sections, trashed
        from contacts.conversions import offers
        from contacts.demo.offices import furnishers
        from contacts.duplicates import hanging
        from contacts.finder import groups
        from contacts.models import trashing
        from contacts.places import known
        from contacts.subjects.assigning import assign_records
        from deals import dashboard
        from deals.conversion import OFFER
        from deals.demo import furnish
        from deals.forms import DealForm, proposed, wins
        from deals.found import DEALS
        from deals.hindrance import open_deals
        from deals.models import Deal, Party
        from deals.parties import leave_open_deals, returned, take_part_once
        from deals.section import DealSection
        from deals.tallies import open_tally
        from deals.trashing import DealKind
        from deals.views.of_contact import deals_of
        from tesoro.navigation import counts

        new, edit = _("New deal"), _("Edit deal")
        panel = panels.Panel("deals", None, DealForm, "deals/panel.html", new, edit, proposed, Deal, wins)
        sections.register(DealSection())
        groups.register(DEALS)
        panels.register(panel)
        trashed.register(DealKind())
        counts["deal"] = open_tally
        record.counted["deals"] = Party.objects.present
        person_urls.tabs_above.append(path("deals/", deals_of, name="deals"))
        offers["deal"] = OFFER
        furnishers.append(furnish)
        dashboard.register()
        known.sources.append(lambda account: Deal.objects.for_account(account).order_by("-last_activity_at", "-pk"))
        hindrances.to_revert.append(open_deals)
        trashing.HANGING.insert(0, Party)
        trashing.coming_back.append(leave_open_deals)
        hanging.register("deals.Party.person", hanging.Treatment(hanging.How.UNITE, ["deal"], take_part_once, returned))
        handover.register(
            "deals",
            _("deals"),
            lambda user: Deal.objects.for_account(user.account).filter(assigned_to=user).count(),
            lambda user, to, by: assign_records(
                Deal.objects.for_account(user.account).filter(assigned_to=user), to, by=by
            ),
        )
