"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.views import detail

urlpatterns = [
    path("meetings/", detail.later, {"tab": "meetings"}, name="meetings"),
    path("meetings/new/", detail.later, {"tab": "meetings"}, name="meeting-new"),
]
