"""Which of two it is: planned or done, one of a kind or another; and how many there are with their names."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("续建项目那221.53亿元是已经投下去了还是计划的", {"计划"}),
        ("国家原料药生产基地是已经建成了还是只是计划", {"计划"}),
        ("8719.2亩造林绿化是计划数还是已经完成的", {"已完成"}),
        ("七台河的口袋公园是建成了还是打算建", {"已完成"}),
        ("联顺制药项目是已经投产了还是计划投产", {"已完成"}),
        ("集中签约是线上签还是线下签", {"线上", "线下"}),
        ("集中签约项目是线上签约还是线下签约", {"线上", "线下"}),
        ("百凝盾冰雪装备项目是老字号还是新字号", {"新字号"}),
    ],
)
def test_which_of_two_it_is(asker: Asker, question: str, labels: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    "question",
    ["王濛是杨扬还是范可新", "总投资是规划的还是完成的", "跟牡丹江是已经合作了还是计划合作"],
)
def test_neither_of_two_is_told_where_nothing_says_so(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("市里出台了几项规划，都叫什么", {"生物", "数字", "冰雪", "创意设计"}),
        ("七台河出台了几个规划，分别是什么", {"生物", "数字", "冰雪", "创意设计"}),
        ("赛马制有几个环节，分别是什么", {"月通报", "季排名", "年考评"}),
        ("七台河有几家煤化工企业，都有谁", {"宝泰隆", "吉伟", "隆鹏", "亿达信"}),
    ],
)
def test_how_many_and_what_they_are_called_is_which_there_are(
    asker: Asker, question: str, labels: set[str]
) -> None:
    answers = asker.ask(question).answers
    assert len(answers) == len(labels)
    assert all(any(label in item.label for item in answers) for label in labels)


@pytest.mark.parametrize("question", ["联顺制药项目投资多少，在哪儿", "七台河有几家银行，都叫什么"])
def test_what_else_is_asked_is_no_name(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.status == "unknown" or any(item.value is not None for item in answer.answers)
