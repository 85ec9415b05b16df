"""Ways about Django admin."""

from django.urls import reverse

from contacts.admin import PersonAdmin
from tests.factories import contact_data

TAKEN = "Another record (lead or contact) already uses this email address."


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def posted(person, **changes):
    """Return what the page of a person posts."""
    form = PersonAdmin.form(instance=person)
    data = {name: form[name].value() for name in form.fields}
    data = {name: getattr(value, "as_e164", value) for name, value in data.items() if value not in (None, False)}
    return {**data, **changes}


def new_person(account, agent, **changes):
    return contact_data(**{"office": account.pk, "assigned_to": agent.pk, **changes})


def errors(response):
    assert response.status_code == 200, response
    return response.context["adminform"].form.errors


def tick(model, action, *rows, **data):
    return {"action": action, "_selected_action": [row.pk for row in rows], **data}


def said(response):
    return [str(message) for message in response.context["messages"]]
