"""Addresses of calls, and those at which Twilio asks and tells. A new call begins on the page of its person."""

from django.urls import include, path

from contacts.calls.views import calls, hooks, recording

app_name = "calls"
of_call = [
    path("twiml/", hooks.instructions, name="twiml"),
    path("status/", hooks.status, {"far": False}, name="status"),
    path("far/", hooks.status, {"far": True}, name="far-status"),
    path("dialled/", hooks.dialled, name="dialled"),
    path("recording/", hooks.recording_made, name="recording-made"),
]
of_line = [
    path("incoming/", hooks.incoming, name="incoming"),
    path("dialled/", hooks.stray_dialled, name="stray-dialled"),
    path("<int:pk>/<int:attempt>/", include(of_call)),
]
urlpatterns = [
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/edit/", calls.edit, name="edit"),
    path("calls/<int:pk>/trash/", calls.trash, name="trash"),
    path("calls/<int:pk>/restoration/", calls.restore, name="restoration"),
    path("calls/<int:pk>/again/", calls.again, name="again"),
    path("calls/<int:pk>/confirmation/", calls.confirm, name="confirmation"),
    path("calls/<int:pk>/recording/", recording.recording, name="recording"),
    path("hooks/twilio/<slug:key>/calls/", include(of_line)),
]
