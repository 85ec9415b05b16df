"""One stylesheet out of many sources, and scripts that find each other under hashed names."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tesoro import assets

STATIC = Path(settings.BASE_DIR) / "static"
# Linked only where it is needed.
ALONE = {STATIC / "css" / "map.css"}


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "a.css").write_text(".a {}\n")
    (tmp_path / "b.css").write_text(".b {}\n")
    main = tmp_path / "main.css"
    main.write_text('@layer one;\n@import "b.css";\n@import "a.css";\n')
    return main


def test_the_sheet_holds_its_parts_in_the_order_of_the_list(sources):
    assert assets.bundle(sources) == "@layer one;\n.b {}\n.a {}\n"


def test_a_changed_part_makes_a_new_sheet(sources, tmp_path):
    built = assets.build(sources, tmp_path / "out" / "sheet.css")
    part = tmp_path / "a.css"
    part.write_text(".c {}\n")
    later = built.stat().st_mtime_ns + 1_000_000
    os.utime(part, ns=(later, later))
    assert ".c {}" in assets.build(sources, built).read_text()


def test_a_sheet_newer_than_its_parts_is_left_alone(sources, tmp_path):
    built = assets.build(sources, tmp_path / "sheet.css")
    built.write_text("kept")
    later = built.stat().st_mtime_ns + 1_000_000_000
    os.utime(built, ns=(later, later))
    assert assets.build(sources, built).read_text() == "kept"


def test_the_sheet_is_found_without_collecting():
    sheet = Path(finders.find("css/tesoro.css")).read_text()
    assert "@import" not in sheet
    assert ".sidebar {" in sheet


def test_every_source_of_style_is_part_of_the_sheet():
    listed = set(assets.parts(STATIC / assets.SOURCE))
    assert listed == set((STATIC / "css").rglob("*.css")) - {STATIC / assets.SOURCE, *ALONE}


def test_collecting_takes_the_sheet_and_what_is_linked_alone_and_none_of_its_sources():
    names = {name for name, _ in assets.BundleFinder().list([])}
    assert {name for name in names if name.startswith("css/")} == {assets.BUNDLE, "css/map.css"}
    assert {"js/main.js", "img/favicon.svg"} <= names


def _named_by_templates():
    """Return the scripts that belong to one page alone, or that it fetches only when somebody needs them."""
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    link = re.compile(r'(?:src|data-script)="{% static "(js/.*?)" %}"')
    return {STATIC / name for page in templates for name in link.findall(page.read_text())}


def test_every_script_is_reached_from_the_main_one_or_a_page():
    reached, waiting = set(), {STATIC / "js" / "main.js", *_named_by_templates()}
    while waiting:
        script = waiting.pop()
        reached.add(script)
        found = re.findall(assets.MODULE, script.read_text())
        waiting |= {(script.parent / url).resolve() for _, _, url in found} - reached
    assert reached == set((STATIC / "js").glob("*.js"))


@pytest.mark.parametrize("script", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_neither_evaluate_nor_write_markup(script):
    code = re.sub(r'swap: "(inner|outer)HTML( settle:\d+ms)?"', "", script.read_text())
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code)


def test_imports_are_renamed_to_the_hashed_files(tmp_path):
    storage = assets.HashedStorage(location=str(tmp_path))
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_text('import "./menus.js";\n')
    (tmp_path / "js" / "menus.js").write_text("export const open = 1;\n")
    files = {name: (storage, name) for name in ("js/main.js", "js/menus.js")}
    hashed = {name: new for name, new, _ in storage.post_process(files) if new.endswith(".js")}
    assert f'import "./{Path(hashed["js/menus.js"]).name}"' in (tmp_path / hashed["js/main.js"]).read_text()


def test_the_sheet_uses_no_raw_colour_for_surfaces_outside_the_tokens():
    for path in assets.parts(STATIC / assets.SOURCE):
        assert not re.search(r"#[0-9a-f]{3,8}\b", path.read_text()), path


def test_nothing_is_important_but_hiding():
    for path in assets.parts(STATIC / assets.SOURCE):
        if path.name != "utilities.css":
            assert "!important" not in path.read_text(), path


def test_a_sheet_loses_its_comments_and_nothing_else():
    sheet = '.a { /* why */ color: red;\n    & b\n    c { content: "x  y"; }\n}\n'
    assert assets.slim(sheet) == '.a {  color: red;\n& b\nc { content: "x  y"; }\n}\n'


def test_no_string_of_a_sheet_looks_like_a_comment():
    sheets = [path.read_text() for path in (STATIC / "css").rglob("*.css")]
    strings = [found for sheet in sheets for found in re.findall(r'"[^"\n]*"', assets.COMMENT.sub("", sheet))]
    assert strings
    assert not [found for found in strings if "/*" in found or "*/" in found]
