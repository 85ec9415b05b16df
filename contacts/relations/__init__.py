"""Companies that contacts can belong to."""
