"""Notes in Markdown: formatted, and safe whatever is in them."""

from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from tesoro.markdown import MOST_BRACKETS, plain, render

TAGS = {"p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
ALLOWED = TAGS | {"a.href", "a.title", "a.rel", "ol.start"}


def tags_in(html: str) -> set[str]:
    """Return the tags in HTML as a browser sees them, and their attributes as tag.attribute."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update([tag, *(f"{tag}.{name}" for name, _value in attrs)])

    Reader().feed(html)
    return found


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# Viewing", "<p><strong>Viewing</strong></p>"),
        ("`code`", "<p><code>code</code></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("![plan](https://example.com/x.png)", "<p>plan</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("", ""),
    ],
)
def test_formatting_becomes_html(text: str, html: str) -> None:
    assert render(text).strip() == html


@pytest.mark.parametrize(
    "target", ["https://example.com/a?b=c", "http://example.com", "mailto:a@example.com", "tel:+3461"]
)
def test_links_to_web_mail_and_phone_are_kept_and_marked(target: str) -> None:
    html = render(f"[here]({target})")
    assert f'href="{target}"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "/trash/",
        "//example.com",
        "ftp://example.com",
    ],
)
def test_other_targets_are_no_links(target: str) -> None:
    assert "href" not in render(f"[here]({target})")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '[x](https://example.com "\\"onmouseover=alert(1)")',
        "<svg/onload=alert(1)>",
        '![x" onerror=alert(1)](x)',
        "# <iframe src=https://example.com>",
    ],
)
def test_html_in_a_note_is_shown_and_not_obeyed(text: str) -> None:
    assert tags_in(render(text)) <= ALLOWED


def test_the_html_is_marked_as_safe() -> None:
    assert isinstance(render("x"), SafeString)


@given(st.text(alphabet="<>/[]()!#*`\"' \nabjs:=&;\x00"))
def test_any_text_gives_allowed_tags_alone(text: str) -> None:
    assert tags_in(render(text)) <= ALLOWED


def test_deep_nesting_is_survived() -> None:
    assert render(">" * 5000 + " deep")
    assert render("[" * 5000)


LINK = "[here](https://example.com) "


def test_as_many_links_as_a_person_writes_are_links() -> None:
    assert render(LINK * MOST_BRACKETS).count("<a ") == MOST_BRACKETS


@pytest.mark.parametrize("text", [LINK * (MOST_BRACKETS + 1), "![" * 25_000, "*[" * 25_000])
def test_more_brackets_than_that_are_shown_and_not_searched(text: str) -> None:
    assert "<a " not in render(text)
    assert "<strong>" in render(f"**bold** {text}")
    assert "[" in plain(text, 80)


@pytest.mark.parametrize(
    ("text", "length", "words"),
    [
        ("**Called** her\n\n- wants a *garden*", 80, "Called her wants a garden"),
        ("one\ntwo", 80, "one two"),
        ("[here](https://example.com) & there", 80, "here & there"),
        ("![plan](x.png)", 80, "plan"),
        ("```\ncode\n```", 80, "code"),
        ("one two three", 8, "one two…"),
        ("one", 3, "one"),
        ("four", 3, "fo…"),
        ("four", 0, ""),
        ("", 10, ""),
    ],
)
def test_plain_gives_the_words_on_one_line(text: str, length: int, words: str) -> None:
    assert plain(text, length) == words


@given(st.text(), st.integers(min_value=0, max_value=50))
def test_plain_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(plain(text, length)) <= length
