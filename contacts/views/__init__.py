"""The screens of contacts, a file for each."""
