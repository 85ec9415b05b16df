"""Addresses of contacts."""

from django.urls import include, path

from contacts import list_urls, person_urls
from contacts.views import checks, detail, panel, people, photo, trash

app_name = "contacts"
urlpatterns = [
    path("", include(list_urls.urlpatterns), {"section": "contacts"}),
    path("new/", panel.create, {"section": "contacts"}, name="create"),
    path("checks/email/", checks.email, name="email-check"),
    path("checks/phone/", checks.phone, name="phone-check"),
    path("people/", people.people, name="people"),
    path("<int:pk>/", include([*person_urls.urlpatterns, *person_urls.tabs_above])),
    path("<int:pk>/edit/", panel.edit, {"section": "contacts"}, name="edit"),
    path("<int:pk>/trash/", trash.trash, name="trash"),
    path("<int:pk>/consent/", detail.consent, name="consent"),
    path("<int:pk>/photo/", photo.upload, name="photo"),
    path("<int:pk>/photo/deletion/", photo.delete, name="photo-deletion"),
]
