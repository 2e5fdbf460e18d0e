# Every target can be run again; each says what it does and names what is missing.
# Variables: JOBS (parallel jobs), MODEL and PROFILE of `make demo`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# One compiler needs up to 1.5 GB, so memory bounds the jobs too.
JOBS ?= $(shell awk -v n="$$(nproc)" '/MemAvailable/ {m = int($$2 / 1500000); print m < 1 ? 1 : (m < n ? m : n)}' /proc/meminfo)
MODEL ?= smollm2
PROFILE ?= quick
export JOBS

.PHONY: help
help: ## List the targets
	@echo "Assay: targets of make"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

.PHONY: deps
deps: ## Install what the build needs: packages, and llama.cpp in the user's cache
	@tools/deps.sh build
	@tools/build-llama.sh

.PHONY: deps-test
deps-test: ## The same, and what the tests need
	@tools/deps.sh test
	@tools/build-llama.sh
	@tools/build-llama.sh --server || echo "deps-test: no llama-server; the tests that need it will be skipped" >&2

.PHONY: build
build: ## Build build/release/src/assay
	@tools/build.sh release

.PHONY: demo
demo: deps ## From nothing to a safety report on a real model, in demo/
	@tools/build.sh release assay
	@build/release/src/assay model fetch $(MODEL)
	@build/release/src/assay assess $(MODEL) --profile $(PROFILE) --out demo
	@echo "The report: $(CURDIR)/demo/report.html (English and Chinese; open it in a browser)"

.PHONY: test
test: deps-test ## Build with AddressSanitizer and UBSan, and run every test
	@tools/build.sh sanitize
	@build/sanitize/src/assay model fetch smollm2 || echo "test: no model; the tests that need one will be skipped" >&2
	@ctest --preset sanitize -j $(JOBS)

.PHONY: test-clang
test-clang: deps-test ## Build with Clang 14, warnings as errors, and run every test
	@tools/build.sh clang
	@ctest --preset clang -j $(JOBS)

.PHONY: bench
bench: deps ## Run the benchmarks (BENCH=regex); their figures are in docs/performance.md
	@tools/bench.sh $(BENCH)

.PHONY: parity
parity: deps build ## Compare with the reference implementations (needs Python with transformers)
	@tools/parity.sh $(PARITY)

.PHONY: fuzz
fuzz: deps-test ## Fuzz each reader of our own files for FUZZ_SECONDS (60)
	@tools/fuzz.sh

.PHONY: package
package: deps build ## Make the .deb in build/release
	@cd build/release && cpack -G DEB

.PHONY: install-check
install-check: package ## Install into a scratch folder, unpack the .deb, and run both
	@tools/install-check.sh

.PHONY: format
format: ## Format every C++ file
	@tools/format.sh

.PHONY: clean
clean: ## Delete build/ (the user's cache stays)
	@echo "clean: deleting build/"
	@rm -rf build
