"""The project: settings, addresses, and the foundations every app stands on."""
