"""SMS and WhatsApp: threads of messages with a person."""
