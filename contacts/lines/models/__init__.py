"""The line, and who reached it without being known."""

from contacts.lines.models.line import Line
from contacts.lines.models.stray import Stray, StrayKind

__all__ = ["Line", "Stray", "StrayKind"]
