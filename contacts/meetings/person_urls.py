"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.meetings.views import plan, tab

urlpatterns = [
    path("meetings/", tab.meetings, name="meetings"),
    path("meetings/new/", plan.with_person, name="meeting-new"),
]
