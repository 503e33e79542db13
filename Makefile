# Two commands are all that is needed: `make demo` and `make test`. Each step leaves a stamp in .venv/.done,
# so that a second start takes seconds; a step runs again when what it reads has changed.

VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.done
PORT ?= 8000
WORKERS ?= 2
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock"
LOCKED := pyproject.toml requirements/build.in --extra faces --extra heic

# Daftar starts many processes; each of them would compile our own modules again where writing them down is forbidden.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test test-slow bench lint format setup lock clean
.DELETE_ON_ERROR:

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: setup $(DONE)/extras ## Fill an embedded database with made-up people and serve it on PORT (default 8000)
	@exec $(BIN)/daftar demo --port $(PORT)

test: lint $(DONE)/browser $(DONE)/node-test $(DONE)/readers $(DONE)/kannel ## All checks and tests, at most 20 minutes on two cores
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-slow: $(DONE)/spark $(DONE)/browser $(DONE)/node-test $(DONE)/kannel ## PySpark, kill loops, Chromium on PostgreSQL, long sweeps
	$(BIN)/python -m pytest -m slow -n $(WORKERS) --dist loadfile -vv --durations=20

bench: setup $(DONE)/test ## Speed and memory, as a table with paired ratios
	@command -v wrk >/dev/null || scripts/debian.sh "the benchmarks' load" wrk
	$(BIN)/python -m bench

lint: setup $(DONE)/test ## Style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DONE)/test ## Put the code into the house's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(DONE)/package $(DONE)/vendor $(DONE)/messages $(DONE)/print

# Python ----------------------------------------------------------------------------------------------------------

$(DONE)/venv: scripts/venv.sh scripts/debian.sh
	@scripts/venv.sh $(VENV)
	@mkdir -p $(DONE) && touch $@

$(DONE)/run: requirements/run.txt $(DONE)/venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	@touch $@

$(DONE)/package: pyproject.toml $(DONE)/run
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DONE)/extras: requirements/extras.txt $(DONE)/package
	$(BIN)/pip install --quiet --require-hashes --no-build-isolation -r requirements/extras.txt
	@touch $@

$(DONE)/test: requirements/test.txt $(DONE)/package
	$(BIN)/pip install --quiet --require-hashes --no-build-isolation -r requirements/test.txt
	@touch $@

$(DONE)/spark: requirements/spark.txt $(DONE)/test
	@scripts/java.sh
	$(BIN)/pip install --quiet --require-hashes --no-build-isolation -r requirements/spark.txt
	@touch $@

# Front end: third-party packages come by npm, none of them is in the repository ------------------------------------

$(DONE)/node: package-lock.json requirements/node.txt scripts/node.sh $(DONE)/venv
	@scripts/node.sh $(VENV) --omit=dev
	@touch $@

$(DONE)/node-test: $(DONE)/node
	@scripts/node.sh $(VENV)
	@touch $@

$(DONE)/vendor: daftar/portal/theme/vendor.py $(DONE)/node $(DONE)/package
	$(BIN)/python -m daftar.portal.theme.vendor
	@touch $@

$(DONE)/print: scripts/print.sh scripts/debian.sh daftar/portal/theme/paper/fonts.py $(DONE)/node $(DONE)/package
	@scripts/print.sh $(VENV)
	@touch $@

$(DONE)/messages: $(shell find daftar -name '*.po') $(DONE)/package
	$(BIN)/python -m daftar.portal.theme.catalogues
	@touch $@

$(DONE)/readers: scripts/readers.sh scripts/debian.sh
	@mkdir -p $(DONE)
	@scripts/readers.sh
	@touch $@

$(DONE)/kannel: scripts/kannel.sh scripts/debian.sh
	@mkdir -p $(DONE)
	@scripts/kannel.sh
	@touch $@

$(DONE)/browser: scripts/browser.sh scripts/debian.sh $(DONE)/test setup
	@scripts/browser.sh
	@touch $@

# Locks -------------------------------------------------------------------------------------------------------------

lock: $(DONE)/run ## Pin everything anew, with hashes; no address of a registry is written
	$(BIN)/pip install --quiet uv
	$(LOCK) --upgrade pyproject.toml requirements/build.in -o requirements/run.txt
	$(LOCK) --upgrade $(LOCKED) -c requirements/run.txt -o requirements/extras.txt
	$(LOCK) --upgrade $(LOCKED) --extra test -c requirements/extras.txt -o requirements/test.txt
	$(LOCK) --upgrade $(LOCKED) --extra test --extra spark -c requirements/test.txt -o requirements/spark.txt
	$(LOCK) --upgrade requirements/node.in -o requirements/node.txt
	npm install --package-lock-only

clean: ## Remove what was installed and what the demo made
	rm -rf $(VENV) node_modules var build daftar.egg-info daftar/portal/theme/static/vendor \
		daftar/portal/theme/paper/fonts
	find daftar tests -name __pycache__ -prune -exec rm -rf {} +
