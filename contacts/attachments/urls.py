"""Addresses of files. New ones are posted to the tab of their person."""

from django.urls import path

from contacts.attachments.views import files

app_name = "attachments"
urlpatterns = [
    path("files/<int:pk>/", files.download, name="download"),
    path("files/<int:pk>/thumbnail/", files.thumbnail, name="thumbnail"),
    path("files/<int:pk>/edit/", files.edit, name="edit"),
    path("files/<int:pk>/trash/", files.trash, name="trash"),
    path("files/<int:pk>/restoration/", files.restore, name="restoration"),
]
