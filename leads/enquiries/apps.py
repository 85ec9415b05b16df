from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    name = "leads.enquiries"
    label = "enquiries"
    verbose_name = _("Enquiries")

    def ready(self) -> None:
        import leads.enquiries.leaving  # noqa: F401  (takes whoever is deactivated out of the rotation)
        from accounts import handover, settings_nav
        from contacts.demo.offices import furnishers
        from contacts.duplicates import hanging
        from contacts.models.trashing import HANGING
        from contacts.timeline.models.event import CARDS
        from leads.enquiries.assigning import hand_over, rules_naming
        from leads.enquiries.demo import furnish
        from leads.enquiries.models import Enquiry

        CARDS.append("enquiry")
        furnishers.append(furnish)
        HANGING.insert(0, Enquiry)
        hanging.register("enquiries.Enquiry.person", hanging.Treatment(hanging.How.MOVE))
        settings_nav.register(settings_nav.Page("enquiries:settings", "message-square-plus", _("Enquiries")))
        handover.register("enquiries", _("assignment of new leads"), rules_naming, hand_over)
