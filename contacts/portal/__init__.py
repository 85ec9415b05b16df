"""The client portal; nothing of it is built yet."""
