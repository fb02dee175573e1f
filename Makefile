# `make run` and `make test` start from a bare clone. What a target needs is made by cli/setup.sh, which is quick when nothing changed.
.DEFAULT_GOAL := help
.PHONY: help run train test check bench screenshots eval lock clean
SETUP := exec sh cli/setup.sh
PYTHON_OF_LOCK ?= 3.11

help: ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

run: ## Set up, train and start everything; prints the address of the phones page
	@$(SETUP) -- -m cli run $(ARGS)

train: ## Train the language model if its data has changed
	@$(SETUP) -- -m cli train

test: ## Everything CI runs (ONLY="ruff pytest" for some steps)
	@$(SETUP) --dev -- -m tests.run $(ONLY)

check: ## Format, lint, types and import contracts only
	@$(SETUP) --dev -- -m tests.run format lint types imports

bench: ## The benchmarks beside their bare baselines (ONLY=name for one)
	@$(SETUP) --dev -- -m tests.bench $(ONLY)

screenshots: ## Take the pictures of README and guides anew, from the real system
	@$(SETUP) --dev -- -m tests.e2e.screenshots

eval: ## Cross-validation against the baseline; FILE=path.jsonl: that set, too (system running)
	@$(SETUP) -- -m cli.baseline $(FILE) $(ARGS)

lock: ## Pin all requirement files anew, by hash
	@sh cli/setup.sh
	@set -e; uv=.tools/bin/uv; pin="$$uv pip compile -q --generate-hashes --no-header --upgrade"; \
	$$pin --universal --python-version $(PYTHON_OF_LOCK) requirements/uv.in -o requirements/uv.txt; \
	$$pin --universal --python-version $(PYTHON_OF_LOCK) pyproject.toml -o requirements/runtime.txt; \
	$$pin --universal --python-version $(PYTHON_OF_LOCK) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt; \
	$$pin --python-version 3.10 --python-platform x86_64-unknown-linux-gnu --override nlu/overrides.txt nlu/requirements.in -o nlu/requirements.txt

clean: ## Remove environments, models and caches; the database and the secrets in .data stay
	rm -rf .venv .venv-nlu .tools models .rasa results *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
