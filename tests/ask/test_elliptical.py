"""What is said of one thing is asked of another: 甲签了21个项目，乙呢."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("集中签约仪式签了21个项目，省级招商活动呢？", [4]),
        ("集中签约仪式签了122.35亿元，那省级招商活动呢", [34.3e8]),
        ("风力发电项目装机20万千瓦，绿色旅游示范项目呢", [250000]),
        ("造林绿化8719.2亩，修复的矿山呢", [1892]),
        ("民营企业户数占89.7%，产值呢", [89.7, 74.7]),
        ("矸石山治理了136处，矿山呢？", []),
        ("集中签约仪式签了25个项目，省级招商活动呢？", []),
        ("联顺制药项目投资120亿，石墨烯应用项目呢", []),
        ("规上企业有117户，对接的企业呢？", []),
    ],
)
def test_the_same_is_asked_of_another(asker: Asker, question: str, values: list[float]) -> None:
    assert [item.value for item in asker.ask(question).answers] == values


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("谁把七台河比作奥运冠军之城", {"王文力"}),
        ("是谁把招商引资称为生命线的", {"王文力"}),
        ("七台河把谁当成招商引资的主战场", set()),
    ],
)
def test_who_is_spoken_of_is_not_who_speaks(asker: Asker, question: str, expected: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == expected
