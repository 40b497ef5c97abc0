# Helpers for people who work on the newsroom; `make` alone lists them.

PORT ?= 8000
export PORT

BIN := .venv/bin
READY := .venv/.ready
SOURCES := manage.py wagtail_newsroom news galleries site tests .ci
TESTS ?=
ONLY ?=

.DEFAULT_GOAL := help
.PHONY: help run test soak matrix lint format read-report search-report bench types demo wheel messages requirements audit clean

help: ## list these helpers
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

$(READY): requirements.txt .ci/build-venv
	@.ci/build-venv

run: $(READY) ## set the site up (demo included, once) and serve it on http://127.0.0.1:$PORT/
	@$(BIN)/python .ci/run-site.py

test: $(READY) ## run the whole test suite, browser tests included (TESTS=tests/news for a part; pictures of failures: var/test-results)
	@$(BIN)/python -m tests.browser.chromium --install
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n $${PYTEST_WORKERS:-2} --dist loadfile --no-loadscope-reorder --durations=20 --screenshot only-on-failure --output var/test-results $(TESTS)

soak: $(READY) ## ask thousands of made-up questions, walk through all of what CI walks through a part of (SOAK=20 times), ten minutes of mixed load
	@SOAK=$${SOAK:-20} $(BIN)/python -m pytest -n $${PYTEST_WORKERS:-2} -m "fuzzed or sampled" $(TESTS)
	@$(BIN)/python -m tests.served.soak --seconds $${SOAK_SECONDS:-600}

matrix: $(READY) ## try every supported Python, Wagtail and Django that is found here (ONLY="3.13 8.1 6.1" for one)
	@$(BIN)/python .ci/matrix.py $(ONLY)

lint: $(READY) ## check style, templates, types and committed translations
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/python .ci/check_types.py
	@$(BIN)/python .ci/messages.py check

format: $(READY) ## rewrite code in the house's format
	@$(BIN)/ruff check --fix --quiet $(SOURCES) || true
	@$(BIN)/ruff format $(SOURCES)

read-report: $(READY) ## say how well invitations are read: precision and recall of each field, and what was missed
	@$(BIN)/python -m tests.reader.report

search-report: $(READY) ## say how well visitors find what they look for: 280 questions of 315 documents, beside other ways to search
	@$(BIN)/python -m pytest -q tests/search_quality/report.py

bench: $(READY) ## measure the reader, photos, the watch on writes, the delivery API, the search (PAGES=100000 of them), answers ready (needs wrk) and cold (BESIDE=an older checkout), and slow clients
	@$(BIN)/python .ci/bench_reader.py
	@$(BIN)/python .ci/bench_photos.py
	@$(BIN)/python .ci/bench_write_watch.py
	@$(BIN)/python .ci/bench_api.py
	@$(BIN)/python .ci/bench_search.py $(if $(PAGES),--pages $(PAGES))
	@$(BIN)/python .ci/bench_cold.py $(if $(BESIDE),--beside $(BESIDE))
	@$(BIN)/python .ci/bench_delivery.py
	@$(BIN)/python -m tests.slow_clients

types: $(READY) ## write the types of the delivery API for TypeScript (needs npm)
	@.ci/typescript write

demo: $(READY) ## load the demo's five stories into the site (again: only what is missing)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py createcachetable
	@$(BIN)/python manage.py load_demo

wheel: $(READY) ## build the plugin's wheel into dist/, and beside it the list of what it is made of (SBOM)
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist
	@$(BIN)/python .ci/sbom.py dist

messages: $(READY) ## collect and compile translations (needs gettext)
	@$(BIN)/python .ci/messages.py collect
	@$(BIN)/python .ci/messages.py compile

requirements: $(READY) ## pin requirements.in into requirements.txt, with hashes
	@$(BIN)/python .ci/pin-requirements.py

audit: $(READY) ## look the pinned packages up in the vulnerability databases
	@$(BIN)/python .ci/audit.py

clean: ## remove the virtual environment and caches (the data folder stays)
	@rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache
