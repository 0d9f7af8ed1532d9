"""Roundabout ways to ask: what is left of a difference, the kinds of something, kinds that are all named."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("贷款余额减去联顺制药项目总投资还剩多少", {"228.11亿元"}),
        ("重点项目总投资减去联顺制药项目总投资还剩多少", {"434.5亿元"}),
        ("七台河的金牌分哪几种", {"国家级金牌", "冬奥金牌", "世界级金牌"}),
        ("七台河的金牌有哪几种", {"国家级金牌", "冬奥金牌", "世界级金牌"}),
        ("七台河有哪几种金牌", {"国家级金牌", "冬奥金牌", "世界级金牌"}),
        ("按老字号、原字号、新字号来分，宝泰隆算哪些？", {"老字号", "原字号"}),
        ("七台河的银行等金融机构，贷款余额现在是多少", {"348.11亿元"}),
        ("银行等金融机构的贷款余额是多少", {"348.11亿元"}),
        ("谁说七台河投资增速居全省前列", {"新华财经记者"}),
        ("谁说七台河的投资增速居全省前列", {"新华财经记者"}),
        ("修复矿山修了多少公顷啦", {"1892公顷"}),
        ("治理矸石山治了多少处", {"136处"}),
        ("造林绿化造了多少亩", {"8719.2亩"}),
        ("鲁班奖项目改善的是哪片湖", {"桃山湖"}),
        ("鲁班奖项目治理的是哪片湖", {"桃山湖"}),
        ("“探秘冬奥冠军城一日游”属于哪一类线路？", {"精品微旅游线路"}),
        ("煤化工属于哪类产业？", {"传统产业"}),
        ("宝泰隆属于哪类企业？", {"煤化工企业"}),
        ("生态治理工作里，除了已经完成的，还有哪一项？", {"生态系统保护和修复"}),
        ("除了已完成的，还有哪些生态治理工作？", {"生态系统保护和修复"}),
    ],
)
def test_what_is_asked_in_a_roundabout_way_is_asked_in_fewer_words(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    "question",
    [
        "贷款余额减去哈尔滨的总投资还剩多少",
        "哈尔滨的金牌分哪几种",
        "按老字号、原字号、新字号来分，联顺制药项目算哪个",
        "谁说哈尔滨投资增速居全省前列",
        "银行等金融机构的利润是多少",
        "双叶家具属于哪类行业",
        "除了已经投产的，还有哪些企业？",
    ],
)
def test_what_is_not_stated_is_not_told_in_fewer_words(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
