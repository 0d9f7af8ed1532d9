"""The W3C suites: OWL 2 test cases of profile RL, SPARQL entailment; what fails is listed with its reason."""

from pathlib import Path

import pytest
from tests.reason import conformance

pytestmark = pytest.mark.suite


@pytest.mark.parametrize("engine", conformance.ENGINES)
def test_every_owl_test_case_passes_or_is_listed(suites_folder: Path, engine: str) -> None:
    listed = set(conformance.EXCEPTIONS)
    if engine == "owlrl":
        listed |= set(conformance.OWLRL_EXCEPTIONS)
    failed = {name for (by, _, name), r in conformance.outcomes().items() if (by, r) == (engine, "failed")}
    assert failed == listed


def test_the_suite_is_complete(suites_folder: Path) -> None:
    names = {name for _, _, name in conformance.outcomes()}
    assert len(names) == 92  # the 93rd has tests of syntax alone
    assert len(conformance.approved()) == 69
    assert len(conformance.query_outcomes()) == 2 * 40


@pytest.mark.parametrize("engine", conformance.ENGINES)
def test_every_entailment_query_passes_or_is_listed(suites_folder: Path, engine: str) -> None:
    found = conformance.query_outcomes()
    assert {name for (by, name), passed in found.items() if by == engine and not passed} == set(
        conformance.QUERY_EXCEPTIONS
    )


def test_the_page_is_what_the_run_says(suites_folder: Path) -> None:
    assert conformance.PAGE.read_text(encoding="utf-8") == conformance.page()
