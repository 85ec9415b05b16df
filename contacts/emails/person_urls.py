"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.views import detail

urlpatterns = [
    path("emails/", detail.later, {"tab": "emails"}, name="emails"),
    path("emails/new/", detail.later, {"tab": "emails"}, name="email-new"),
]
