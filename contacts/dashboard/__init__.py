"""The page that says what to do today and how the office is doing; see docs/dashboard.md."""
