"""The address where everybody comes in."""

from django.urls import path

from contacts.dashboard import views

urlpatterns = [path("", views.home, name="home")]
