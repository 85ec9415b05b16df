"""The location picker: addresses an office uses already, then those of a geocoding service; and records on a map."""
