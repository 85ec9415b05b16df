"""Who may open a view: see :mod:`tesoro.access`, where the decorators live."""

from tesoro.access import admin_only, member, public

__all__ = ["admin_only", "member", "public"]
