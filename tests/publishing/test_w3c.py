"""The W3C suites: what passes stays passing, and the published page says what a run says."""

from pathlib import Path

import pytest
from tests.publishing.conformance import page
from tests.publishing.w3c import SUITES, outcomes

pytestmark = pytest.mark.suite

_PAGE = Path(__file__).parents[2] / "docs" / "conformance" / "publishing.md"
_LEAST = {"RDFC-1.0": 85, "JSON-LD 1.1 toRdf": 424, "JSON-LD 1.1 fromRdf": 51}


@pytest.mark.parametrize("title", SUITES)
def test_no_fewer_pass_than_before(title: str, suites_folder: Path) -> None:
    found = outcomes(SUITES[title][0](suites_folder))
    faults = {outcome.case.name: outcome.fault for outcome in found if outcome.fault}
    assert len(found) - len(faults) >= _LEAST[title], faults


@pytest.mark.long
def test_the_published_page_is_that_of_a_run(suites_folder: Path) -> None:
    assert _PAGE.read_text(encoding="utf-8") == page(suites_folder)
