"""WhatsApp templates: kept by admins, variables numbered without a gap."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contacts.messaging.models import Template

LIST = reverse("messaging:templates")
NEW = reverse("messaging:template-new")


def at(name, template):
    return reverse(f"messaging:template-{name}", args=[template.pk])


def test_an_admin_writes_a_template_down(as_admin, account):
    answer = as_admin.post(NEW, {"title": "Visit", "body": "Hello {{ 1 }}, until {{2}}."})

    assert answer.url == LIST
    template = Template.objects.get()
    assert (template.account, template.body, template.places) == (account, "Hello {{1}}, until {{2}}.", [1, 2])


def test_templates_are_listed(as_admin, template):
    answer = as_admin.get(LIST).content.decode()

    assert "Hello {{1}}, until {{2}}." in answer
    assert "2 variables" in answer


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Hello {{2}}", "gap"), ("{{1}} {{3}}", "gap"), ("Hello {{name}}", "place"), ("Hello {{0}}", "place"),
        ("Hello {{1", "place"), (" ".join(f"{{{{{place}}}}}" for place in range(1, 22)), "places"),
    ],
)  # fmt: skip
def test_variables_are_numbered_from_one_without_a_gap(account, body, code):
    with pytest.raises(ValidationError) as caught:
        Template(account=account, title="x", body=body).full_clean()
    assert caught.value.error_dict["body"][0].code == code


@pytest.mark.parametrize("body", ["Hello", "{{1}}", "{{2}} and {{1}} and {{2}}", "A { brace } stays"])
def test_what_is_numbered_rightly_is_kept(account, body):
    template = Template(account=account, title="x", body=body)
    template.full_clean()
    assert template.body == body


@pytest.mark.parametrize("sid", ["HX1", "AC" + "a" * 32, "HX" + "g" * 32])
def test_a_content_sid_is_one(account, sid):
    with pytest.raises(ValidationError) as caught:
        Template(account=account, title="x", body="x", content_sid=sid).full_clean()
    assert "content_sid" in caught.value.error_dict


def test_the_fault_stands_at_its_field_and_the_text_is_kept(as_admin, account):
    answer = as_admin.post(NEW, {"title": "Visit", "body": "Hello {{2}}"})

    assert answer.status_code == 422
    assert "Number the variables from 1 without a gap: {{1}} is missing." in answer.content.decode()
    assert "Hello {{2}}</textarea>" in answer.content.decode()


def test_a_template_is_changed(as_admin, template):
    as_admin.post(at("edit", template), {"title": "Visit", "body": "Changed"})

    assert Template.objects.get().body == "Changed"


def test_a_template_is_deleted_and_comes_back(as_admin, template):
    as_admin.post(at("trash", template))
    assert not Template.objects.exists()
    as_admin.post(at("restoration", template))

    assert Template.objects.get() == template


@pytest.mark.parametrize("values", [{"1": "{{2}}", "2": "x"}, {"1": r"\1", "2": "{{1}}"}])
def test_what_is_filled_in_is_not_filled_again(template, values):
    assert template.fill(values) == f"Hello {values['1']}, until {values['2']}."
