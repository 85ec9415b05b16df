"""Template tags of the timeline."""
