# Needs Python 3.11 or newer (PYTHON=python3.12 make ... picks one) and nothing else; all that it installs goes to .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PYTEST_ARGS ?=
POSTGRESQL_ARGS ?=
DRIVERS ?= psycopg2 psycopg
PERSONAS_DATABASES ?= sqlite postgresql
PYTHONS ?= 3.11 3.12 3.13
FUZZ_ARGS ?=
FUZZ_SECONDS ?= 300
NOX_ARGS ?=
BENCH_ARGS ?=
PORT ?= 8000

LANGUAGES := de en fr id
LOCALE := jsonattrs_core/locale
TEMPLATE := $(VENV)/jsonattrs.pot
PAGES_TEMPLATE := $(VENV)/django.pot
EXTRACT := $(BIN)/pybabel -q extract --add-comments=Translators: --add-location=file --sort-by-file
# What pages say: in code, however it is marked, and in templates.
EXTRACT_PAGES := $(EXTRACT) --mapping=tools/babel.cfg --keyword=gettext_lazy --keyword=gettext_noop --keyword=lazy \
	--keyword=ngettext_lazy:1,2 --output-file=$(PAGES_TEMPLATE)
CATALOGS = $(EXTRACT) --no-default-keywords --keyword=N_ --keyword=NN_:1,2 --output-file=$(TEMPLATE) jsonattrs_core \
	&& $(BIN)/python tools/catalogs.py $(CHECK) $(TEMPLATE) $(LOCALE) $(LANGUAGES) \
	&& $(BIN)/python tools/catalogs.py $(CHECK) --plugins $(LANGUAGES) \
	&& $(EXTRACT_PAGES) jsonattrs_django \
	&& $(BIN)/python tools/catalogs.py $(CHECK) --domain=django $(PAGES_TEMPLATE) jsonattrs_django/locale $(LANGUAGES) \
	&& $(EXTRACT_PAGES) examples/landregistry/landregistry \
	&& $(BIN)/python tools/catalogs.py $(CHECK) --domain=django $(PAGES_TEMPLATE) examples/landregistry/landregistry/locale id

# Interpreters that pyenv installed but has not put on the PATH; empty where there is no pyenv.
empty :=
space := $(empty) $(empty)
PYENV_BINS = $(wildcard $(shell pyenv root 2>/dev/null)/versions/3.1[1-9]*/bin)

# Every plugin is a distribution of its own, and is installed from its folder. The template is only copied.
PLUGINS := $(filter-out plugins/_template,$(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml)))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo demo-airports test test-core test-django test-sqlite test-postgresql test-personas test-browser lint format bench bench-django bench-queries bench-forms bench-rest bench-personas fuzz fuzz-api nox messages messages-check clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F '|' '{printf "%-24s%s\n", $$1, $$2}'

# ---- what is installed: a stamp for each step, so that a second run installs nothing ----

# The pip that comes with Python 3.11 cannot read dependency groups.
$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "jsonattrs needs Python 3.11 or newer; try: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.demo: $(VENV)/.pip pyproject.toml $(wildcard examples/*/requirements.txt)
	$(BIN)/python -m pip install --quiet --requirement examples/demo/requirements.txt
	@touch $@

$(VENV)/.airports: $(VENV)/.pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[cli]'
	$(BIN)/python -m pip install --quiet --no-deps --group demo
	@touch $@

# To build a dozen distributions in this environment, and to compile only what is imported, takes a third of the time.
$(VENV)/.dev: $(VENV)/.pip pyproject.toml $(PLUGINS:%=%/pyproject.toml)
	$(BIN)/python -m pip install --quiet 'hatchling>=1.27' editables
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-compile \
		--editable '.[cli,json-schema,django]' $(PLUGINS:%=--editable %) --group dev
	$(BIN)/python -m pip install --quiet --no-deps --group demo
	@touch $@

install: $(VENV)/.dev ## Make .venv with everything that development needs

# ---- what people run ----

# What is installed for development has all that the demo needs. Whatever database others use, the demo has its own.
demo: $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.demo) ## Serve the applications of examples/ with made-up records, until Ctrl-C (PORT=8000)
	@env -u DATABASE_URL -u DJANGO_SETTINGS_MODULE $(BIN)/python examples/demo/manage.py demo --port $(PORT)

demo-airports: $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.airports) ## Validate a real table of airports with a default schema and an override
	@$(BIN)/python examples/airports/run.py

PYTEST := -m pytest -n $(WORKERS) --dist worksteal

test: $(VENV)/.dev ## Run every test (PYTEST_ARGS=..., WORKERS=2)
	@$(MAKE) --no-print-directory --keep-going test-core test-django test-personas test-browser

test-core: $(VENV)/.dev ## Run the tests of the core and the plugins, which know no settings of Django
	env -u DJANGO_SETTINGS_MODULE $(BIN)/python $(PYTEST) -p no:django $(PYTEST_ARGS)

