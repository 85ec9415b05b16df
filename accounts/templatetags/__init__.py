"""Template tags of the settings pages."""
