# Two commands do everything on a machine with Python 3.11+, git and make:
#   make site   builds the site into site/        make test   passes the tests
# Every target installs what it needs; nothing is installed twice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NODE := tests/node/node_modules/.installed
ADMIN := .cache/admin/node_modules/.installed
EDITING := $(shell grep -ls '^editing:' registry/settings.yaml 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help install site serve test check messages bench lint lock browser signing node admin audit clean screens lighthouse

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

install: $(STAMP) ## install what the command needs, into .venv/

$(ADMIN): site_src/admin/package-lock.json $(STAMP)
	@mkdir -p .cache/admin && cp site_src/admin/package.json site_src/admin/package-lock.json .cache/admin/
	cd .cache/admin && PATH="$(abspath $(BIN)):$$PATH" npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@

admin: $(ADMIN) ## install what the page for editing by form is made of

site: $(STAMP) $(if $(EDITING),$(ADMIN)) ## check the records and build site/
	$(BIN)/registry check
	$(BIN)/registry build --out site

serve: $(STAMP) $(if $(EDITING),$(ADMIN)) ## build, serve on this machine and reload on changes
	$(BIN)/registry serve

check: $(STAMP) ## check the records only
	$(BIN)/registry check

browser: ## install Chromium, and the letters of the kept pictures, where they are missing
	@fc-list 2>/dev/null | grep -q Roboto || ! command -v apt-get >/dev/null 2>&1 || { \
	  sudo=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends fontconfig fonts-roboto-unhinted >/dev/null; }
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || { \
	  sudo=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  if command -v apt-get >/dev/null 2>&1; then \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  else echo "Install Chromium (or set CHROMIUM=/path/to/it) for the browser tests." >&2; exit 1; fi; }

$(NODE): tests/node/package-lock.json $(STAMP)
	cd tests/node && PATH="$(abspath $(BIN)):$$PATH" npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@

node: $(NODE) ## install the npm packages that tests need

signing: ## install ssh-keygen for the tests of signed commits where it is missing
	@command -v ssh-keygen >/dev/null 2>&1 || { \
	  sudo=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  if command -v apt-get >/dev/null 2>&1; then \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends openssh-client >/dev/null; \
	  else echo "Install OpenSSH for the tests of signed commits." >&2; exit 1; fi; }

test: $(STAMP) $(NODE) $(ADMIN) browser signing ## run every test, those in the browser included
	$(BIN)/python -m pytest -n auto --dist worksteal

screens: $(STAMP) browser ## make the kept pictures of each kind of page anew
	$(BIN)/python -m tests.screens

benchmarks/node/node_modules/.installed: benchmarks/node/package-lock.json $(STAMP)
	cd benchmarks/node && PATH="$(abspath $(BIN)):$$PATH" npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@

lighthouse: benchmarks/node/node_modules/.installed browser ## measure pages with Lighthouse on a usual and a slow line
	$(BIN)/python -m benchmarks.lighthouse

lint: $(STAMP) ## format check, lint, types, layers
	$(BIN)/ruff format --check builder tests benchmarks
	$(BIN)/ruff check builder tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## time the commands on a synthetic registry outside the tree
	$(BIN)/python -m benchmarks

messages: $(STAMP) ## renew the catalogues of the interface, say what is not translated
	$(BIN)/python -m builder.site.messages

lock: ## renew requirements.lock (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra build --extra test pyproject.toml -o requirements.lock

audit: $(STAMP) $(NODE) ## ask the databases of vulnerabilities about what is locked (needs uv)
	uv tool run pip-audit --require-hashes --disable-pip -r requirements.lock
	cd tests/node && PATH="$(abspath $(BIN)):$$PATH" npm audit --omit=dev

clean: ## delete what was built
	rm -rf site site-internal .site.before .site-internal.before .cache $(VENV) tests/node/node_modules
