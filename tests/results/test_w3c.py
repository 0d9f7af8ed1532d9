"""The W3C suites: what passes stays passing, requests are as they ask, and the page is that of a run."""

from pathlib import Path

import pytest
from tests.publishing.w3c import outcomes
from tests.results.conformance import page
from tests.results.w3c import SUITES, models, requests_sent

pytestmark = pytest.mark.suite

_PAGE = Path(__file__).parents[2] / "docs" / "conformance" / "results.md"
#: What a number looks like is the store's doing.
_FAILING = {"CSV and TSV results": {"csv03", "tsv03"}, "JSON results": set[str]()}
_NUMBER = 10


def test_what_passed_still_passes(suites_folder: Path) -> None:
    found = {title: outcomes(cases(suites_folder)) for title, (cases, _) in SUITES.items()}
    failing = {title: {o.case.name for o in ended if o.fault} for title, ended in found.items()}
    assert failing == _FAILING
    assert sum(map(len, found.values())) == _NUMBER


def test_every_request_has_the_form_of_one_that_a_server_must_take(suites_folder: Path) -> None:
    sent, known = requests_sent(), models(suites_folder)
    assert len(sent) == 12
    assert [what for what, request in sent.items() if request.shape not in known] == []


def test_the_published_page_is_that_of_a_run(suites_folder: Path) -> None:
    assert _PAGE.read_text(encoding="utf-8") == page(suites_folder)
