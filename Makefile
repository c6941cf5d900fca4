# Accueil: `make run` opens the demo practice, `make test` passes every test. Nothing else is needed by hand.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Two tests more at once than processors: those with a terminal or a server spend half of their time waiting for it.
WORKERS = $(shell $(PYTHON) -c 'import os; print(2 + (os.cpu_count() or 1))')
MEMORY := $(shell test -w /dev/shm && echo TMPDIR=/dev/shm)
PIP    := $(BIN)/pip --disable-pip-version-check --quiet
LOCK   := --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --strip-extras --quiet

.PHONY: setup setup-dev run test behaviour coverage check documents screenshots bench lock clean

setup: $(VENV)/.program
	$(BIN)/python -m compileall -q models tui
setup-dev: $(VENV)/.tests

$(VENV)/.program: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Accueil needs Python 3.11 or newer (make PYTHON=python3.11)")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --no-index -e .
	touch $@

$(VENV)/.tests: $(VENV)/.program requirements-dev.lock
	$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	touch $@

run: $(VENV)/.program
	@$(BIN)/accueil demo

test: setup-dev
	$(MAKE) --no-print-directory -j2 check behaviour

behaviour: setup-dev
	$(MEMORY) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

coverage: check
	$(BIN)/coverage erase
	$(MEMORY) $(BIN)/coverage run -m pytest -n $(WORKERS) --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/python -m tests.coverage_floor

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

documents: setup-dev
	$(BIN)/python -m tests.house_map
	$(BIN)/python -m tests.key_table

screenshots: setup-dev
	$(BIN)/python -m tests.screenshots

bench: setup-dev
	$(BIN)/python -m tests.bench

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip --quiet install pip-tools==7.6.2
	$(VENV)-lock/bin/pip-compile $(LOCK) --extra build -o requirements.lock pyproject.toml
	$(VENV)-lock/bin/pip-compile $(LOCK) --extra build --extra dev --extra postgres -c requirements.lock -o requirements-dev.lock pyproject.toml
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV)
