# Development tasks. PY is the interpreter of an environment with `pip install -e '.[dev]'`.
PY ?= .venv/bin/python

.PHONY: check test lint types fresh data schema locale picture reference dependencies requirements snapshots audit soak soak-guided oldest

check: lint types fresh test

test:
	$(PY) -m pytest -q -n auto

# ruff holds the layers and the lazy imports as well (see pyproject.toml).
lint:
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types:
	$(PY) -m mypy

# Written files must be what their sources make of them.
fresh:
	$(PY) tools/make_data.py --check
	$(PY) tools/make_schema.py --check
	$(PY) tools/make_locale.py --check
	$(PY) tools/make_dependencies.py --check
	$(PY) -m tools.make_reference --check
	$(PY) tools/make_picture.py --check

data:
	$(PY) tools/make_data.py

schema:
	$(PY) tools/make_schema.py

locale:
	$(PY) tools/make_locale.py

reference:
	$(PY) -m tools.make_reference

dependencies:
	$(PY) tools/make_dependencies.py

picture:
	$(PY) tools/make_picture.py

# Known faults of the pinned versions. Asks the network, so nothing else depends on it.
audit:
	$(PY) -m pip install -q pip-audit
	$(PY) -m pip_audit --require-hashes --disable-pip -r requirements/run.txt

# Every reader at length: FUZZ examples for each, less for the slow ones.
FUZZ ?= 20000
soak:
	XIANKE_FUZZ=$(FUZZ) $(PY) -m pytest -q -n auto --durations=0 tests/fuzz

# The same led by coverage, SECONDS for each; needs `pip install atheris`.
SECONDS ?= 60
GUIDED = "gig file" "time log" calendar catalogue "inventory file" "bill 0" "bill 3"
soak-guided:
	for name in $(GUIDED); do \
		$(PY) -m tests.fuzz.guided "$$name" -max_total_time=$(SECONDS) -verbosity=0 || exit 1; \
	done

# Exact versions with hashes, for installs that must be repeatable, and the oldest versions that
# pyproject.toml allows. Needs uv on the path.
requirements:
	uv pip compile -q --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url \
		--no-header --no-annotate pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra dev pyproject.toml -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --upgrade --resolution lowest-direct \
		--no-emit-index-url --no-header --no-annotate --extra calendar pyproject.toml \
		-o requirements/oldest.txt

# The whole suite on the oldest versions that pyproject.toml allows, in an environment of its own.
oldest:
	uv venv -q --clear --python $(PY) .venv-oldest
	uv pip install -q -p .venv-oldest -r requirements/oldest.txt -e '.[test]'
	.venv-oldest/bin/python -m pytest -q -n auto

snapshots:
	XIANKE_UPDATE_SNAPSHOTS=1 $(PY) -m pytest -q tests/cli
