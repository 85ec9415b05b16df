"""The public form: what a visitor sends becomes a lead, or an event on somebody known; nothing is given away."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from contacts.models import Person
from leads.enquiries import seals
from leads.enquiries.models import Enquiry, PublicForm
from tests.enquiries.conftest import open_form, send, typed
from tests.factories import ContactFactory, UserFactory


def address(office, name="form"):
    return reverse(f"enquiries:{name}", args=[office.key])


def errors(answer):
    assert answer.status_code == 422
    return set(answer.context["form"].errors)


def test_visitor_becomes_a_lead_with_the_message_on_the_timeline(office, account, as_agent):
    answer = send(office, property_types=["villa", "penthouse"], locations="Altea, Calpe", price_to="450k")

    assert answer.url == address(office, "thanks")
    person = Person.objects.get()
    lead = person.lead
    assert (person.kind, person.full_name, person.phone.as_e164) == ("lead", "Katharina Hohenfels", "+4915123456789")
    assert (lead.status, lead.source, lead.portal, lead.type) == ("new", "website", "", "buyer")
    assert (lead.property_types, lead.locations, int(lead.price_to)) == ("penthouse,villa", "Altea, Calpe", 450_000)
    page = as_agent.get(person.get_absolute_url()).content.decode()
    assert "Is it still for sale?" in page
    assert "Buyer: Penthouse or villa, Altea or Calpe, to €450k" in page


def test_page_opens_without_signing_in_and_leaves_no_cookie(client, office):
    answer = client.get(address(office))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert "csrfmiddlewaretoken" not in text
    assert "Casa Mirador" in text


def test_sending_needs_no_cookie_and_leaves_none(office):
    answer = send(office)
    assert answer.status_code == 302
    assert not answer.cookies


def test_somebody_who_is_signed_in_stays_who_they_are(office, as_agent, agent):
    send(office, client=as_agent)
    assert Person.objects.get().created_by is None
    assert as_agent.get(reverse("leads:list")).status_code == 200


@pytest.mark.parametrize("change", [{"is_open": False}, {"key": "another"}])
def test_closed_form_and_old_address_are_not_there(client, office, change):
    PublicForm.objects.update(**change)
    for name in ("form", "thanks", "logo"):
        assert client.get(address(office, name)).status_code == 404
    assert send(office).status_code == 404


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "phone", "type", "agreed"])
def test_what_is_needed_is_asked_for_beside_its_field(office, field):
    assert errors(send(office, **{field: None})) == {field}
    assert not Person.objects.exists()


def test_nothing_typed_is_lost_by_an_error(office):
    text = send(office, email="no address", message="Two\nlines <b>", property_types=["villa"]).content.decode()
    assert 'value="Katharina"' in text
    assert "Two\nlines &lt;b&gt;</textarea>" in text
    assert re.search(r'value="villa"[^>]* checked', text)


def test_number_without_country_code_is_refused_with_the_offices_own(office):
    answer = send(office, phone="612 34 56 78")
    assert errors(answer) == {"phone"}
    assert "No country code. For Spain, put +34 before the number." in answer.content.decode()


def test_known_email_and_unknown_get_the_same_answer(office, account, contact):
    known, unknown = send(office, email=contact.email), send(office)
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert known.content == unknown.content


def test_email_of_somebody_known_is_no_error_beside_another(office, contact):
    assert errors(send(office, email=contact.email, phone="1")) == {"phone"}


def test_consent_is_kept_word_for_word_with_its_time(account, admin):
    office = open_form(account, consent="Yes,\nkeep them.")
    send(office)
    enquiry = Enquiry.objects.get()
    assert enquiry.consent == "Yes,\nkeep them."
    assert enquiry.consented_at is not None


def test_consent_that_changed_meanwhile_is_asked_for_anew(office):
    data = typed(office)
    PublicForm.objects.update(consent="Keep everything for ever.")
    answer = send(office, **data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Keep everything for ever." in text
    assert 'value="Katharina"' in text
    assert "checked" not in re.search(r"<input[^>]*name=\"agreed\"[^>]*>", text)[0]
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("signed", ["", "nonsense", "a:b:c", "é\x7f"])
def test_form_that_we_did_not_draw_is_drawn_again(office, signed):
    answer = send(office, signed=signed)
    assert answer.status_code == 422
    assert "Please look it over and send it again." in answer.content.decode()
    fresh = answer.context["signed"]
    assert send(office, signed=fresh).status_code == 302


def test_seal_of_another_office_is_none(office, stranger):
    assert send(office, signed=seals.seal(open_form(stranger.account), again=True)).status_code == 422


def test_form_that_was_open_for_a_day_is_drawn_again(office):
    data = typed(office)
    with time_machine.travel(timezone.now() + timedelta(seconds=seals.MOST_SECONDS + 10)):
        assert send(office, **data).status_code == 422


@pytest.mark.parametrize("sign", ["quick", "trap"])
def test_what_a_program_would_send_is_asked_for_once_more_with_all_that_was_typed(office, monkeypatch, sign):
    monkeypatch.setattr(seals, "LEAST_SECONDS", 2 if sign == "quick" else 0)
    trapped = {"homepage": "https://spam.example.com"} if sign == "trap" else {}
    answer = send(office, signed=seals.seal(office), **trapped)
    assert answer.status_code == 422
    assert "Please look it over and send it once more." in answer.content.decode()
    assert not Person.objects.exists()

    form, signed = answer.context["form"], answer.context["signed"]
    shown = {name: form[name].value() for name in form.fields if form[name].value()}
    assert shown["agreed"]
    # A browser that fills in what nobody sees does so again.
    assert send(office, **shown, signed=signed, **trapped).url == address(office, "thanks")
    assert Person.objects.get().email == "katharina@example.org"


def test_form_sent_twice_is_one_enquiry(office):
    data = typed(office)
    assert [send(office, **data).status_code for _ in range(2)] == [302, 302]
    assert Enquiry.objects.count() == 1


def test_same_page_with_other_words_is_another_enquiry(office):
    data = typed(office)
    send(office, **data)
    send(office, **data | {"message": "And the one beside it?"})
    assert Enquiry.objects.count() == 2


def test_too_many_from_one_address_are_held_back_and_nothing_typed_is_lost(office, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "enquiry": "2/m/ip"}
    for place in range(2):
        send(office, message=f"Number {place}")
    answer = send(office)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "send it again in a minute" in answer.content.decode()
    assert 'value="Katharina"' in answer.content.decode()
    assert Enquiry.objects.count() == 2


def test_too_many_for_one_office_are_held_back_whatever_their_address(office, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "enquiry_office": "1/h/key"}
    assert [send(office, message=str(place)).status_code for place in range(2)] == [302, 429]


def test_no_other_site_may_show_the_form_unless_it_is_named(client, office):
    answer = client.get(address(office))
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_named_sites_may_show_every_answer_of_the_form_and_no_other_page(client, account, admin):
    office = open_form(account, sites="https://www.casamirador.example\nhttps://shop.example:8443")
    answers = [client.get(address(office)), client.get(address(office, "thanks")), send(office, email=""), send(office)]
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors https://www.casamirador.example https://shop.example:8443" in policy
        assert "default-src 'none'" in policy
        assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'none'" in client.get(reverse("account_login"))["Content-Security-Policy"]


def test_address_may_fill_in_what_is_known_of_the_property(client, office):
    query = {"reference": "A-123", "type": "tenant", "page": "https://www.example.com/a-123"}
    text = client.get(address(office), query).content.decode()
    assert 'value="A-123"' in text
    assert '<option value="tenant" selected' in text
    send(office, **query)
    enquiry = Enquiry.objects.get()
    assert (enquiry.reference, enquiry.page) == ("A-123", "https://www.example.com/a-123")


@pytest.mark.parametrize("page", ["javascript:alert(1)", "data:text/html,x", "http://[", "nonsense", "//"])
def test_page_that_is_no_address_is_left_out(office, page):
    assert send(office, page=page).status_code == 302
    assert "script" not in Enquiry.objects.get().page


def test_page_the_visitor_came_from_is_noted(client, office):
    answer = client.get(address(office), headers={"Referer": "https://www.example.com/contact"})
    assert answer.context["form"]["page"].value() == "https://www.example.com/contact"
    assert client.get(address(office), headers={"Referer": "http://testserver/x"}).context["form"]["page"].value() == ""


def test_logo_of_the_office_is_shown_to_everybody(client, office, account):
    assert client.get(address(office, "logo")).status_code == 404
    account.logo.save("logo.png", SimpleUploadedFile("logo.png", b"png"))
    answer = client.get(address(office, "logo"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert list(answer) == [b"png"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert address(office, "logo") in client.get(address(office)).content.decode()


def test_thank_you_page_leads_back(client, account, admin):
    office = open_form(account, thanks="We call you.", return_url="https://www.example.com/")
    text = client.get(address(office, "thanks")).content.decode()
    assert "We call you." in text
    assert 'href="https://www.example.com/" target="_top"' in text


def test_other_methods_are_refused(client, office):
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)(address(office)).status_code == 405


def test_names_of_users_are_on_no_public_page(client, office, agent, contact):
    UserFactory(account=office.account, first_name="Secretaria")
    ContactFactory(account=office.account, first_name="Clienta")
    for text in (
        client.get(address(office)).content.decode(),
        send(office, email=contact.email + "x y").content.decode(),
    ):
        assert "Secretaria" not in text
        assert "Clienta" not in text
        assert agent.email not in text


def test_page_costs_one_query(client, office, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(address(office))


def test_kind_of_property_is_said_to_be_optional_like_other_fields(client, office):
    text = client.get(address(office)).content.decode()
    assert '<legend class="label">Property <span class="optional">Optional</span></legend>' in text
