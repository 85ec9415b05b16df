"""Addresses of what belongs to no person's page."""

app_name = "attachments"
urlpatterns: list = []
