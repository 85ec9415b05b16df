"""Meetings: viewings, calls and appointments, their invitations, and the calendar."""
