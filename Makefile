# `make run` and `make test` are all a newcomer needs. Every other target is a part of one of the two, or a tool.
# What a step needs is installed or built by the step; nothing has to be prepared.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# Cargo's output folder, and in it what the browser downloads and the two builds of the server:
# an optimised one to run and measure, and the one the tests are built with.
OUT := $(abspath $(or $(CARGO_TARGET_DIR),target))
export MARKETPLACE_SITE := $(OUT)/site
SERVER := $(OUT)/serve/marketplace
TEST_SERVER := $(OUT)/debug/marketplace

# `frontend` is compiled for the browser and `xtask` is a tool: both are built by themselves, so that neither adds
# features to the server's dependencies.
HOST := --workspace --exclude frontend --exclude xtask

STEP := scripts/step.sh
PART = $(MAKE) --no-print-directory

##@ Everyday

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build everything and serve the marketplace with demo data
	@$(STEP) "Tools" "make setup-run" scripts/setup-run.sh
	@$(STEP) "Browser files" "make web" cargo xtask web
	@$(STEP) "Server" "make server" cargo build --profile serve -p server
	@$(SERVER) migrate
	@$(SERVER) seed --catalog catalog
	@$(SERVER) seed --catalog catalog-demo
	@exec env MARKETPLACE_ALLOW_PRIVATE="$${MARKETPLACE_ALLOW_PRIVATE-127.0.0.0/8,localhost}" \
	  scripts/with-payments.sh $(SERVER) serve

dev: ## serve, and rebuild and reload on every change
	@scripts/setup-run.sh
	@cargo xtask dev

test: ## everything that has to pass before a change is merged
	@started=$$SECONDS; \
	  for part in setup-test lint unit doubles catalog-check api-contract e2e; do $(PART) $$part; done; \
	  printf '\nEverything passed (%d min %d s)\n' $$(((SECONDS - started) / 60)) $$(((SECONDS - started) % 60))

bench: ## search in the process; requests per second, latency and memory of the optimised server
	@$(STEP) "Tools" "make setup-test" scripts/setup-test.sh
	@$(PART) web server
	@$(STEP) "Search" "make bench" cargo bench --quiet --profile serve -p search-index --bench search -- --catalog $(CURDIR)/catalog --size 100000
	@scripts/with-postgres.sh cargo bench --quiet --profile serve -p search-index --bench scale
	@$(STEP) "Pages" "make bench" scripts/bench.sh $(SERVER)

DATA ?= ../shared/data
bench-relevance: ## order of search results next to other engines (DATA=folder with integrations.jsonl.gz)
	@$(STEP) "Tools" "make setup-test" scripts/setup-test.sh
	@scripts/with-postgres.sh cargo bench --quiet --profile serve -p search-index --bench relevance -- $(abspath $(DATA))

bench-million: ## search among a million generated listings next to other engines (many minutes, 12 GB of memory)
	@$(STEP) "Tools" "make setup-test" scripts/setup-test.sh
	@scripts/with-postgres.sh cargo bench --quiet --profile serve -p search-index --bench scale -- --size 1000000

HISTORIES ?= 10000
SEED ?= 1
histories: ## random histories of buying and paying, and what the books say then (HISTORIES=10000 SEED=1; an hour or more)
	@$(STEP) "Tools" "make setup-test" scripts/setup-test.sh
	@HISTORIES=$(HISTORIES) SEED=$(SEED) cargo test --profile serve $(HOST) --test it --quiet -- --nocapture --exact histories::sqlite_whatever_happens_the_books_are_right

stripe-live: ## the double's journeys at Stripe itself (STRIPE_LIVE_KEY=secret key of its test mode; many minutes)
	@[ -n "$${STRIPE_LIVE_KEY:-}" ] || { echo "no key → STRIPE_LIVE_KEY=sk_test_… make stripe-live (Stripe's dashboard, Developers, API keys, test mode)" >&2; exit 1; }
	@$(STEP) "Tools" "make setup-test" scripts/setup-test.sh
	@cd e2e && ../$(STEP) "Stripe" "make stripe-live" node --test --test-concurrency=1 doubles/stripe/test/{journeys,money,payments,time}.test.mjs

clean: ## remove everything that was built; ./data stays
	@cargo clean
	@rm -rf xtask/node_modules e2e/node_modules e2e/test-results e2e/playwright-report

##@ Parts of `make test`

setup-run: ## check what `make run` needs
	@scripts/setup-run.sh

setup-test: ## install what the tests need and is missing
	@$(STEP) "Tools" "make setup-test" scripts/setup-test.sh

lint: ## formatting, clippy, documentation, what reaches the browser
	@$(STEP) "Formatting" "cargo fmt --all" cargo fmt --all --check
	@$(STEP) "Clippy, server" "make lint" cargo clippy $(HOST) --all-targets --quiet -- -D warnings
	@$(STEP) "Clippy, build steps" "make lint" cargo clippy -p xtask --all-targets --quiet -- -D warnings
	@$(STEP) "Clippy, browser" "make lint" scripts/clippy-browser.sh
	@$(STEP) "Documentation" "make lint" env RUSTDOCFLAGS="-D warnings -A rustdoc::private_intra_doc_links" cargo doc $(HOST) --no-deps --quiet
	@$(STEP) "Server code in the browser" "cargo xtask leak-check" cargo xtask leak-check

unit: ## Rust tests, against SQLite and a throw-away PostgreSQL
	@$(STEP) "Rust tests" "make unit" scripts/rust-tests.sh $(HOST)
	@$(STEP) "Tests of the build steps" "cargo test -p xtask" cargo test -p xtask --quiet

doubles: ## what stands in for Stripe answers its own SDK
	@cd e2e && ../$(STEP) "Stripe's double and its SDK" "make doubles" node --test --test-reporter=dot doubles/stripe/test/*.test.mjs

api-contract: web $(TEST_SERVER) ## the REST API answers as its document says
	@$(STEP) "REST API and its document" "make api-contract" scripts/api-contract.sh $(TEST_SERVER)

catalog-check: $(TEST_SERVER) ## the listings we ship are valid
	@$(STEP) "Catalogue" "make catalog-check" $(TEST_SERVER) check catalog/ catalog-demo/

web: ## browser files: WebAssembly, scripts, styles
	@$(STEP) "Browser files" "make web" cargo xtask web

server: ## the optimised server
	@$(STEP) "Server" "make server" cargo build --profile serve -p server

e2e: web $(TEST_SERVER) ## journeys in a real browser (ARGS="--grep install" picks some)
	@cd e2e && MARKETPLACE_BIN=$(TEST_SERVER) ../$(STEP) "Browser journeys" "make e2e" npx playwright test $(ARGS)

# The Rust tests build this binary too, with the same features: after `make unit` nothing is left to do here.
$(TEST_SERVER): FORCE
	@$(STEP) "Server for tests" "make e2e" cargo test $(HOST) --no-run --quiet

FORCE:
.PHONY: help run dev test bench bench-relevance bench-million histories stripe-live clean setup-run setup-test lint unit doubles catalog-check api-contract web server e2e FORCE
