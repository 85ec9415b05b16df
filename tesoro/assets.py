"""How scripts and styles reach the browser: one stylesheet out of many sources, hashed names, compressed ahead.

The sources under ``static/css`` stay one component a file. ``css/main.css`` lists them by ``@import`` in the order that
counts; the pages link ``css/tesoro.css``, which the finder writes from that list whenever a source is newer. So
development, tests and ``collectstatic`` serve the same sheet and nobody has to remember a build.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/tesoro.css"
SOURCE = "css/main.css"
IMPORT = re.compile(r'^@import\s+"([^"]+)";[ \t]*\n?', re.MULTILINE)
COMMENT, BLANK = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\s*\n\s*")
MODULE = r"""(?P<matched>(?P<head>\bimport\s*(?:[^"';]*?\bfrom\s*)?)["'](?P<url>\./[^"']+)["'])"""
# What the product's own pages load. Django admin's files are hashed too; compressing hundreds of them is not worth it.
COMPRESSED = ("css/", "js/", "img/", "django_htmx/htmx-2.min", "leaflet/leaflet.js", "leaflet/leaflet.css")


def parts(main: Path) -> list[Path]:
    """Return the files that ``main`` imports, in order. An import is one line: ``@import "base.css";``."""
    return [main.parent / name for name in IMPORT.findall(main.read_text())]


def bundle(main: Path) -> str:
    """Return one sheet: every ``@import`` line of ``main`` replaced by the file it names, without what only we read."""
    return slim(IMPORT.sub(lambda found: (main.parent / found[1]).read_text(), main.read_text()))


def slim(sheet: str) -> str:
    """Leave out comments and the blanks that begin lines: a fifth of what goes over the line, compressed.

    No string of ours holds a comment's signs or a line break; a test sees to that.
    """
    return BLANK.sub("\n", COMMENT.sub("", sheet)).lstrip()


def build(main: Path, target: Path) -> Path:
    """Write the sheet to ``target`` unless it is newer than its sources, and return ``target``.

    Several processes may do so at once: each writes a file of its own and renames it.
    """
    newest = max(path.stat().st_mtime_ns for path in [main, *parts(main)])
    if target.exists() and target.stat().st_mtime_ns > newest:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=target.parent, suffix=".css", delete=False) as sheet:
        sheet.write(bundle(main))
    Path(sheet.name).chmod(0o644)
    return Path(sheet.name).replace(target)


class BundleFinder(FileSystemFinder):
    """Finds the files of ``static/``, with the one stylesheet in the place of its sources."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.main = Path(settings.BASE_DIR) / "static" / SOURCE
        self.built = FileSystemStorage(location=Path(settings.VAR_DIR) / "build")

    def _build(self) -> Path:
        return build(self.main, Path(self.built.path(BUNDLE)))

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """Return where ``path`` lies; a list when all matches are asked for."""
        if path != BUNDLE:
            return super().find(path, *args, **kwargs)
        every = kwargs.get("find_all") or kwargs.get("all") or any(args)
        return [str(self._build())] if every else str(self._build())

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield what ``collectstatic`` takes over."""
        inside = {f"css/{part.relative_to(self.main.parent).as_posix()}" for part in parts(self.main)} | {SOURCE}
        for path, storage in super().list(ignore_patterns):
            if path not in inside:
                yield path, storage
        self._build()
        yield BUNDLE, self.built


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, so browsers keep files for ever; the product's own are compressed ahead with brotli and gzip."""

    # Our modules import each other by their own names; collected, by the hashed ones. Django could do so for every
    # script, and stumbles over those of other packages.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", ((MODULE, '%(head)s"%(url)s"'),)))
    keep_only_hashed_files = True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what the product's pages load and leave the rest as it is."""
        yield from super().compress_files(path for path in paths if path.startswith(COMPRESSED))
