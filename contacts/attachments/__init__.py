"""Attachments: the files of a person or a company, for the office's users only."""
