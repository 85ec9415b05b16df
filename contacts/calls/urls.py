"""Addresses of what belongs to no person's page."""

app_name = "calls"
urlpatterns: list = []
