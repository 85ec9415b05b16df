"""Addresses of contacts."""

from django.urls import include, path

from contacts import person_urls
from contacts.views import bulk, checks, detail, export, listing, panel, people, photo, saved, trash

app_name = "contacts"
urlpatterns = [
    path("", listing.contacts, name="list"),
    path("count/", listing.exact_count, name="count"),
    path("filters/", listing.filters, name="filters"),
    path("export/", export.people, name="export"),
    path("new/", panel.create, name="create"),
    path("checks/email/", checks.email, name="email-check"),
    path("checks/phone/", checks.phone, name="phone-check"),
    path("people/", people.people, name="people"),
    path("trash/", bulk.trash, name="bulk-trash"),
    path("assignment/", bulk.assign, name="bulk-assignment"),
    path("tags/", bulk.tag, name="bulk-tags"),
    path("untagging/", bulk.untag, name="bulk-untagging"),
    path("views/", saved.create, name="views"),
    path("views/<int:pk>/deletion/", saved.delete, name="view-deletion"),
    path("<int:pk>/", include(person_urls.urlpatterns)),
    path("<int:pk>/edit/", panel.edit, name="edit"),
    path("<int:pk>/trash/", trash.trash, name="trash"),
    path("<int:pk>/consent/", detail.consent, name="consent"),
    path("<int:pk>/photo/", photo.upload, name="photo"),
    path("<int:pk>/photo/deletion/", photo.delete, name="photo-deletion"),
]
