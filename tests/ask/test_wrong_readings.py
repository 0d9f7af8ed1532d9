"""What looks like an answer and is none: the figure of another thing, half of a sum, one side of two."""

import pytest

from citykg.ask.answering import Asker


@pytest.mark.parametrize(
    "question", ["去年重点项目总投资大概是多少？按增幅倒推", "按增长率倒推，去年重点项目总投资是多少"]
)
def test_what_is_counted_back_from_a_growth_is_not_the_growth(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.answers[0].value == pytest.approx(55_450_000_000 / 1.49, rel=0.001)
    assert " ÷ (1 + " in answer.text


@pytest.mark.parametrize("question", ["签约额是多少", "总投资是多少", "项目数是多少"])
def test_what_nothing_says_the_figure_of_is_not_summed(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "ambiguous"


@pytest.mark.parametrize(
    ("question", "value"),
    [("签约项目总签约额多少", 31_927_000_000), ("每批签约项目平均签约额是多少", 10_642_333_333)],
)
def test_what_is_newly_signed_is_signed(asker: Asker, question: str, value: float) -> None:
    assert asker.ask(question).answers[0].value == pytest.approx(value, rel=0.001)


@pytest.mark.parametrize("question", ["金牌总数", "一共有几枚金牌", "七台河拿过多少枚金牌"])
def test_what_stands_for_several_figures_is_their_sum(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert [item.value for item in answer.answers] == [725]
    assert answer.text.count(" + ") == 2


def test_a_figure_for_each_of_several_is_no_total(asker: Asker) -> None:
    assert asker.ask("市级领导有几位").status == "unknown"
    assert asker.ask("每个园区由几名市级领导牵头").answers[0].value == 1
