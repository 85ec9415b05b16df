"""``{% load settings_nav %}{% settings_pages as pages %}``"""

from typing import Any

from django import template

from accounts import settings_nav

register = template.Library()


@register.simple_tag(takes_context=True)
def settings_pages(context: dict[str, Any]) -> list[tuple[settings_nav.Page, bool]]:
    """Return the settings pages of this user, each with whether one is on it or below it."""
    path = context["request"].path
    return [(page, path.startswith(page.url)) for page in settings_nav.pages_for(context["request"].user)]
