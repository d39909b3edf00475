# Two commands do all the set-up: `make demo` and `make test`. Both need Python >= 3.11 and make.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
    $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
PORT ?= 8050

.PHONY: demo test install training lint types contracts check lock wheel clean

demo: $(VENV)/.installed
	$(BIN)/sada demo --port $(PORT)

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto

install: $(VENV)/.installed

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found. Install one, or say PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --no-deps -r requirements.txt
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(PIP) --no-deps -r requirements-dev.txt
	@touch $@

training: $(VENV)/.installed-dev
	$(PIP) --no-deps -r requirements-training.txt

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

check: lint types contracts

wheel: $(VENV)/.installed-dev
	$(BIN)/python -m build --wheel

lock:
	tools/lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
