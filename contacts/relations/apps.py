from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    name = "contacts.relations"
    label = "relations"
    verbose_name = "Relations"

    def ready(self) -> None:
        from contacts import panels, sections, trashed
        from contacts.finder import groups
        from contacts.relations.forms import RelationForm
        from contacts.relations.found import RELATIONS
        from contacts.relations.models import Relation
        from contacts.relations.section import RelationSection
        from contacts.relations.tallies import tally
        from contacts.relations.trashing import RelationKind
        from tesoro.navigation import counts

        new, edit = _("New relation"), _("Edit relation")
        panel = panels.Panel("relations", None, RelationForm, "relations/panel.html", new, edit, model=Relation)
        sections.register(RelationSection())
        groups.register(RELATIONS)
        panels.register(panel)
        trashed.register(RelationKind())
        counts["relation"] = tally
