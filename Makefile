# `make run` and `make test` are the two to know. Everything is installed into .venv, once.

PYTHON ?= python3
SHARED ?= ../shared
PAGES  ?=
BIN    := .venv/bin
# Pages on which nothing was tuned or learned yet: they tell how sure facts of new pages are.
FRESH  := $(addprefix tests/annotated/,everyday bureau)
# Pages and what a careful reader found on them, folder by folder.
folders = $(foreach folder,$(1),$(folder)/pages $(folder)/gold)
ANNOTATED = $(SHARED)/goldset/pages $(SHARED)/goldset/gold corpus tests/corpus_gold \
	$(call folders,tests/look $(filter-out $(FRESH),$(patsubst %/.,%,$(wildcard tests/annotated/*/.))))
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
READY  := .venv/.ready

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run audit test lint types layers pytest fuzz eval bench rerun golden screenshots libraries gazetteer model \
	weights calibrate lock clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) ## read corpus/, write the tables to outputs/
	@$(BIN)/twintown run corpus --out outputs || [ $$? -eq 1 ]

audit: $(READY) ## write outputs/audit.html, a page to check the facts with
	@$(BIN)/twintown audit outputs

test: lint types layers pytest ## every check there is

lint: $(READY) ## style and likely bugs
	$(BIN)/ruff check .

types: $(READY) ## mypy, strict
	$(BIN)/mypy

layers: $(READY) ## who may import whom
	$(BIN)/lint-imports

pytest: $(READY) ## the tests, with coverage
	$(BIN)/python -m pytest --cov --cov-report=term

fuzz: $(READY) ## read 50,000 damaged pages (a quarter of an hour; SEED=2 for others)
	$(BIN)/python -m tests.fuzz 50000 --seed $(or $(SEED),1)

eval: $(READY) ## score against the gold pages in SHARED (default ../shared); fail below the floors
	@test -d $(SHARED)/goldset || { echo "eval: no goldset in $(SHARED); name its folder: make eval SHARED=..." >&2; exit 2; }
	@mkdir -p build
	@$(BIN)/twintown eval $(SHARED)/goldset/pages $(SHARED)/goldset/gold --quiet --html build/eval.html --floors tests/eval_floors.json
	@echo "every wrong and missed fact: build/eval.html"

bench: $(READY) ## speed and memory beside a script written in an afternoon (PAGES=folder)
	$(BIN)/python -m benchmarks.bench $(PAGES)

rerun: $(READY) ## what it costs to run again over a thousand pages of which one has changed; kill some runs
	$(BIN)/python -m benchmarks.rerun --kills 40

golden: $(READY) ## make the golden files and outputs/ anew; read the diff before you commit it
	@$(BIN)/twintown run -q corpus --out outputs || [ $$? -eq 1 ]
	$(BIN)/python -m pytest --regen-all
	@git diff --stat -- outputs tests

screenshots: $(READY) ## take the pictures of the audit page in tests/audit/screenshots anew (needs Chromium)
	$(BIN)/python -m tests.audit.take_screenshots

libraries: $(READY) ## fetch the libraries that the audit page carries anew (needs npm; RENEW=1 after a new version)
	$(BIN)/python -m pipeline.audit.fetch $(if $(RENEW),--renew)

gazetteer: $(READY) ## build the gazetteer anew from GeoNames data
	$(BIN)/python -m pipeline.gazetteer.build

model: $(READY) ## train the model of names anew from SHARED/ner-data (a quarter of an hour; commit it only if better)
	@test -d $(SHARED)/ner-data || { echo "model: no ner-data in $(SHARED); name its folder: make model SHARED=..." >&2; exit 2; }
	@mkdir -p build
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.train $(SHARED)/ner-data build/weights.bin
	$(BIN)/python -m training.evaluate $(SHARED)/ner-data build/weights.bin
	@echo "to ship it: cp build/weights.bin pipeline/recognise/ner/weights.bin, and write the figures into training/MODEL_CARD.md"

# In the order of the stages: what is learned later reads what was learned before.
weights: $(READY) ## learn anew from all annotated pages what the signs of homes, partners, mayors' towns, dates, themes and places weigh
	@test -d $(SHARED)/goldset || { echo "weights: no goldset in $(SHARED); name its folder: make weights SHARED=..." >&2; exit 2; }
	$(BIN)/python -m training.home $(ANNOTATED)
	$(BIN)/python -m training.place_words $(SHARED)/ner-data --write
	$(BIN)/python -m training.likely_places $(ANNOTATED) --open $(SHARED)/ner-data --write
	$(BIN)/python -m training.namesakes $(ANNOTATED) --write
	$(BIN)/python -m training.owners $(ANNOTATED) --write
	$(BIN)/python -m training.partners $(ANNOTATED) --write
	$(BIN)/python -m training.dater $(ANNOTATED) --write
	$(BIN)/python -m training.mayor_towns $(ANNOTATED)
	$(BIN)/python -m training.theme_scorer $(ANNOTATED) --write

calibrate: $(READY) ## count anew on all annotated pages how sure each rule is
	@test -d $(SHARED)/goldset || { echo "calibrate: no goldset in $(SHARED); name its folder: make calibrate SHARED=..." >&2; exit 2; }
	$(BIN)/python -m training.calibrate $(ANNOTATED) --fresh $(call folders,$(FRESH)) --write

lock: ## pin every dependency anew in constraints.txt (needs uv)
	@sed '/^[^#]/,$$d' constraints.txt > constraints.new
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --fork-strategy fewest \
		--upgrade --generate-hashes --no-header --no-annotate --quiet >> constraints.new
	@mv constraints.new constraints.txt

clean: ## remove what make made, but for outputs/
	rm -rf .venv build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* \
		constraints.new *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Two steps, so that a changed setting in pyproject.toml does not download everything again.
.venv/.packages: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed, and $(PYTHON) is not one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "installing into .venv (once; about a minute) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --require-hashes --requirement constraints.txt
	@touch $@

$(READY): .venv/.packages pyproject.toml pipeline/__init__.py
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
