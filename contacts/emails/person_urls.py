"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.emails.views import tab, writing

urlpatterns = [
    path("emails/", tab.conversations, name="emails"),
    path("emails/new/", writing.new, name="email-new"),
    path("emails/conversations/<int:conversation>/", tab.conversation, name="conversation"),
]
