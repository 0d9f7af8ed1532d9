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


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("我在写稿，想核一下金融机构贷款余额增速连续多少个月居全省第一", "16个月"),
        ("编辑在等图片说明，麻烦告诉我冬奥金牌拿了几枚", "7枚"),
        ("版面上缺个数字，帮我算算重点项目的年度计划投资占总投资的百分之多少", "20.9%"),
        ("我在对比数据，想问重点项目总投资是联顺制药项目总投资的多少倍", "4.62倍"),
        ("我在画产业链图，想问宝泰隆所在产业的上一级产业是什么", "传统产业"),
        ("我在校对，想核一下今年重点项目的总投资是不是突破了六百亿元", "否"),
    ],
)
def test_what_stands_before_a_request_is_no_condition(asker: Asker, question: str, text: str) -> None:
    answer = asker.ask(question)
    assert answer.text.startswith(text)
    assert answer.text.endswith("”没有当作条件）")


@pytest.mark.parametrize(
    "question",
    [
        "联顺制药停产了，想问一下它的总投资是多少",
        "哈尔滨去年GDP很高，想知道是多少",
        "七台河拿了夏奥金牌，想问有几枚",
        "五大园区2022年新签了21个项目，想问签约额是多少",
    ],
)
def test_what_is_claimed_before_a_request_is_a_condition(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


def test_a_time_before_a_request_is_a_condition(asker: Asker) -> None:
    answer = asker.ask("2022年，请问七台河推进了什么")
    assert {item.label for item in answer.answers} == {"大数据平台", "数据归集", "政务外网"}
