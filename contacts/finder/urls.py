"""Addresses of the search from every page."""

from django.urls import path

from contacts.finder import views

app_name = "finder"
urlpatterns = [path("", views.search, name="search")]
