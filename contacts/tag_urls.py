"""Addresses of the account's tags."""

from django.urls import path

from contacts.views import tags

app_name = "tags"
urlpatterns = [
    path("", tags.tags, name="list"),
    path("<int:pk>/name/", tags.rename, name="name"),
    path("<int:pk>/deletion/", tags.delete, name="deletion"),
]
