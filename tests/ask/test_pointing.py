"""What a question only points to is what the clause before says, or is not known."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    "question",
    [
        "这家企业总投资多少",
        "这个项目总投资多少",
        "请问该项目投资多少",
        "这项行动叫什么",
        "这份规划哪年到期",
        "该园区有几个项目",
    ],
)
def test_one_of_several_that_is_only_pointed_to_is_asked_back_for(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.status == "unknown"
    assert "没有说明是哪一个" in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("联顺制药这个项目总投资多少", "120亿元"),
        ("联顺制药项目在哪里，这个项目总投资多少", "七台河市；120亿元"),
        ("这个城市的冬奥金牌数", "7枚（七台河市）"),
        ("那个项目入选了鲁班奖名单", "桃山湖生态环保水利综合治理项目"),
    ],
)
def test_what_is_pointed_to_beside_its_name_is_that(asker: Asker, question: str, told: str) -> None:
    assert asker.ask(question).text == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("联顺制药项目得名于一家企业，这家企业在扩展什么？", "数字化应用"),
        ("七台河与一座城市对口合作，这座城市位于哪个省", "广东省"),
    ],
)
def test_a_question_goes_on_to_ask_of_what_its_first_clause_brings_in(
    asker: Asker, question: str, told: str
) -> None:
    assert asker.ask(question).text == told
