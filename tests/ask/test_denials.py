"""What a question says not to hold of what it asks for, and the kind that answers have to be of."""

import pytest

from citykg.ask.asking import Asker
from citykg.store import rows

OTHERS = {"勃农机械", "联顺制药", "升华医疗", "双叶家具"}


@pytest.mark.parametrize(
    "question",
    ["搞数字化的企业里哪些不是煤化工的", "搞数字化的企业里不是煤化工的有哪几家", "哪些企业不是煤化工企业"],
)
def test_a_denial_leaves_out_what_is_stated_and_keeps_the_other_conditions(
    asker: Asker, question: str
) -> None:
    assert {item.label for item in asker.ask(question).answers} == OTHERS


def test_what_a_condition_before_the_not_says_is_never_denied(asker: Asker) -> None:
    labels = {item.label for item in asker.ask("搞数字化的企业里哪些不是煤化工企业").answers}
    assert labels <= OTHERS


def test_a_denied_kind_that_none_has_denies_nothing(asker: Asker) -> None:
    assert asker.ask("不算县里的，七台河有哪些公园").status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"), [("市级领导牵头哪些园区", "五大园区"), ("市级领导牵头哪些团队", "招商团队")]
)
def test_answers_are_of_the_kind_that_is_asked_for(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question", ["哪些项目已经建成投产了？", "省级招商活动上签了哪些项目", "市级领导牵头哪些园区"]
)
def test_the_query_that_is_shown_has_the_answers_and_nothing_else(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert {row["x"] for row in rows(asker.store, answer.sparql)} == {item.iri for item in answer.answers}


def test_a_name_in_two_halves_is_one_name(asker: Asker) -> None:
    assert asker.ask("省十五运会的短道速滑是哪一年办的").text == "2023年"
