# Every target sets up what it needs: a virtual environment of its own with the versions of constraints.txt.
.PHONY: help playground test test-all test-long fast lint bench pictures texts generated migration sbom train finetune clean

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
# What is compiled once serves every process of a run.
unexport PYTHONDONTWRITEBYTECODE
# One thread for each of several workers: those of a matrix would wait for one another's cores.
PYTEST := OPENBLAS_NUM_THREADS=1 $(RUN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal
INSTALLED := $(VENV)/.installed

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

$(INSTALLED): pyproject.toml constraints.txt
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Zanshin into $(VENV) (once) ..."
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

playground: $(INSTALLED) ## Open the playground on http://127.0.0.1:8080 (ZANSHIN_PORT changes it; ARGS=--fresh starts over).
	@$(RUN)/zanshin playground $(ARGS)

fast: $(INSTALLED) ## Run what neither waits nor stores anything, while you write (a minute or two).
	@$(PYTEST) -m "pure and not slow and not long"

test: $(INSTALLED) ## Run every test between two commits: each script in one place, nothing slow, no browser (a few minutes).
	@$(PYTEST) -m "not slow and not long and not browser and not node"

test-all: $(INSTALLED) browser ## Run what every change has to pass: each script in two places and more, what is slow, browsers, Node.
	@$(PYTEST) -m "not long"

test-long: $(INSTALLED) browser ## Run what takes long: many more random cases, and every stage on every database.
	@ZANSHIN_TEST_LONG=1 $(PYTEST) -m "long or hypothesis"

.PHONY: browser
browser:
	@.ci/browser

lint: $(INSTALLED) ## Check style and types.
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy

bench: $(INSTALLED) ## Measure, and print figures and ratios.
	@$(RUN)/python -m tests.benchmarks

pictures: $(INSTALLED) browser ## Take the pictures of the README and of docs again.
	@$(RUN)/python -m tests.pictures
	@$(RUN)/python -m tests.slack_pictures
	@$(RUN)/python -m tests.teams_pictures

clean: ## Remove the virtual environment and caches.
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

texts: $(INSTALLED) ## Collect every sentence for translators, into bot/say/locale/zanshin.pot.
	@$(RUN)/python -m tests.texts

generated: $(INSTALLED) ## Write anew whatever is generated: texts, docs/platforms.md, docs/sources.md, docs/figures.md, docs/permissions.md, the README's commands, the table of statements.
	@$(RUN)/python -m tests.texts
	@$(RUN)/python -m tests.platforms
	@$(RUN)/python -m tests.sources
	@$(RUN)/python -m tests.figures
	@$(RUN)/python -m tests.readme
	@$(RUN)/python -m tests.statements
	@$(RUN)/python -m tests.permissions

sbom: $(INSTALLED) ## Write sbom.json, a CycloneDX list of everything that is installed.
	@test -x .sbom/bin/cyclonedx-py || ($(PYTHON) -m venv .sbom && .sbom/bin/pip install --quiet --disable-pip-version-check 'cyclonedx-bom>=7.5,<8')
	@.sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON -o sbom.json $(RUN)/python

train: $(INSTALLED) ## Learn anew from bot/playbooks/training: the same texts give the same weights.
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	@OMP_NUM_THREADS=1 $(RUN)/python -m bot.playbooks.training

finetune: $(INSTALLED) ## Teach the encoder anew, half an hour of one core, and measure it: docs/understanding.md.
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[finetune]'
	@OMP_NUM_THREADS=1 $(RUN)/python -m bot.playbooks.training.finetune
	@OMP_NUM_THREADS=1 $(RUN)/python -m bot.playbooks.training page

migration: $(INSTALLED) ## Draft the migration to what the models say now: make migration NAME=kudos.
	@$(RUN)/python -m tests.migration $(NAME)
