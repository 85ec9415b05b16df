"""What the screens of an import say of its records, in the words of their kind."""

from typing import Any

from django import template

from contacts.imports.kinds import Kind
from tesoro.templatetags.ui import grouped

register = template.Library()


@register.simple_tag
def counted(kind: Kind, name: str, number: int) -> str:
    """Return the sentence that the kind has for so many records: ``{% counted kind "undo" run.created %}``."""
    sentence: str = getattr(kind.words, name)(number)
    return sentence % {"n": grouped(number)}


@register.filter
def asked(form: Any, name: str) -> Any:
    """Return the field of a form that asks for an option of the kind."""
    return form[name]