test-django: test-sqlite test-postgresql ## Run the tests of the Django adapter on each database

test-sqlite: $(VENV)/.dev ## The same on SQLite only
	JSONATTRS_TEST_DB=sqlite $(BIN)/python $(PYTEST) tests/django $(PYTEST_ARGS)

# PostgreSQL comes from .venv too, unless DATABASE_URL names a server. Tests that are marked as long run with the first
# driver only.
test-postgresql: $(DRIVERS:%=test-postgresql-%) ## The same on PostgreSQL only (DRIVERS="psycopg2 psycopg")

.PHONY: $(DRIVERS:%=test-postgresql-%)
$(DRIVERS:%=test-postgresql-%): test-postgresql-%: $(VENV)/.dev
	JSONATTRS_TEST_DB=postgresql JSONATTRS_TEST_DRIVER=$* \
		$(BIN)/python tools/with_postgres.py $(BIN)/python $(PYTEST) tests/django \
		$(if $(filter $*,$(firstword $(DRIVERS))),,-m "not long") $(POSTGRESQL_ARGS) $(PYTEST_ARGS)

# The application has models of its own, and no SQL: one run on each database shows what it shows.
test-personas: $(PERSONAS_DATABASES:%=test-personas-%) ## Run the tests of examples/personas on each database

.PHONY: test-personas-sqlite test-personas-postgresql
test-personas-sqlite: $(VENV)/.dev
	JSONATTRS_TEST_DB=sqlite $(BIN)/python $(PYTEST) tests/personas $(PYTEST_ARGS)

test-personas-postgresql: $(VENV)/.dev
	JSONATTRS_TEST_DB=postgresql $(BIN)/python tools/with_postgres.py $(BIN)/python $(PYTEST) tests/personas $(PYTEST_ARGS)

# Skipped where there is no Chromium, unless JSONATTRS_TEST_CHROMIUM names one.
test-browser: $(VENV)/.dev ## Run the tests that use the pages of the land registry in a browser
	$(BIN)/python $(PYTEST) tests/browser $(PYTEST_ARGS)

lint: $(VENV)/.dev ## Check style, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## Rewrite the code in the house format, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Compare with other libraries; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

bench-django: $(VENV)/.dev ## Compare attributes in Django with columns and django-eav2; writes docs/benchmarks-django.md
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m benchmarks.django $(BENCH_ARGS)

bench-queries: $(VENV)/.dev ## Compare searching, indexing and unique values, up to 1,000,000 rows; writes docs/benchmarks-queries.md
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m benchmarks.django --page queries $(BENCH_ARGS)

bench-forms: $(VENV)/.dev ## Compare forms and lists of the admin with those of columns; writes docs/benchmarks-forms.md
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m benchmarks.django --page forms $(BENCH_ARGS)

bench-rest: $(VENV)/.dev ## Compare serializers with those of columns, and exports with COPY; writes docs/benchmarks-rest.md
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m benchmarks.django --page rest $(BENCH_ARGS)

bench-personas: $(VENV)/.dev ## Compare lists of examples/personas with those of columns; writes docs/benchmarks-personas.md
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m benchmarks.django --page personas $(BENCH_ARGS)

fuzz: $(VENV)/.dev ## Give the generated tests many more examples (minutes)
	$(BIN)/python -m pytest -n $(WORKERS) -m fuzz --hypothesis-profile=fuzz $(FUZZ_ARGS)

FUZZED_APIS := tests/django/rest/test_landregistry_api_fuzz.py tests/personas/api/test_fuzz.py
FUZZED = $(foreach api,$(FUZZED_APIS),$(1) $(BIN)/python -m pytest -n 0 $(api) &&) true

# schemathesis against the demo, on SQLite and on PostgreSQL: each API as each of its readers, FUZZ_SECONDS each time.
fuzz-api: export JSONATTRS_FUZZ_API = $(FUZZ_SECONDS)
fuzz-api: $(VENV)/.dev ## Ask the APIs of the examples whatever their OpenAPI documents allow (FUZZ_SECONDS=300)
	export JSONATTRS_TEST_DB=sqlite; $(call FUZZED)
	export JSONATTRS_TEST_DB=postgresql; $(call FUZZED,$(BIN)/python tools/with_postgres.py)

nox: $(VENV)/.dev ## Run the tests under each Python of PYTHONS that this machine has
	PATH="$(subst $(space),,$(addsuffix :,$(PYENV_BINS)))$$PATH" DRIVERS="$(DRIVERS)" $(BIN)/nox --pythons $(PYTHONS) $(NOX_ARGS)

# ---- translations ----

messages: $(VENV)/.dev ## Extract the messages, update the catalogs and compile them; name what is not translated
	$(CATALOGS)

messages-check: CHECK := --check
messages-check: $(VENV)/.dev ## Fail where a catalog lacks a message, or is not compiled
	$(CATALOGS)

clean: ## Remove .venv and everything else that these targets made
	rm -rf $(VENV) .nox build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
