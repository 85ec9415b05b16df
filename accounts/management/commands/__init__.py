"""Commands that make offices."""
