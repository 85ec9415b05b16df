"""The inbox: strangers' calls and messages, until they have a name."""
