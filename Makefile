# Everything a newcomer needs: `make help` lists it.

VENV := .venv
BIN := $(VENV)/bin
# The first Python on the PATH that is new enough; PYTHON=/path/to/python make … takes another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
HOST ?= 127.0.0.1
PORT ?= 8000
# SERVE=0 ends `make demo` after the answer instead of going on to serve.
SERVE ?= 1
# Test processes; parsing models take some 400 MB in each.
JOBS ?= auto
DEMO_DB := var/demo.db

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo serve test lint typecheck format fuzz evaluate bench lock wheel clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## Make .venv with the locked dependencies and the command sagesman

install-dev: $(VENV)/.installed-dev ## The same, with what tests and checks need

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo "Sagesman needs Python 3.11 or newer; none is on the PATH" >&2; exit 1; fi
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --quiet -r requirements.lock
	PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(PIP) install --quiet -r requirements-dev.lock
	@touch $@

demo: export SAGESMAN_DATABASE_URL = sqlite:///./$(DEMO_DB)
demo: install ## Ingest the seed article into a fresh database, ask a question, serve (SERVE=0: don't)
	@mkdir -p $(dir $(DEMO_DB))
	@rm -f $(DEMO_DB) $(DEMO_DB)-*
	$(BIN)/sagesman db upgrade
	$(BIN)/sagesman ingest seeds/*.txt
	$(BIN)/sagesman ask "what did Baku claim?"
ifneq ($(SERVE),0)
	@echo "Serving on http://$(HOST):$(PORT)/ (Ctrl-C ends it)"
	$(BIN)/sagesman serve --host $(HOST) --port $(PORT)
endif

serve: install ## Serve the API and the pages on HOST:PORT
	$(BIN)/sagesman serve --host $(HOST) --port $(PORT)

test: install-dev ## Run the whole test suite
	$(BIN)/python -m pytest -n $(JOBS) --maxprocesses 4 --dist loadfile

lint: install-dev ## Check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: install-dev ## Check the types
	$(BIN)/mypy

format: install-dev ## Rewrite the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: install-dev ## Try the whole REST interface with schemathesis for some minutes
	$(BIN)/python -m tests.api.fuzz --max-time 300

evaluate: install-dev ## Score extraction on the gold sets
	$(BIN)/python -m tests.evaluation

bench: install ## Measure speed: articles from text to answer, graphs, exports
	$(BIN)/python -m bench.articles
	$(BIN)/python -m bench.graph
	$(BIN)/python -m bench.export 20000

lock: install-dev ## Resolve the dependencies anew (UPGRADE=1: to their newest versions)
	sh scripts/lock.sh $(BIN) $(UPGRADE)

wheel: install-dev ## Build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## Remove what was built, measured or cached; .venv and databases stay
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis htmlcov .coverage $(DEMO_DB)*
	find app tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
