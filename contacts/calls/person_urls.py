"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.views import detail

urlpatterns = [
    path("calls/", detail.later, {"tab": "calls"}, name="calls"),
    path("calls/new/", detail.later, {"tab": "calls"}, name="call-new"),
]
