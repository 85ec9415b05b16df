"""A list of choices is drawn as Django's template draws it, only sooner."""

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


def test_it_is_drawn_without_a_template(monkeypatch):
    monkeypatch.setattr(Renderer, "get_template", lambda *args: pytest.fail("a template was asked for"))

    assert "España" in forms.Select(choices=PLAIN).render("country", "ES", {}, Renderer())
