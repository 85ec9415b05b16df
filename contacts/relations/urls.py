"""Addresses of companies."""

from django.urls import include, path

from contacts import list_urls
from contacts.relations.views import detail, people, picking, trash
from contacts.views import panel

app_name = "relations"
SECTION = {"section": "relations"}
urlpatterns = [
    path("", include(list_urls.urlpatterns), SECTION),
    path("new/", panel.create, SECTION, name="create"),
    path("companies/", picking.companies, name="companies"),
    path("<int:pk>/", detail.activities, name="detail"),
    path("<int:pk>/info/", detail.info, name="info"),
    path("<int:pk>/info/<str:field>/", detail.field, name="info-field"),
    path("<int:pk>/contacts/", people.people, name="contacts"),
    path("<int:pk>/contacts/<int:person>/unlinking/", people.let_go, name="unlinking"),
    path("<int:pk>/notes/", detail.notes, name="notes"),
    path("<int:pk>/attachments/", detail.attachments, name="attachments"),
    path("<int:pk>/edit/", panel.edit, SECTION, name="edit"),
    path("<int:pk>/trash/", trash.trash, name="trash"),
]
