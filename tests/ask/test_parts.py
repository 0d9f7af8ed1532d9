"""Questions in two parts: each is asked alone, and both answers are told with one query."""

import pytest

from citykg.ask.asking import Asker
from citykg.results import Solutions


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("联顺制药项目总投资多少，在哪儿", ["120亿元", "七台河市"]),
        ("王文力是谁，在哪儿任职", ["七台河市委书记", "七台河市"]),
        ("重点项目有多少个，总投资是多少", ["130个", "554.5亿元"]),
        ("从哪种经济转向哪种经济", ["资源型经济", "多元经济"]),
        ("煤城由什么经济向什么经济转变", ["资源型经济", "多元经济"]),
        ("七台河从哪种经济向哪种经济转变", ["资源型经济", "多元经济"]),
    ],
)
def test_both_parts_are_answered(asker: Asker, question: str, labels: list[str]) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == labels
    assert answer.evidence


@pytest.mark.parametrize(
    "question", ["联顺制药项目总投资多少，在哪儿", "冬奥金牌占金牌总数的比例", "从哪种经济转向哪种经济"]
)
def test_one_query_has_the_rows_of_both(asker: Asker, question: str) -> None:
    sparql = asker.ask(question).sparql
    assert sparql.count("\n  UNION\n") == 1
    rows = asker.store.query(sparql)
    assert isinstance(rows, Solutions)
    assert len(list(rows.rows)) >= 2


def test_half_of_a_question_is_no_answer_to_it(asker: Asker) -> None:
    answer = asker.ask("联顺制药项目总投资多少，什么时候开工")
    assert answer.status == "unknown"
    assert asker.ask("生物经济从哪种状态到哪种状态").status == "unknown"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("集中签约仪式签约额占三批总签约额的百分之几", 38.32),
        ("冬奥金牌占金牌总数的比例", 0.9655),
        ("世界级金牌在金牌总数中占多大比重", 24.41),
        ("新签约项目占新签约和续建项目总数的百分之几", 42.86),
        ("省级招商活动签约额占总签约额的多少", 10.74),
    ],
)
def test_a_share_of_a_sum_is_told_with_the_sum(asker: Asker, question: str, value: float) -> None:
    answer = asker.ask(question)
    assert answer.answers[0].value == pytest.approx(value, rel=0.005)
    assert " ÷ " in answer.text
    assert " + " in answer.text


@pytest.mark.parametrize(
    "question", ["哪一批签约项目没有签约额", "没有签约额的是哪批项目", "哪些签约项目没有给出签约额"]
)
def test_what_has_no_figure_is_told_among_its_like(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == ["外出招商签约项目"]
    assert "FILTER NOT EXISTS" in answer.sparql
    assert asker.index.message("not-stated") in answer.text


def test_nothing_is_said_to_lack_a_figure_that_none_of_its_kind_has(asker: Asker) -> None:
    assert asker.ask("哪些城市没有贷款余额").status == "unknown"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("大数据平台、政务外网这些，是哪一年推进的", "2022年"),
        ("大数据平台和政务外网是什么时候推进的", "2022年"),
        ("大数据平台和联顺制药项目是哪一年推进的", None),
        ("杨扬和王濛是哪年出发的", None),
    ],
)
def test_when_several_were_is_told_where_it_was_at_one_time(
    asker: Asker, question: str, text: str | None
) -> None:
    answer = asker.ask(question)
    assert (answer.text if answer.status == "answered" else None) == text


@pytest.mark.parametrize("question", ["记者采访的那位书记，是哪个党委机构的", "新华财经记者属于哪个党委"])
def test_what_is_no_party_body_is_not_told_for_one(asker: Asker, question: str) -> None:
    assert "新华财经" not in [item.label for item in asker.ask(question).answers]
