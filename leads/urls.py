"""Addresses of leads. Their list is a section's, their page is the page of a person."""

from django.urls import include, path

from contacts import list_urls, person_urls
from contacts.models import Kind
from contacts.views import panel
from leads.views import board, conversion, pipeline

app_name = "leads"
SECTION = {"section": "leads"}
urlpatterns = [
    path("", include(list_urls.urlpatterns), SECTION),
    path("new/", panel.create, SECTION, name="create"),
    path("board/", board.cards, name="board"),
    path("board/filters/", board.filters, name="board-filters"),
    path("conversion/", conversion.convert_many, name="bulk-conversion"),
    path("status/", pipeline.change_many, name="bulk-status"),
    path("<int:pk>/", include([*person_urls.urlpatterns, *person_urls.tabs_above]), {"kind": Kind.LEAD}),
    path("<int:pk>/edit/", panel.edit, SECTION, name="edit"),
    path("<int:pk>/place/", board.place, name="place"),
    path("<int:pk>/status/", pipeline.change, name="status"),
    path("<int:pk>/conversion/", conversion.convert, name="conversion"),
    path("<int:pk>/reversion/", conversion.revert, name="reversion"),
]
