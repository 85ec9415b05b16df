"""The line that says what just happened, with a way back. It travels by Django's messages and outlives a redirect.

``django.contrib.messages`` works as ever (``messages.success(request, text)``); ``toast`` adds Undo.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

TONES = {messages.ERROR: "bad", messages.WARNING: "warn", messages.SUCCESS: "good"}


@dataclass(frozen=True)
class Toast:
    """What is shown: a text, its tone (good, warn, bad or nothing), and the form behind Undo where there is one.

    One with ``cheer`` is celebrated: see ``static/js/cheer.js``.
    """

    text: str
    tone: str = ""
    undo_url: str = ""
    undo_data: list[tuple[str, str]] = field(default_factory=list)
    cheer: bool = False


def toast(
    request: HttpRequest,
    text: str,
    *,
    undo_url: str = "",
    undo_data: Mapping[str, Any] | None = None,
    level: int = messages.SUCCESS,
    cheer: bool = False,
) -> None:
    """Say ``text`` on the next page. With ``undo_url``, Undo posts ``undo_data`` there (a list repeats its name).

    Keep the data small: it lies in the session until it is shown. Large selections travel as the key of a record.
    """
    undo = {"url": undo_url, "data": _pairs(undo_data or {})} if undo_url else None
    tags = json.dumps({"undo": undo, "cheer": cheer}) if undo or cheer else ""
    messages.add_message(request, level, text, extra_tags=tags)


def read(message: Any) -> Toast:
    """Return what a message of Django's messages shows, also one that was not made by ``toast``."""
    told = _told(message.extra_tags or "")
    undo = told.get("undo") or {}
    return Toast(
        str(message.message),
        TONES.get(message.level, ""),
        undo.get("url", ""),
        [(name, value) for name, value in undo.get("data", [])],
        bool(told.get("cheer")),
    )


def _pairs(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (name, str(one))
        for name, value in data.items()
        for one in (value if isinstance(value, list | tuple | set) else [value])
    ]


def _told(tags: str) -> dict[str, Any]:
    """Extra tags that are no JSON of ours are only words of CSS."""
    return json.loads(tags) if tags.startswith('{"undo"') else {}
