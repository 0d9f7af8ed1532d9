"""Whatever is asked: an answer or a refusal, never a traceback, never a query that the question wrote."""

from functools import cache
from types import ModuleType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from citykg.ask.asking import Asker
from citykg.ask.words.normalise import MAXIMUM, normalise

STATUSES = {"answered", "unknown", "ambiguous", "invalid"}

#: What a mean question has in it, besides what a plain one has.
MEAN = [
    '"',
    "'",
    "\\",
    "{",
    "}",
    "<",
    ">",
    "?x",
    "} DROP ALL {",
    "\x00",
    "\u202e",
    "…",
    "%",
    "城",
    "%s",
    "{0}",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(max_size=120))
@example(text="")
@example(text="\ud800")
@example(text=",0")
def test_any_text_has_an_answer(asker: Asker, text: str) -> None:
    answer = asker.ask(text)
    assert answer.status in STATUSES
    assert answer.as_json()["question"] == text


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_of_known_words_has_an_answer(asker: Asker, data: st.DataObject) -> None:
    words = [word for word in asker.index.words if asker.index.words[word]] + MEAN
    text = "".join(data.draw(st.lists(st.sampled_from(words), max_size=9)))
    answer = asker.ask(text)
    assert answer.status in STATUSES
    if answer.sparql:
        asker.store.query(answer.sparql)


@pytest.mark.parametrize(
    "question",
    [
        "一季度五大园区的续建项比集中签约仪式签约项目的高吗",
        "坐落在万宝湖的商业街叫什么名字？，一季度五大园区新签约金额是多少",
    ],
)
def test_what_is_hardly_a_question_has_an_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status in STATUSES


@pytest.mark.long
@settings(
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_beginning_of_one_question_and_the_end_of_another_have_an_answer(
    asker: Asker, measure: ModuleType, data: st.DataObject
) -> None:
    questions = questions_of(measure)
    first, second = (data.draw(st.sampled_from(questions)) for _ in range(2))
    text = first[: data.draw(st.integers(0, len(first)))] + second[data.draw(st.integers(0, len(second))) :]
    assert asker.ask(text).status in STATUSES


@cache
def questions_of(measure: ModuleType) -> list[str]:
    """Return the questions of the sets that rules were written with."""
    sets = (measure.SETS[which] for which in ("development", "opened"))
    return [wording for path in sets for entry in measure.read_entries(path) for wording in entry["wordings"]]


@pytest.mark.parametrize("length", [MAXIMUM, MAXIMUM + 1, 100_000])
def test_a_long_question_is_answered_or_refused(asker: Asker, length: int) -> None:
    assert asker.ask("七台河" * (length // 3) + "？" * (length % 3)).status in STATUSES


@pytest.mark.parametrize("mean", MEAN)
def test_no_query_is_written_by_the_question(asker: Asker, mean: str) -> None:
    answer = asker.ask(f"联顺制药项目总投资是多少{mean}")
    assert "DROP" not in answer.sparql
    assert "\x00" not in answer.sparql


@pytest.mark.parametrize(
    "question",
    [
        "聯順製藥項目總投資是多少",
        "联顺制药项目总投资是多少？？",
        "  联顺制药项目  总投资 是多少  ",
        "联顺制约项目总投资是多少",
        "「联顺制药项目」总投资是多少",
    ],
    ids=["traditional", "punctuation", "spaces", "slip", "brackets"],
)
def test_how_it_is_written_makes_no_difference(asker: Asker, question: str) -> None:
    assert [item.value for item in asker.ask(question).answers] == [12_000_000_000]


def test_full_width_digits_are_digits(asker: Asker) -> None:
    assert (
        asker.ask("联顺制药项目总投资超过１００亿元吗").answers
        == asker.ask("联顺制药项目总投资超过100亿元吗").answers
    )


def test_the_same_question_has_the_same_answer(asker: Asker) -> None:
    first = asker.ask("七台河有哪些口袋公园").as_json()
    assert all(asker.ask("七台河有哪些口袋公园").as_json() == first for _ in range(3))


def test_control_characters_are_left_out(asker: Asker) -> None:
    assert normalise("七\u200b台\x07河", pairs={}) == "七台 河"


@pytest.mark.parametrize("question", ["投资多少多少的哪些呢签", "哪些哪些企业是老字号"])
def test_what_asks_twice_at_once_is_no_question(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "invalid"
