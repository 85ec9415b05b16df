"""Choosing people of the office in a form: found while one types, or named by their addresses in a plain field."""
