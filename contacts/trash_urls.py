"""Addresses of the trash."""

from django.urls import path

from contacts.views import trash

app_name = "trash"
urlpatterns = [
    path("", trash.contents, name="list"),
    path("restoration/", trash.restore, name="restoration"),
    path("deletion/", trash.purge, name="deletion"),
]
