"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.meetings.views import calendar, feed, meeting, plan

app_name = "meetings"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/new/", plan.from_calendar, name="new"),
    path("calendar/feed/<slug:token>.ics", feed.feed, name="feed"),
    path("meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", plan.edit, name="edit"),
    path("meetings/<int:pk>/cancellation/", meeting.cancel, name="cancellation"),
    path("meetings/<int:pk>/trash/", meeting.trash, name="trash"),
    path("meetings/<int:pk>/restoration/", meeting.restore, name="restoration"),
    path("settings/calendar/", feed.settings, name="feed-settings"),
    path("settings/calendar/renewal/", feed.renew, name="feed-renewal"),
    path("settings/calendar/deletion/", feed.delete, name="feed-deletion"),
]
