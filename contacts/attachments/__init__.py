"""Attachments: the files of a person, for the office's users only."""
