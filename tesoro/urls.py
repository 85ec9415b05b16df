"""All addresses of Tesoro."""

from django.contrib import admin
from django.urls import include, path

from tesoro import views

urlpatterns = [
    path("", include("contacts.dashboard.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("media/<path:name>", views.media, name="media"),
    path("support/", admin.site.urls),
    path("settings/tags/", include("contacts.tag_urls")),
    path("", include("accounts.urls")),
    path("contacts/", include("contacts.urls")),
    path("contacts/imports/", include("contacts.imports.urls")),
    path("contacts/duplicates/", include("contacts.duplicates.urls")),
    path("notes/", include("contacts.timeline.urls")),
    path("", include("contacts.attachments.urls")),
    path("", include("contacts.tasks.urls")),
    path("", include("contacts.meetings.urls")),
    path("", include("contacts.emails.urls")),
    path("", include("contacts.lines.urls")),
    path("", include("contacts.calls.urls")),
    path("", include("contacts.messaging.urls")),
    path("inbox/", include("contacts.inbox.urls")),
    path("search/", include("contacts.finder.urls")),
    path("places/", include("contacts.places.urls")),
    path("relations/", include("contacts.relations.urls")),
    path("trash/", include("contacts.trash_urls")),
    path("leads/", include("leads.urls")),
    path("", include("leads.enquiries.urls")),
    path("deals/", include("deals.urls")),
]

handler400 = "tesoro.views.bad_request"
handler403 = "tesoro.views.forbidden"
handler404 = "tesoro.views.not_found"
handler500 = "tesoro.views.server_error"
