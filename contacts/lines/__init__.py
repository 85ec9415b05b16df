"""The office's telephone line: its connection to Twilio, and who reached it without being known."""
