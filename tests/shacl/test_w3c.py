"""The W3C SHACL suite, with both engines."""

import pytest
from tests.shacl.conformance import EXCEPTIONS, PAGE, outcomes, page

pytestmark = pytest.mark.suite


@pytest.fixture(autouse=True)
def _suite(suites_folder) -> None:
    """Skip without the suite."""


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_every_test_passes_but_the_listed_ones(engine) -> None:
    failed = {key: result for key, result in outcomes().items() if result != "passed" and key[0] == engine}
    assert failed.keys() == {key for key in EXCEPTIONS if key[0] == engine}, failed


def test_the_suite_is_complete() -> None:
    names = {name for _, name in outcomes()}
    assert len([name for name in names if name.startswith("core")]) == 98
    assert len([name for name in names if name.startswith("sparql")]) == 23


def test_the_page_is_what_a_run_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
