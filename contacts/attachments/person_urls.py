"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.views import detail

urlpatterns = [
    path("attachments/", detail.later, {"tab": "attachments"}, name="attachments"),
]
