"""``make bench``: every measurement, or those whose module is named: ``python -m tests.benchmarks list import``."""

import importlib
import os
import sys
import tempfile
import warnings
from pathlib import Path


def main(names: list[str]) -> None:
    """Print the figures of each benchmark as they come."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tesoro.settings")
    with tempfile.TemporaryDirectory() as var:
        # What takes long to build is kept where the product would keep its own.
        kept = Path(os.environ.get("VAR_DIR", "var")) / "benchmarks"
        os.environ.setdefault("BENCH_DIR", str(kept.absolute()))
        os.environ["VAR_DIR"] = var
        import django

        django.setup()
        warnings.simplefilter("ignore")
        for name in names or ["list", "person", "board", "dashboard", "search", "export", "import"]:
            for figure in importlib.import_module(f"tests.benchmarks.bench_{name}").figures():
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
