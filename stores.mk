# Long tests against the triple stores; included by Makefile.
.PHONY: test-stores-long answers

## test-stores-long: stores that are killed, refuse, or are loaded twice at once
test-stores-long: $(VENV)/.installed-test
	$(BIN)/python -m pytest -m stores_long $(PYTEST_ARGS)

## answers: ask every store every stored query, and write docs/stores/answers.md
answers: $(VENV)/.installed-test
	$(BIN)/python tools/stores/answers.py
