"""Who is called by a title only."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("书记把招商引资比作经济发展的什么?", ["生命线"]),
        ("市委书记把优化营商环境比作区域竞争的什么", ["软实力"]),
        ("在市委书记看来招商引资是经济发展的什么", ["生命线"]),
        ("书记把什么比作生命线", ["招商引资"]),
        ("书记接受了谁的采访", ["新华财经记者"]),
        ("谁采访了书记", ["新华财经记者"]),
        ("采访书记的记者是哪家媒体的", ["新华财经"]),
        ("书记说的“牛鼻子”指的是啥？", ["产业园区"]),
        ("市委书记讲的“生命线”是什么？", ["招商引资"]),
        ("书记把什么叫“牛鼻子”？", ["产业园区"]),
    ],
)
def test_a_title_stands_for_who_holds_the_post(asker: Asker, question: str, expected: list[str]) -> None:
    assert [item.label for item in asker.ask(question).answers] == expected


@pytest.mark.parametrize(
    "question", ["书记是谁", "市委书记由谁担任", "谁是七台河的市委书记？", "七台河市委书记现在是谁"]
)
def test_a_post_is_asked_about_for_its_own_sake(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["王文力"]


@pytest.mark.parametrize(
    "question",
    [
        "勃利县书记把招商引资比作什么",
        "省委书记把招商引资比作什么",
        "市长把什么比作生命线",
        "副书记把招商引资比作什么",
        "市长说的“牛鼻子”指的是啥？",
    ],
)
def test_a_title_that_is_another_post_s_stands_for_nobody(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
