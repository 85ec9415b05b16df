"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.lines.views import inbox, settings

app_name = "lines"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:pk>/lead/", inbox.create_lead, name="lead"),
    path("inbox/<int:pk>/person/", inbox.add_to_known, name="person"),
    path("inbox/<int:pk>/dismissal/", inbox.dismiss, name="dismissal"),
    path("inbox/<int:pk>/restoration/", inbox.restore, name="restoration"),
    path("settings/telephone/", settings.telephone, name="settings"),
    path("settings/telephone/test/", settings.test, name="test"),
    path("settings/telephone/disconnection/", settings.disconnect, name="disconnection"),
]
