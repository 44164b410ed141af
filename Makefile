# The four things there are to do here. Each sets up what it needs, in .venv.
PYTHON := .venv/bin/python

.PHONY: run test bench lint translations

run: .venv/run
	$(PYTHON) manage.py start

# Browsers come after everything else: beside it they would wait too long for their pages.
# What a browser on a busy machine failed is tried once more, alone and on a fresh installation.
test: lint browser
	$(PYTHON) -m pytest -n auto --dist loadfile --ignore tests/browser
	$(PYTHON) -m pytest -n 2 --dist loadfile tests/browser \
	  || $(PYTHON) -m pytest --last-failed tests/browser

bench: browser
	@for file in bench/*.py; do name=$$(basename "$$file" .py); \
	  if grep -q '__main__' "$$file"; then echo "== $$name"; $(PYTHON) -m "bench.$$name" || exit 1; fi; done
	$(PYTHON) -m pytest -m slow

lint: .venv/dev
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy .
	.venv/bin/lint-imports

translations: .venv/dev
	$(PYTHON) -m translations.update

.PHONY: browser
browser: .venv/dev
	@$(PYTHON) -c "import shutil, sys; sys.exit(shutil.which('chromium') is None)" \
	  || $(PYTHON) -m playwright install chromium

.venv/bin/python:
	python3 -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(PYTHON) -m pip install --quiet -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	$(PYTHON) -m pip install --quiet -r requirements-dev.txt
	@touch $@
