# The commands of the README. Needs git, make and Python 3.11 or later; everything else is
# installed into .venv from locked requirements.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: demo test lint bench lock clean

demo: $(VENV)/demo
	@$(BIN)/auditor demo --output build/demo

test: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/bench
	$(BIN)/python -m benchmarks

# New versions of everything that is locked. Files carry names, versions and hashes only.
lock: $(VENV)/dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --extra demo --group build pyproject.toml \
		-o requirements/demo.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --extra demo --extra spark --group dev pyproject.toml \
		-o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --extra demo --extra spark --group dev --group bench \
		-c requirements/dev.txt pyproject.toml -o requirements/bench.txt

clean:
	rm -rf $(VENV) build dist

$(VENV)/%: requirements/%.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; none was found." >&2; exit 1; }
	@test -d $(VENV) || { echo "Installing into $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
