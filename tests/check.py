"""``make check``: format, lint, types, templates, migrations, layers, locks. What failed is named at the end."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def _templates() -> list[str]:
    listed = ["git", "ls-files", "-co", "--exclude-standard", "templates"]
    names = subprocess.run(listed, capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()
    return [name for name in names if name.endswith(".html")]


def checks() -> dict[str, list[str]]:
    """Return each check's name and command."""
    manage = [sys.executable, "-W", "error", "manage.py"]
    return {
        "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
        "lint": [str(BIN / "ruff"), "check", "-q", "."],
        "types": [str(BIN / "mypy"), "tesoro", "accounts", "contacts", "leads", "deals"],
        "templates": [str(BIN / "djade"), "--target-version", "5.2", "--check", *_templates()],
        "system": [*manage, "check", "--fail-level", "WARNING"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "layers": [str(BIN / "lint-imports"), "--no-cache"],
        "dependencies": [sys.executable, "-m", "pip", "check", "-q"],
    }


def locks_name_an_address() -> bool:
    """Return whether a lock names an index or an address, or pins something without a hash."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        if re.search(r"https?://|^\s*(-i|--index-url|--extra-index-url|--find-links)", text, re.MULTILINE):
            return True
        pins = re.findall(r"^[\w.\[\],-]+==.*$", text, re.MULTILINE)
        if not pins or any(not re.search(re.escape(pin) + r"\n\s+--hash=sha256:", text) for pin in pins):
            return True
    return False


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def main() -> int:
    """Run all checks, as many at a time as there are processors; return 0 when none failed."""
    failed = []
    named = checks()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, done in zip(named, pool.map(_run, named.values()), strict=True):
            print(f"-- {name}\n{done.stdout}", end="", flush=True)
            if done.returncode:
                failed.append(name)
    if locks_name_an_address():
        failed.append("locks")
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
