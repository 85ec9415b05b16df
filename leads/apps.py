from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    name = "leads"
    verbose_name = _("Leads")

    def ready(self) -> None:
        from contacts import sections
        from contacts.demo.offices import furnishers
        from contacts.duplicates import deciding
        from contacts.finder import groups
        from contacts.forms import FIELD_FORMS
        from contacts.models import Kind, companions
        from contacts.models.trashing import HANGING
        from contacts.panels import Panel
        from contacts.panels import register as register_panel
        from leads import dashboard, info
        from leads.demo import furnish
        from leads.filters import CONVERTED
        from leads.forms import LeadFieldForm, LeadForm, proposed
        from leads.found import LEADS
        from leads.models import Lead
        from leads.models.lead import LEAD_FIELDS
        from leads.placing import new_lead, place
        from leads.section import LeadSection

        sections.register(LeadSection())
        groups.register(LEADS)
        register_panel(Panel("leads", Kind.LEAD, LeadForm, "leads/panel.html", _("New lead"), _("Edit lead"), proposed))
        FIELD_FORMS["leads"] = LeadFieldForm
        HANGING.insert(0, Lead)
        furnishers.append(furnish)
        info.register()
        dashboard.register()
        sections.add_filters("contacts", CONVERTED)
        deciding.together.extend(info.DECIDED_TOGETHER)
        companions.register(
            companions.Companion(
                name="lead",
                fields=LEAD_FIELDS,
                kind=Kind.LEAD.value,
                make=new_lead,
                before_save=place,
                verbs={"status_changed": ["status", "reason"], "stage_changed": ["stage"]},
            )
        )
