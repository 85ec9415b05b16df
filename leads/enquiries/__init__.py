"""Enquiries: what somebody asks by the office's public form or through a portal, and the lead it becomes."""
