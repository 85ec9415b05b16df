"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.lines.views import inbox

app_name = "lines"
urlpatterns = [path("inbox/", inbox.inbox, name="inbox")]
