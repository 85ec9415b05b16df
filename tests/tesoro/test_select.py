"""Our own template of a list of choices draws what Django's draws, only sooner."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from tesoro.forms import Renderer

PLAIN = [("", "None"), ("ES", "España"), ("<'\"&", "<b>'\"&"), (1_000, "A number")]
GROUPED = [("", "None"), ("Europe", [("ES", "España"), ("DE", "Deutschland")]), ("<b>", [("x", "y")])]


class Marked(forms.Select):
    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        option["attrs"] |= {"disabled": True, "data-hint": "<\"'&>", "hidden": False}
        return option


@pytest.mark.parametrize("choices", [PLAIN, GROUPED, []], ids=["plain", "grouped", "none"])
@pytest.mark.parametrize("value", [None, "", "ES", "<'\"&", "1000", "unknown"])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect, Marked])
def test_every_list_of_choices_is_drawn_as_django_draws_it(widget, choices, value):
    drawn = (
        widget({"class": "input", "required": True}) if widget is forms.NullBooleanSelect else widget(choices=choices)
    )
    chosen = [value] if widget is forms.SelectMultiple else value

    ours = drawn.render("country", chosen, {"id": "id_country"}, Renderer())

    assert ours.strip() == drawn.render("country", chosen, {"id": "id_country"}, DjangoTemplates()).strip()


def test_the_template_is_ours():
    template = Renderer().get_template("django/forms/widgets/select.html")

    assert "django/forms/templates" not in template.origin.name
