"""Creating and editing a company in the side panel, or on a page of its own."""

import pytest
from django.urls import reverse

from contacts.relations.models import Relation
from tests.relations.conftest import relation_data

NEW = reverse("relations:create")


def _edit(relation):
    return reverse("relations:edit", args=[relation.pk])


def test_a_company_is_created(as_agent, agent):
    response = as_agent.post(NEW, relation_data(website="www.example.com", tags="VIP, Golden visa", city="Calpe"))

    relation = Relation.objects.get()
    assert response.url == relation.get_absolute_url()
    assert (relation.name, relation.website, relation.created_by) == (
        "Notaría del Peñón",
        "https://www.example.com",
        agent,
    )
    assert relation.tag_names() == ["Golden visa", "VIP"]


def test_nothing_is_proposed_as_the_type(as_agent):
    form = as_agent.get(NEW).context["form"]
    response = as_agent.post(NEW, relation_data(type=""))

    assert form["type"].value() == ""
    assert form["status"].value() == "active"
    assert response.status_code == 422
    assert response.context["form"].errors["type"] == ["Choose a type."]


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(as_agent):
    response = as_agent.post(NEW, relation_data(name="ab", email="no", phone="12", website="ftp://x", note="Typed."))

    errors = response.context["form"].errors
    assert set(errors) == {"name", "email", "phone", "website"}
    assert "Typed." in response.content.decode()
    assert not Relation.objects.exists()


def test_with_create_another_an_empty_form_follows(as_agent):
    assert as_agent.post(NEW, relation_data(another="1")).url == NEW


def test_the_panel_is_answered_with_a_way_to_the_page(as_agent):
    response = as_agent.post(NEW, relation_data(), headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert response["HX-Redirect"] == Relation.objects.get().get_absolute_url()


def test_a_company_is_edited(as_agent, relation):
    as_agent.post(_edit(relation), relation_data(version=1, status="inactive", credit_terms="30 days", city=""))

    relation.refresh_from_db()
    assert (relation.name, relation.status, relation.credit_terms) == ("Notaría del Peñón", "inactive", "30 days")
    assert (relation.version, relation.city) == (2, "")


def test_two_who_edit_see_one_another(as_agent, as_admin, relation):
    as_admin.post(_edit(relation), relation_data(version=1, name="Theirs S.L.", type="law_firm", city="Altea"))
    response = as_agent.post(_edit(relation), relation_data(version=1, name="Mine S.L.", credit_terms="30 days"))

    text = response.content.decode()
    assert response.status_code == 422
    assert "Carmen Fernández-Ocaña saved this record" in text
    assert "yours:</span>" in text or "yours: Mine S.L." in text
    form = response.context["form"]
    assert (form["name"].value(), form["credit_terms"].value()) == ("Theirs S.L.", "30 days")
    assert form["version"].value() == "2"


def test_an_edit_of_what_lies_in_the_trash_says_so(as_agent, relation, agent):
    relation.trash(by=agent)
    response = as_agent.post(_edit(relation), relation_data(version=1))

    assert "moved to the trash in the meantime" in response.content.decode()
    assert Relation.with_trash.get().name == "Bufete Echeverría"


def test_another_offices_company_is_not_there(as_stranger, relation):
    assert as_stranger.get(_edit(relation)).status_code == 404
    assert as_stranger.post(_edit(relation), relation_data(version=1)).status_code == 404


def test_a_contact_is_proposed_the_company_it_is_created_from(as_agent, relation, stranger):
    form = as_agent.get(reverse("contacts:create"), {"relation": relation.pk}).context["form"]
    assert form["relation"].value() == relation.name
    assert as_agent.get(reverse("contacts:create"), {"relation": "9" * 30}).context["form"]["relation"].value() is None


@pytest.mark.parametrize("of", ["another office", "the trash"])
def test_a_company_that_is_not_on_offer_is_not_proposed(as_agent, as_stranger, relation, agent, of):
    if of == "the trash":
        relation.trash(by=agent)
    client = as_agent if of == "the trash" else as_stranger
    form = client.get(reverse("contacts:create"), {"relation": relation.pk}).context["form"]

    assert form["relation"].value() is None
    assert relation.name not in str(form["relation"])
