"""Claims with stress, shares that go without saying, what is left of a figure, and what has no other one."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("规上企业中，民营企业难道连一半都不到？", "否"),
        ("规上企业里，民营企业连一半也没有吗", "否"),
        ("规上企业中民营企业连九成都不到吗", "是"),
        ("规上企业中，民营企业超过八成吗", "是"),
        ("省级招商活动的签约额连100亿都不到吗", "是"),
        ("重点项目连100个都不到吗", "否"),
        ("续建项目的计划总投资减去新签约项目的签约额，还余多少亿？", "58.91亿元"),
        ("集中签约仪式的签约额减去省级招商活动的签约额，还剩多少", "88.05亿元"),
    ],
)
def test_it_is_told_as_without_the_stress(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    [
        "规上企业中，外资企业难道连一半都不到",
        "一季度中民营企业不到一半吗",
        "七台河的金牌还剩多少",
    ],
)
def test_what_is_no_such_share_or_rest_is_not_told(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    "question",
    [
        "哪批签约项目只报了个数、没报金额？",
        "哪批签约项目只公布了个数，没公布签约额",
        "哪批签约项目没有金额",
        "哪批项目只有项目数没有签约额",
    ],
)
def test_what_has_a_number_and_no_amount_is_told(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["外出招商签约项目"]


@pytest.mark.parametrize("question", ["哪批签约项目只报了面积、没报金额", "哪些企业没有金额"])
def test_another_figure_that_they_have_is_a_condition(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("连中瑯生物都已经投产了么？", "是"),
        ("哪怕是国际短道速滑赛事，七台河也承办过吗？", "是"),
        ("光联顺制药一个项目的总投资，就比今年重点项目的年度计划投资还多，对不对？", "是"),
        ("就连勃利县也有口袋公园吗", "是"),
    ],
)
def test_a_claim_that_begins_with_stress_is_judged_without_it(
    asker: Asker, question: str, label: str
) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question", ["连哈尔滨也有口袋公园吗", "光大银行的贷款余额也有300亿吗", "光伏项目也签约了吗"]
)
def test_what_is_stressed_has_to_be_so(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"
