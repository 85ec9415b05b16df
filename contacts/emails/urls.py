"""Addresses of what belongs to no person's page."""

app_name = "emails"
urlpatterns: list = []
