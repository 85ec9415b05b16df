"""The page that says what to do today and how the office does; see docs/dashboard.md."""
