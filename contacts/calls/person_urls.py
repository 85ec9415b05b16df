"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.calls.views import tab

urlpatterns = [
    path("calls/", tab.calls, name="calls"),
    path("calls/new/", tab.new, name="call-new"),
    path("calls/log/", tab.log, name="call-log"),
]
