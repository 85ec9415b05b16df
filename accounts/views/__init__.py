"""Getting in, the office's settings, its users, its outbox, and one's own profile."""
