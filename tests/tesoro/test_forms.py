"""The one field template, for every kind of control."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from tesoro.forms import FileDrop, Switch, TokensInput


class Sample(forms.Form):
    name = forms.CharField(max_length=100)
    email = forms.EmailField(help_text="Never shown to others")
    city = forms.CharField(required=False)
    role = forms.ChoiceField(choices=[("Client", [("buyer", "Buyer")]), ("Stakeholder", [("lawyer", "Lawyer")])])
    notes = forms.CharField(max_length=10000, required=False, widget=forms.Textarea)
    quiet = forms.BooleanField(required=False, help_text="No calls")
    twice = forms.ChoiceField(choices=[("skip", "Skip it"), ("error", "Report it")], widget=forms.RadioSelect)
    tags = forms.CharField(required=False, widget=TokensInput(suggestions=["VIP", "Sea view"]))
    password = forms.CharField(widget=forms.PasswordInput)
    active = forms.BooleanField(required=False, widget=Switch)
    file = forms.FileField(required=False, widget=FileDrop(prompt="Drop it here"))
    token = forms.CharField(widget=forms.HiddenInput)

    def clean_name(self):
        if self.cleaned_data["name"] == "taken":
            raise ValidationError("Taken.", params={"link_url": "/contacts/7/", "link_text": "Open it"})
        return self.cleaned_data["name"]


def draw(name, form=None, options=""):
    source = f"{{% load ui %}}{{% field form.{name} {options} %}}"
    return Template(source).render(Context({"form": form or Sample()}))


def test_the_label_belongs_to_the_control():
    drawn = draw("name", options='w="w6"')
    assert '<div class="field w6" data-kind="text">' in drawn
    assert 'for="id_name"' in drawn
    assert 'class="input"' in drawn


def test_what_may_stay_empty_says_so():
    assert "Optional" in draw("city")
    assert "Optional" not in draw("name")


def test_a_hint_is_tied_to_its_control():
    drawn = draw("email")
    assert 'aria-describedby="id_email_helptext"' in drawn
    assert 'id="id_email_helptext">Never shown to others<' in drawn


def test_an_error_stands_beside_its_control():
    drawn = draw("email", Sample({"email": "nobody"}))
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_email_helptext id_email_error"' in drawn
    assert 'id="id_email_error"' in drawn
    assert "Enter a valid email address." in drawn


def test_an_error_brings_the_way_to_its_cause():
    assert 'Taken. <a href="/contacts/7/">Open it</a>' in draw("name", Sample({"name": "taken"}))


def test_the_view_may_add_the_way():
    drawn = draw("email", Sample({"email": "x"}), 'link_url="/leads/3/" link_text="See the lead"')
    assert '<a href="/leads/3/">See the lead</a>' in drawn


def test_errors_are_escaped():
    form = Sample({"name": "x"})
    form.add_error("city", "<script>alert(1)</script>")
    assert "<script>" not in draw("city", form)


def test_a_choice_keeps_its_groups():
    drawn = draw("role")
    assert '<span class="select">' in drawn
    assert '<optgroup label="Client">' in drawn


def test_a_long_text_counts_and_does_not_cut():
    drawn = draw("notes", Sample(initial={"notes": "four"}))
    assert "<span data-used>4</span> of 10,000" in drawn
    assert 'data-limit="10000"' in drawn
    assert "maxlength" not in drawn


def test_a_text_over_the_limit_shows_that_it_is():
    assert "data-over" in draw("notes", Sample({"notes": "x" * 10001}))


def test_a_yes_or_no_has_its_hint_in_the_label():
    drawn = draw("quiet")
    assert 'class="check"' in drawn
    assert drawn.count("No calls") == 1
    assert "Optional" not in drawn


def test_several_choices_stand_under_one_legend():
    drawn = draw("twice")
    assert drawn.startswith("<fieldset")
    assert "<legend" in drawn
    assert drawn.count('type="radio"') == 2
    assert drawn.count('class="check"') == 2


@pytest.mark.parametrize("value", ["VIP, Cash buyer", ["VIP", "Cash buyer"]])
def test_tokens_are_words_with_commas_between(value):
    drawn = draw("tags", Sample(initial={"tags": value}))
    assert 'value="VIP, Cash buyer"' in drawn
    assert 'list="id_tags_list"' in drawn
    assert '<option value="Sea view">' in drawn


def test_a_password_can_be_shown_where_there_is_script():
    drawn = draw("password")
    assert 'aria-controls="id_password" hidden' in drawn


def test_a_switch_says_what_it_is():
    drawn = draw("active")
    assert 'role="switch"' in drawn
    assert 'class="switch"' in drawn


def test_a_drop_zone_is_the_label_of_its_file():
    drawn = draw("file")
    assert '<label class="drop" data-drop for="id_file">' in drawn
    assert "Drop it here" in drawn


def test_a_hidden_field_is_only_its_control():
    assert draw("token").strip().startswith('<input type="hidden"')


def test_a_label_can_be_hidden_from_the_eye():
    assert 'class="label visually-hidden"' in draw("notes", options="bare=True")


def test_a_control_keeps_the_classes_it_was_given():
    form = Sample()
    form.fields["name"].widget.attrs["class"] = "mono"
    assert 'class="input mono"' in draw("name", form)


def test_a_form_names_the_fields_that_need_another_look():
    form = Sample({"name": "taken"})
    drawn = Template("{% load ui %}{% form_errors form %}").render(Context({"form": form}))
    assert 'role="alert"' in drawn
    assert '<a href="#id_name">Name</a>' in drawn


def test_a_form_without_a_mistake_draws_no_notice():
    assert Template("{% load ui %}{% form_errors form %}").render(Context({"form": Sample()})) == ""


def test_a_whole_form_draws_itself():
    assert Sample().render().count('class="field"') == 11


@pytest.mark.parametrize(("required", "word"), [(True, "Choose"), (False, "None")])
def test_an_empty_choice_is_a_word_and_no_dashes(required, word):
    class Pick(forms.Form):
        pick = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], required=required)

    assert f'<option value="" selected>{word}</option>' in draw("pick", Pick())
