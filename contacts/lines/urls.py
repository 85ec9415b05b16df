"""Addresses of the settings of the line."""

from django.urls import path

from contacts.lines.views import settings

app_name = "lines"
urlpatterns = [
    path("settings/telephone/", settings.telephone, name="settings"),
    path("settings/telephone/test/", settings.test, name="test"),
    path("settings/telephone/disconnection/", settings.disconnect, name="disconnection"),
]
