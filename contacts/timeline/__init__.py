"""The timeline: everything that happens with a person or a company, newest first."""
