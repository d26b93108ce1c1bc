# Every command of the project. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE := cchc_portal units scoring commitments reports tests manage.py

export DJANGO_SETTINGS_MODULE ?= cchc_portal.settings.dev

.DEFAULT_GOAL := help

.PHONY: help
help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Setting up: each step is done again only when what it depends on has changed

$(VENV)/venv.stamp:
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.txt requirements-engines.txt $(VENV)/venv.stamp
	$(PIP) -r requirements.txt -r requirements-engines.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PIP) -r requirements-dev.txt
	@touch $@

.PHONY: install
install: $(VENV)/dev.stamp  ## install into .venv what a developer needs

# --- Running

.PHONY: run
run: $(VENV)/run.stamp  ## start everything with a demo year at http://127.0.0.1:8000/ (PORT=, HOST=, DEBUG=1)
	@$(BIN)/python -m cchc_portal.kit.supervisor

# --- Checking

.PHONY: pango
pango: $(VENV)/run.stamp
	@$(BIN)/python -m cchc_portal.kit.pango

.PHONY: chromium
chromium: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.chromium

.PHONY: softhsm
softhsm: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.softhsm

.PHONY: test
test: $(VENV)/dev.stamp pango chromium softhsm  ## run every test, browser tests too
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

.PHONY: check
check: $(VENV)/dev.stamp pango  ## style, imports between floors, types of the rules, migrations, diagrams
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py draw_workflows --check

.PHONY: fix
fix: $(VENV)/dev.stamp  ## put right what a machine can put right
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

.PHONY: bench
bench: $(VENV)/dev.stamp pango  ## measure what must stay fast
	$(BIN)/python -m tests.bench

# --- Making files that are kept in the repository

.PHONY: vendor
vendor:  ## copy the pinned front-end files into static/vendor (needs npm)
	npm ci --ignore-scripts
	npm run vendor

.PHONY: diagrams
diagrams: $(VENV)/run.stamp pango  ## draw docs/workflows.md from the tables of moves
	$(BIN)/python manage.py draw_workflows

.PHONY: words
words:  ## compile what Django's forms say in our words (GNU gettext)
	msgfmt --output cchc_portal/locale/vi/LC_MESSAGES/django.mo cchc_portal/locale/vi/LC_MESSAGES/django.po

.PHONY: pictures
pictures: chromium  ## take the pictures of docs/guide from a running `make run` (PORT=)
	$(BIN)/python -m tests.pictures

.PHONY: clean
clean:  ## remove .venv and all data of this clone
	rm -rf $(VENV) var staticfiles
