"""Emails: written and sent from here, answered by people, filed with the person they are from."""
