# Two commands matter: make figures, make test. Both set up what they need, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Where Python may not keep what it compiled, each of the many processes compiles a thousand modules
# again, for seconds.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help figures notebooks check portable core stress docs lab test test-slow lint bench lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# uv installs in seconds what takes pip minutes; where it cannot be had, pip does it.
# A folder of wheels that pip is told of is handed on to uv; no Python is downloaded.
$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed, this is %d.%d. Set PYTHON=..." % v)'
	$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet uv || echo "uv cannot be had; pip goes on alone"
	@export UV_FIND_LINKS="$${PIP_FIND_LINKS:-}" UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV="$(CURDIR)/$(VENV)"; \
	for step in "-r requirements.lock" "--no-deps -e ."; do \
	  { [ -x $(BIN)/uv ] && $(BIN)/uv pip install --quiet $$step; } \
	    || $(BIN)/python -m pip install --quiet $$step || exit 1; \
	done
	@touch $@

figures: $(READY)  ## run the study: executed notebooks in build/notebooks, figures in figures/
	$(BIN)/syriatopics run

notebooks: figures  ## the same: notebooks and figures come from one run

check: $(READY)  ## make every figure again and compare with the manifest
	$(BIN)/syriatopics figures --remake

portable: $(READY)  ## make everything again as other processors, threads and Pythons would, and compare
	$(BIN)/python tests/drivers/portable.py

core: $(READY)  ## install the core alone on every Python that is found, and test it
	$(BIN)/python tests/drivers/core.py

docs: $(READY)  ## build the documentation into build/docs; fetches nothing
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -d build/doctrees docs build/docs

lab: $(READY)  ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope

# Long, and no part of CI: `make test-slow` does a tenth of it.
stress: $(READY)  ## thousands of hostile inputs, and hundreds of kills at random moments
	$(BIN)/python tests/drivers/stress.py
	$(BIN)/python tests/drivers/kills.py

test-slow: $(READY)  ## run the tests that take long
	$(BIN)/python -m pytest -m slow

lint: $(READY)  ## ruff, mypy, import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## measure speed and quality beside peers
	$(BIN)/python -m benchmarks

# torch stays where it is: some builds pull gigabytes of GPU libraries. Those are left to the build
# that is found. Another torch is another number in requirements.lock, written there by hand.
lock: $(READY)  ## write requirements.lock anew from pyproject.toml
	@mkdir -p build
	grep '^torch==' requirements.lock | UV_FIND_LINKS="$${PIP_FIND_LINKS:-}" $(BIN)/uv pip compile --quiet \
	  --universal --python-version 3.11 --all-extras --no-annotate --no-header --no-emit-find-links \
	  --upgrade --constraint - pyproject.toml > build/requirements.lock
	sed -E '/^(cuda|nvidia|triton)/d; s/^torch==([0-9.]+).*/torch==\1/' build/requirements.lock | uniq > requirements.lock

clean:  ## remove the environment and everything built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
