"""A deal deleted for good: no table that points to it is forgotten."""

from django.apps import apps
from django.db import models

from contacts.timeline.models import Event
from deals.models import Deal
from deals.trashing import HANGING


def _pointing():
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    return [field for field in fields if field.is_relation and field.related_model is Deal]


def test_every_table_that_points_to_a_deal_is_emptied_or_let_go():
    """A new one is not forgotten: it is named in HANGING, or its rows outlive the deal by SET_NULL."""
    own = {field.model for field in _pointing() if field.remote_field.on_delete is models.CASCADE}
    assert own - {Event} == set(HANGING)
