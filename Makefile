# The two commands of the README do all the set-up: `make demo`, `make test`. Both make .venv when it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPECS := specs/hexi-court-2023
# Each process of a test run rewrites the assertions of 300 files, seconds of it, where it finds none that are kept.
KEPT := PYTHONDONTWRITEBYTECODE=

# Tests that take seconds are marked `slow`, properties `hypothesis` (by that library), those that need
# LibreOffice `office`, those that need Chromium `browser`; `make quick` leaves out all four.
LONG := slow or hypothesis or office or browser
QUICK := not ($(LONG))

.PHONY: compiled demo web quick test lint types format coverage search golden picture house bench wheel clean

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "perfdoc needs Python 3.11 or newer; this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# As pip does for what is not editable: where no bytecode may be written, each start would compile perfdoc anew.
compiled: $(VENV)/.installed
	@$(BIN)/python -m compileall -q perfdoc

demo: compiled  ## five real projects: YAML to Word and back, not a byte changed
	@mkdir -p out
	$(BIN)/perfdoc render $(SPECS) -o out/hexi-court-2023.docx --force
	rm -rf out/read-back
	$(BIN)/perfdoc import out/hexi-court-2023.docx -o out/read-back
	diff -r $(SPECS) out/read-back && echo "read back: not a byte of YAML changed"
	$(BIN)/perfdoc verify $(SPECS)

web: compiled  ## the real specs as a page in the browser
	$(BIN)/perfdoc web specs

quick: lint types compiled  ## a first answer in about a minute: lint, types, and the tests of what is usual
	$(KEPT) $(BIN)/pytest -n auto --dist worksteal -m '$(QUICK)' -r fE

test: lint types coverage  ## everything that must hold

lint: $(VENV)/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.installed
	$(BIN)/mypy

# To be traced makes a test up to three times as slow: the floor is held by the tests of what is usual alone.
coverage: compiled
	$(BIN)/coverage erase
	$(KEPT) $(BIN)/coverage run -m pytest -n auto --dist worksteal -m '$(QUICK)'
	$(KEPT) $(BIN)/pytest -n auto --dist worksteal -m '$(LONG)'
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

format: $(VENV)/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

search: $(VENV)/.installed  ## the properties on fifteen times as many examples, which no run has drawn yet
	$(KEPT) $(BIN)/pytest -n auto --dist worksteal -m hypothesis --hypothesis-profile=search

golden: $(VENV)/.installed  ## accept new golden files and outputs in the pages: lists what it wrote, and fails so that the diff is read
	$(KEPT) $(BIN)/pytest tests/goldens tests/project/test_page_examples.py tests/texts/test_click_texts.py --update-golden

picture: $(VENV)/.installed  ## the README's picture of a page, made anew
	$(BIN)/python docs/picture.py

house: $(VENV)/.installed  ## how perfdoc is laid out, in numbers: lines, folders, names, circles of imports
	@$(BIN)/python tests/support/house.py

bench: $(VENV)/.installed  ## perfdoc and its peers on the same files, some 15 minutes; writes benchmarks/RESULTS.md
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks

wheel: $(VENV)/.installed
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) out dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
