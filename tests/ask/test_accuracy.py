"""The figures that the questions are to reach: right, wrong, refused, and what is run and cited."""

from types import ModuleType
from typing import Any

import pytest

from citykg.ask.answering import Asker


@pytest.fixture(scope="module")
def development(measure: ModuleType, asker: Asker) -> Any:
    return measure.evaluate(asker, measure.read_entries(measure.QUESTIONS), which="development")


@pytest.fixture(scope="module")
def held_out(measure: ModuleType, asker: Asker) -> Any:
    return measure.evaluate(asker, measure.read_entries(measure.QUESTIONS), which="held-out")


@pytest.fixture(scope="module")
def elsewhere(measure: ModuleType, second_city: Asker) -> Any:
    return measure.evaluate(second_city, measure.read_entries(measure.SECOND_CITY / "questions.yaml"))


def test_there_are_more_than_three_hundred_questions_and_a_third_is_kept_apart(
    development: Any, held_out: Any
) -> None:
    assert len(development.results) > 300
    assert len(held_out.results) > 120


@pytest.mark.parametrize("which", ["development", "held_out", "elsewhere"])
def test_nine_in_ten_are_right(which: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(which)
    wrong = [f"{r.question} -> {r.text}" for r in report.results if not r.right]
    assert report.accuracy >= 0.9, "\n".join(wrong)


@pytest.mark.parametrize("which", ["development", "held_out", "elsewhere"])
def test_at_most_one_answer_in_twenty_is_wrong(which: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(which)
    wrong = [f"{r.question} -> {r.text}" for r in report.results if r.answered and not r.right]
    assert report.wrong <= 0.05, "\n".join(wrong)


@pytest.mark.parametrize("which", ["development", "held_out", "elsewhere"])
def test_the_unanswerable_is_refused(which: str, measure: ModuleType, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(which)
    assert report.refused(*measure.REFUSED_KINDS) >= 0.9
    assert report.refused("off-topic") >= 0.99


@pytest.mark.parametrize("which", ["development", "held_out", "elsewhere"])
def test_every_query_runs(which: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(which).executable == 1.0


@pytest.mark.parametrize("which", ["development", "held_out"])
def test_answers_cite_the_passages_that_state_them(which: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(which)
    uncited = [r.question for r in report.results if r.answered and r.right and not r.cited]
    assert report.cited >= 0.97, uncited
