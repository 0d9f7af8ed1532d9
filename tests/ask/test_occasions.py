"""A clause about the asker's own work is no condition; one that says something is."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    "question",
    [
        "写材料核个数，联顺制药项目总投资多少？",
        "汇总表里缺个数：联顺制药项目总投资是多少",
        "报告里要用，联顺制药项目一共投多少钱",
        "上会前确认下，联顺制药项目总投资多少",
        "创优材料要写，联顺制药项目总投资多少",
    ],
)
def test_what_a_question_is_asked_for_is_no_condition(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.text.startswith("120亿元（“")
    assert answer.text.endswith("”没有当作条件）")
    assert answer.question == question


@pytest.mark.parametrize(
    "question",
    [
        "核对一下，七台河拿了夏奥金牌，有几枚",
        "写材料要用，七台河的破产企业有几家",
        "报告里说七台河有夏奥金牌，一共有多少枚",
        "据说七台河破产了，七台河有哪些企业",
        "材料里写去年是200亿，联顺制药项目总投资多少",
    ],
)
def test_a_clause_that_says_something_is_a_condition(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize("question", ["想看比赛，七台河承办过什么赛事", "想找工作，七台河有哪些煤化工企业"])
def test_what_an_asker_wants_to_do_is_no_condition_either(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.status == "answered"
    assert "没有当作条件" in answer.text
