"""Addresses of a list: each section includes them with its own name, and one set of views serves all."""

from django.urls import path

from contacts.views import bulk, columns, export, listing, maps, saved

urlpatterns = [
    path("", listing.records, name="list"),
    path("count/", listing.exact_count, name="count"),
    path("filters/", listing.filters, name="filters"),
    path("map/", maps.page, name="map"),
    path("map/points/", maps.points, name="map-points"),
    path("map/filters/", maps.filters, name="map-filters"),
    path("columns/", columns.choose, name="columns"),
    path("export/", export.records, name="export"),
    path("trash/", bulk.trash, name="bulk-trash"),
    path("assignment/", bulk.assign, name="bulk-assignment"),
    path("tags/", bulk.tag, name="bulk-tags"),
    path("untagging/", bulk.untag, name="bulk-untagging"),
    path("undoing/", bulk.undo, name="bulk-undo"),
    path("views/", saved.create, name="views"),
    path("views/<int:pk>/", saved.edit, name="view"),
    path("views/<int:pk>/query/", saved.change, name="view-query"),
    path("views/<int:pk>/deletion/", saved.delete, name="view-deletion"),
]
