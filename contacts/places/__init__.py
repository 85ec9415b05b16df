"""The location picker: addresses the office uses already, then those a geocoding service knows; and people on a map."""
