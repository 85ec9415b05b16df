"""Calls: made by a click, taken, or logged by hand."""
