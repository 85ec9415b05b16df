"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.views import detail

urlpatterns = [
    path("whatsapp/", detail.later, {"tab": "whatsapp"}, name="whatsapp"),
    path("sms/", detail.later, {"tab": "sms"}, name="sms"),
]
