# Uppsikt: `make run` sets everything up and ingests the sample reports; `make test` sets everything up and passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= reports.db

.PHONY: run test serve lint types unit bench corpus docs clean system

run: $(VENV)/.run
	$(BIN)/ingest run corpus/*.pdf --db $(DB)
	@echo
	@echo "Klart. Titta på rapporterna i webbläsaren:   $(BIN)/ingest serve --db $(DB)     (http://127.0.0.1:8001)"
	@echo "Sök i dem:                                   $(BIN)/ingest search upphandling --kind rekommendation --db $(DB)"
	@echo "Läs in egna rapporter:                       $(BIN)/ingest run MAPP/*.pdf --db $(DB)"

test: system $(VENV)/.test lint types unit

serve: run
	$(BIN)/ingest serve --db $(DB)

lint: $(VENV)/.test
	$(BIN)/ruff check .

types: $(VENV)/.test
	$(BIN)/mypy

unit: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

# What only system packages give (Tesseract with Swedish, Chromium): through apt where it may, and only there.
system:
	@bash tools/system-packages.sh

$(VENV)/bin/python:
	@bash tools/make-venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[all]"
	@touch $@ $(VENV)/.run

bench: $(VENV)/.test
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.planted_errors
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.growth
	$(BIN)/python -m bench.scans

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* $(DB) $(DB)-wal $(DB)-shm
