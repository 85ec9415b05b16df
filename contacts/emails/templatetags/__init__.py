"""Template tags of emails."""
