"""Tasks: what is to be done with a person, by whom, and when."""
