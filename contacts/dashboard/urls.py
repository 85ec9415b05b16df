"""The address where everybody comes in, and that of what colleagues did."""

from django.urls import path

from contacts.dashboard import views

urlpatterns = [path("", views.home, name="home"), path("activity/", views.activity, name="activity")]
