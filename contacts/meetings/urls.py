"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.meetings.views import calendar

app_name = "meetings"
urlpatterns = [path("calendar/", calendar.calendar, name="calendar")]
