# Everything that is done here, by name. `make demo` and `make test` need Python 3.11 and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin
DEMO_HOME := demo-home
NPM := $(shell command -v npm 2>/dev/null)

.PHONY: help demo test test-fast test-postgresql lint format audit node messages bench fuzz screenshots requirements clean

.DEFAULT_GOAL := help

help: ## what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: .venv/base.done ## set up and serve the demo edition; its agency sends something every 20 seconds
	@$(BIN)/kawaraban --home $(DEMO_HOME) demo

test: .venv/test.done $(if $(NPM),audit/node_modules) ## set up and run all tests
	$(BIN)/pytest -n auto --dist loadfile
	$(BIN)/pytest -n auto --dist loadfile -m "slow and not browser and not audit"
	$(BIN)/pytest -n auto --dist loadfile -m "browser or audit"

test-fast: .venv/test.done ## the tests that need no server, browser or Java
	$(BIN)/pytest -n auto --dist loadfile

test-postgresql: .venv/test.done ## the same fast tests on PostgreSQL
	KAWARABAN_TEST_DATABASE=postgresql $(BIN)/pytest -n auto --dist loadfile

lint: .venv/test.done ## style, types, templates, messages, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djade --target-version 5.2 --check $$(git ls-files '*.html')
	$(BIN)/python tools/messages.py check
	$(BIN)/python tools/wagtail_messages.py check
	$(BIN)/python tools/reference.py check
	$(BIN)/python tools/migrations.py

format: .venv/test.done ## put code and templates in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files '*.html')

audit: .venv/test.done node ## Nu checker, axe, Readability, Trafilatura and Lighthouse on the demo edition
	$(BIN)/pytest tests/browser -m "browser or audit or lighthouse"

node: audit/node_modules ## what the audit needs of npm

audit/node_modules: audit/package-lock.json
	cd audit && npm ci --no-audit --no-fund
	@touch $@

messages: .venv/test.done ## collect and compile the interface's texts
	$(BIN)/python tools/messages.py extract
	$(BIN)/python tools/messages.py compile
	$(BIN)/python tools/wagtail_messages.py extract
	$(BIN)/python tools/wagtail_messages.py compile

bench: .venv/test.done ## the benchmark against nginx and Wagtail without the press
	$(BIN)/python -m benchmarks run

FUZZ_SECONDS ?= 600
fuzz: .venv/test.done ## Hypothesis and atheris, ten minutes each, shared by all formats of the wires; FUZZ_SECONDS=6600 is ten minutes a format
	$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS)

screenshots: .venv/test.done ## the pictures of README and guides, from the demo edition
	$(BIN)/python tools/screenshots.py

requirements: .venv/test.done ## compile the pinned requirements from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra test pyproject.toml -o requirements/test.txt

.venv/python.done:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Kawaraban needs Python 3.11 or newer; this is %s. Name another: make PYTHON=python3.12 …" % sys.version.split()[0])'
	@echo "Setting up .venv …"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/base.done: .venv/python.done requirements/base.txt pyproject.toml
	@echo "Installing the pinned requirements …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/test.done: .venv/base.done requirements/test.txt
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

clean: ## remove what can be made again; the demo's home too
	rm -rf .venv audit/node_modules $(DEMO_HOME) build dist *.egg-info
