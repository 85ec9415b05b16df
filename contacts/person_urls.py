"""Addresses on the page of a person: every room's tabs, and the forms that begin something there.

The sections include them, contacts as they are, leads with ``kind``: one view serves both.
"""

from typing import Any

from django.urls import path

from contacts.attachments import person_urls as attachments
from contacts.calls import person_urls as calls
from contacts.emails import person_urls as emails
from contacts.meetings import person_urls as meetings
from contacts.messaging import person_urls as messaging
from contacts.tasks import person_urls as tasks
from contacts.views import detail, info

# Tabs of rooms above, which add theirs while the apps come up.
tabs_above: list[Any] = []
urlpatterns = [
    path("", detail.activities, name="detail"),
    path("info/", info.info, name="info"),
    path("info/<str:field>/", info.field, name="info-field"),
    path("notes/", detail.notes, name="notes"),
    *emails.urlpatterns,
    *calls.urlpatterns,
    *messaging.urlpatterns,
    *tasks.urlpatterns,
    *meetings.urlpatterns,
    *attachments.urlpatterns,
]
