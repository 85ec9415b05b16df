# Everything a person runs here. Needs Python 3.11 or newer and make; all else is installed into .venv.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench lock clean format

run: $(VENV)/.runtime
	@exec $(BIN)/python manage.py serve --port $(PORT)

# The whole suite: on SQLite, and again on PostgreSQL where DATABASE_URL or TEST_POSTGRES_URL names one (CI demands it).
test: $(VENV)/.dev
	@$(BIN)/python -m tests.run

check: $(VENV)/.dev
	@$(BIN)/python -m tests.check

bench: $(VENV)/.dev
	@$(BIN)/python -m tests.benchmarks

format: $(VENV)/.dev
	@$(BIN)/ruff check -q --fix-only . ; $(BIN)/ruff format -q . ; git ls-files -co --exclude-standard 'templates/**/*.html' | xargs $(BIN)/djade --target-version 5.2

# Resolve the ranges of pyproject.toml anew. The locks hold names, versions and hashes; no index, no address.
lock: $(VENV)/.dev
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade -o requirements.txt pyproject.toml
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade -c requirements.txt --group dev -o requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) var .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Tesoro needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt | $(VENV)/.made
	@echo "Installing what Tesoro needs (once, about half a minute) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need (once, about a minute) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
