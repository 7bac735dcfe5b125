# Everything a person or a machine runs. `make run` and `make test` need Python 3.11 and make, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# Distributions build their interpreter with optimisation; one compiled at hand often is not, and takes a quarter longer.
PYTHON ?= $(shell /usr/bin/python3.11 -c 'import ensurepip' 2>/dev/null && echo /usr/bin/)python3.11
BIN := .venv/bin
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -not -path '*/__pycache__/*' -print 2>/dev/null)
NPM := $(BIN)/python web/build_hook.py

.PHONY: help run setup setup-dev test test-page check format journey journey-full screenshots bench-media bench-room bench-signalling bench-lines bench-transcript bench-captions bench-doubt bench-editor bench-noise bench-notula bench-speech bench-sound soak-media soak-speech fuzz native lock clean

help: ## what can be made here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: setup ## start Rakor on http://localhost:8000
	@$(BIN)/rakor serve --demo

# The loop that sends to many, in C: up to a fifth less per packet. Without a compiler the one in Python is used.
native: setup ## compile the optional fan-out loop
	$(BIN)/python -m media.fanout_c

setup: .venv/.installed ## the virtual environment with `rakor` in it

.venv/.python: Makefile
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	touch $@

.venv/.locked: requirements.lock .venv/.python
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

.venv/.installed: .venv/.locked pyproject.toml $(WEB_SOURCES)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

setup-dev: setup .venv/.dev

.venv/.dev: requirements-dev.lock .venv/.locked
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	touch $@

check: setup-dev ## format, lint, types, import contracts, page: the quick part
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run --silent check
	$(BIN)/rakor protocol --check

# What the tests start besides Python: browsers, a TURN server, links that can be spoilt, a compiler.
TOOLS := chromium:chromium firefox-esr:firefox-esr turnserver:coturn nft:nftables ip:iproute2 certutil:libnss3-tools cc:gcc openssl:openssl
setup-browser:
	missing=$$(for each in $(TOOLS); do command -v $${each%%:*} >/dev/null || echo $${each##*:}; done); \
	test -z "$$missing" || { apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing libc6-dev; }

# 300 MB, for one full-length play: what is written for office programs is opened by one.
setup-office:
	command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui; }

setup-janus:
	command -v janus >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends janus gcc libc6-dev iproute2; }

# Torch by itself, without hashes: its CPU build differs from machine to machine. Triton is for GPUs only.
setup-openai: setup-dev .venv/.openai

.venv/.openai: .venv/.dev
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet tiktoken==0.14.0 numba==0.68.1 more-itertools==11.2.1
	$(BIN)/pip install --quiet openai-whisper==20250625 --no-deps --no-build-isolation
	touch $@

test-page: setup-dev
	$(NPM) run --silent test

# What needs nothing but a core runs beside what is installed; speech, record, server, media and pages that nobody speaks on
# mostly compute, and share two cores, the longest first. What plays in real time has them to itself.
PATIENT := story directory pages upload editing
COMPUTING := $(PATIENT:%=tests/journeys/test_%.py) tests/fuzz tests/server tests/minutes tests/media
PYTEST := $(BIN)/pytest -m "not full" --durations=20 --durations-min=5
test: setup-dev ## every test, real browsers included
	$(MAKE) --no-print-directory --jobs=2 check test-page setup-browser setup-openai
	status=0; $(PYTEST) $(COMPUTING) --numprocesses=2 --dist=loadfile --no-loadscope-reorder || status=$$?; \
	$(PYTEST) $(COMPUTING:%=--ignore=%) || status=$$?; exit $$status

journey: setup-dev setup-browser ## the whole ways only, with real browsers
	$(BIN)/pytest tests/journeys tests/network -m "not full"

journey-full: setup-dev setup-browser setup-office ## full-length plays: the image built, servers and workers killed, lossy and thin lines, relays, Firefox, two hours of sound
	$(BIN)/pytest -m "full"

screenshots: setup-dev setup-browser ## a whole meeting at a desk and on a phone, each state examined and pictured in build/screenshots
	$(BIN)/python -m tests.journeys.screenshots build/screenshots

bench-media: setup-dev setup-janus native ## what forwarding one packet costs, against Janus and aiortc's own relay
	$(BIN)/python -m tests.bench.media

bench-room: setup-dev setup-janus native ## 552 people in one room: what arrives, and when
	$(BIN)/python -m tests.bench.room

bench-lines: setup-dev ## voices and pictures on many thin lines, in virtual time
	$(BIN)/python -m tests.bench.lines

bench-signalling: setup-dev ## 552 people in one room, signalling only: how soon all are in, how soon a hand is seen
	$(BIN)/python -m tests.bench.signalling

bench-transcript: setup-dev ## how long a transcript of 3,000 lines takes to open
	$(BIN)/python -m tests.bench.transcript

bench-captions: setup-dev ## how long words take to be read while people speak, and how many are wrong
	$(BIN)/python -m tests.bench.captions

bench-doubt: setup-dev ## how well the doubt of words tells which are wrong
	$(BIN)/python -m tests.bench.doubt

bench-editor: setup-dev setup-browser ## two hours of transcript in the editor, on a computer four times slower: opening, scrolling, typing
	$(BIN)/python -m tests.bench.editor

bench-noise: setup-dev ## words that a quiet or a noisy microphone costs, here and with faster-whisper alone
	$(BIN)/python -m tests.bench.noise

bench-notula: setup-dev ## decisions and follow-ups that a notula's draft finds, and how many it makes up
	$(BIN)/python -m tests.bench.notula

bench-speech: setup-openai ## how fast recordings are heard, and how well: against faster-whisper and openai-whisper
	$(BIN)/python -m tests.bench.speech

bench-sound: setup-dev ## what it costs to mix the sound of a meeting of two hours, and to draw it
	$(BIN)/python -m tests.bench.sound

soak-media: setup-dev ## half an hour of people coming and going: memory, tasks, sockets, files
	$(BIN)/python -m tests.bench.soak

soak-speech: setup-dev ## two hours of one microphone, its speech process killed in the middle: memory, times, lines
	$(BIN)/python -m tests.bench.soak_speech

.venv/.fuzz: .venv/.dev
	$(BIN)/pip install --quiet atheris==3.0.0
	touch $@

fuzz: setup-dev .venv/.fuzz ## ten minutes of hostile bytes for every parser, guided by coverage
	$(BIN)/python -m tests.fuzz

format: setup-dev ## write the format and the safe fixes
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(NPM) run --silent format

lock: .venv/.python ## resolve the Python packages again
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --extra build --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --extra dev --extra build --no-emit-index-url --no-header -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove what was built (not your data)
	rm -rf .venv web/dist web/node_modules
