"""Addresses of duplicates: what was found, two people side by side, and what was merged."""

from django.urls import path

from contacts.duplicates.views import compare, merges, pairs

app_name = "duplicates"
urlpatterns = [
    path("", pairs.pairs, name="list"),
    path("search/", pairs.search, name="search"),
    path("<int:one>/<int:two>/", compare.compare, name="compare"),
    path("<int:one>/<int:two>/dismissal/", pairs.dismiss, name="dismissal"),
    path("dismissals/<int:pk>/revocation/", pairs.take_back, name="revocation"),
    path("merges/", merges.merges, name="merges"),
    path("merges/<int:pk>/", merges.merge, name="merge"),
    path("merges/<int:pk>/undo/", merges.undo, name="undo"),
]
