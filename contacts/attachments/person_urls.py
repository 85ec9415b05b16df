"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.attachments.views import tab

urlpatterns = [
    path("attachments/", tab.files, name="attachments"),
]
