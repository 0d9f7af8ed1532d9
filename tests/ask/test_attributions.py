"""Who says a figure, and whether it is the one who is named; where somebody comes from."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("谁说联顺制药项目总投资120亿元", "王文力"),
        ("重点项目总投资554.5亿元是谁说的", "新华财经记者"),
        ("贷款余额348.11亿元这个数字出自谁之口", "王文力"),
    ],
)
def test_who_says_a_figure_is_the_speaker_of_its_passage(asker: Asker, question: str, speaker: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [speaker]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("重点项目130个是王文力说的吗", "否（图中所述为：新华财经记者）"),
        ("联顺制药项目的总投资是王文力说的吗", "是（图中所述为：王文力）"),
    ],
)
def test_whether_somebody_says_something_is_told_by_who_says_it(
    asker: Asker, question: str, text: str
) -> None:
    answer = asker.ask(question)
    assert answer.text == text
    assert answer.question == question
    assert answer.evidence


@pytest.mark.parametrize("question", ["谁说联顺制药项目总投资100亿元", "七台河破产是王文力说的吗"])
def test_what_nobody_says_has_no_speaker(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_whence_is_answered_by_what_tells_the_origin_only(asker: Asker) -> None:
    assert [item.label for item in asker.ask("王濛从哪儿出发").answers] == ["七台河市"]
    assert asker.ask("联顺制药项目从哪里引进").status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("王文力认为什么是生命线", "招商引资"),
        ("王书记说什么是软实力", "优化营商环境"),
        ("贷款余额是谁说的", "王文力"),
    ],
)
def test_what_somebody_says_is_answered_from_their_own_passages(
    asker: Asker, question: str, label: str
) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == [label]
    assert {evidence.speaker_label for evidence in answer.evidence} == {"王文力"}


@pytest.mark.parametrize("question", ["张杰认为什么是生命线", "李书记说什么是软实力"])
def test_what_they_do_not_say_is_not_laid_in_their_mouth(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("生物经济支撑着城市转型，书记有没有这么讲？", "answered"),
        ("生物经济支撑着城市转型，书记是否这么说过", "answered"),
        ("招商引资是生命线，书记是这么说的吗", "answered"),
        ("煤炭产业支撑着城市转型，书记有没有这么讲？", "unknown"),
        ("生物经济支撑着城市转型，记者有没有这么讲？", "unknown"),
    ],
)
def test_whether_they_say_so_may_stand_before_the_verb(asker: Asker, question: str, status: str) -> None:
    answer = asker.ask(question)
    assert (answer.status, [item.label for item in answer.answers]) == (
        status,
        ["是"] if status == "answered" else [],
    )


@pytest.mark.parametrize(
    "question",
    [
        "提问时，记者说七台河迫切需要培育什么？",
        "采访中，记者说七台河需要培育什么",
        "记者提问时说七台河需要什么？",
    ],
)
def test_what_somebody_says_is_not_what_the_article_speaks_of(asker: Asker, question: str) -> None:
    assert {item.label for item in asker.ask(question).answers} == {"新业态", "新产业"}


def test_what_others_say_is_not_told_as_theirs(asker: Asker) -> None:
    assert asker.ask("王文力在采访中说七台河需要什么？").status != "answered"
