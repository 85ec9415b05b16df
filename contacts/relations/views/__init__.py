"""Views of companies, a file each."""
