"""The page that says what to do today, and how the office does: rooms and apps register their parts; see docs/dashboard.md."""
