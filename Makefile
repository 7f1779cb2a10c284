# Two commands for a fresh machine (Python 3.11+, pip, make, a package index):
#   make example   set up and classify the example notices in data/notices
#   make test      set up and pass the tests
PYTHON ?= python3
VENV := .venv
DEV := .venv-dev
PIP_FLAGS := --quiet --disable-pip-version-check
# Byte code and compiled patterns are kept for later starts, which take twice as long without them.
export PYTHONDONTWRITEBYTECODE =

.PHONY: example test lint types check wheel docs clean

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install $(PIP_FLAGS) -e ".[xlsx,report]"
	touch $@

$(DEV)/ready: pyproject.toml requirements/constraints.txt
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/pip install $(PIP_FLAGS) -c requirements/constraints.txt torch
	$(DEV)/bin/pip install $(PIP_FLAGS) -c requirements/constraints.txt -e ".[dev]"
	touch $@

example: $(VENV)/ready
	mkdir -p out
	$(VENV)/bin/zhenggai classify data/notices --output out/ledger.xlsx --overwrite
	$(VENV)/bin/zhenggai report out/ledger.xlsx --output out/report.html --overwrite

test: $(DEV)/ready
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	$(DEV)/bin/pytest

lint: $(DEV)/ready
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .

types: $(DEV)/ready
	$(DEV)/bin/mypy

check: test

docs: $(DEV)/ready
	$(DEV)/bin/mkdocs build --strict

wheel: $(DEV)/ready
	$(DEV)/bin/pip wheel $(PIP_FLAGS) --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) $(DEV) dist out
