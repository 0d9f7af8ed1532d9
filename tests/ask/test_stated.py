"""Those of which a figure is stated."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("在已经建成投产的项目中，说明了总投资的是哪一个？", ["联顺制药项目"]),
        ("已经建成投产的项目里，哪一个有总投资？", ["联顺制药项目"]),
        ("说明了总投资的建成投产项目是哪个？", ["联顺制药项目"]),
        ("哪些项目有总投资？", ["年度投资超1000万元的重点项目", "联顺制药项目"]),
        (
            "省级招商活动签约的项目中，写明装机容量的有哪些",
            ["25万千瓦风电配套绿色旅游示范项目", "20万千瓦风力发电项目"],
        ),
        (
            "哪几批项目报了签约额",
            ["一季度五大园区新签约项目", "集中签约仪式签约项目", "省级招商活动签约项目"],
        ),
    ],
)
def test_those_that_have_a_figure_are_told(asker: Asker, question: str, labels: list[str]) -> None:
    assert [item.label.split(" ")[0] for item in asker.ask(question).answers] == labels


@pytest.mark.parametrize("question", ["哪家企业公布了签约额", "哪些产业有总投资", "有产值占比的是哪类企业"])
def test_a_figure_of_something_else_is_not_told(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    "question", ["凡是说了签约额的项目群，请照金额从高到低排一排。", "有签约额的项目，从高到低排列"]
)
def test_those_that_have_a_figure_are_put_in_its_order(asker: Asker, question: str) -> None:
    assert [item.value for item in asker.ask(question).answers] == [
        16_262_000_000,
        12_235_000_000,
        3_430_000_000,
    ]
