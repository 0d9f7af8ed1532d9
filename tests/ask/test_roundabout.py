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


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("今年重点项目的数量、总投资、年度计划投资分别比去年提高了百分之多少？", [11, 49, 52]),
        ("今年重点项目的总投资和年度计划投资分别比去年增长了多少", [49, 52]),
        ("跟去年比，重点项目的数量、总投资和年度计划投资分别涨了多少", [11, 49, 52]),
        ("与去年相比，重点项目的总投资、年度计划投资各涨了百分之几", [49, 52]),
        ("2023年重点项目总投资、年度计划投资较2022年分别增长百分之几", [49, 52]),
        ("今年重点项目的年度计划投资增幅比总投资增幅高多少", [3]),
        ("今年重点项目的总投资和年度计划投资分别比2020年增长了百分之多少？", []),
        ("今年重点项目的总投资、年度计划投资分别比前年增长了百分之多少？", []),
        ("今年重点项目的数量、税收分别比去年提高了百分之多少？", []),
    ],
)
def test_several_that_have_grown_since_the_year_before_are_told_each(
    asker: Asker, question: str, values: list[int]
) -> None:
    assert [item.value for item in asker.ask(question).answers] == values


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("今年的总投资摊到每个重点项目头上，合多少钱？", "4.2654亿元"),
        ("集中签约仪式的签约额摊到每个项目头上，约合多少亿", "5.8262亿元"),
        ("省级招商活动的签约额匀到每个项目是多少亿", "8.575亿元"),
        ("重点项目的总投资分摊到130个项目上，每个是多少", "4.2654亿元"),
        ("总投资摊到每个世界冠军头上，合多少钱", ""),
        ("外出招商、集中签约仪式、省级招商活动，三条路子统共签下了多少个项目？", "42个"),
        ("外出招商、集中签约仪式、省级招商活动，三者统共签下了多少个项目？", "42个"),
        ("集中签约仪式和省级招商活动，两条线统共签了多少亿", "156.65亿元"),
        ("冬奥金牌、世界级金牌这两块一共多少枚", "184枚"),
        ("集中签约仪式和省级招商活动，三条线统共签了多少亿", ""),
    ],
)
def test_means_and_sums_in_everyday_words(asker: Asker, question: str, label: str) -> None:
    assert "".join(item.label for item in asker.ask(question).answers) == label


@pytest.mark.parametrize(
    "question",
    [
        "按签约额从高到低，给几批签约项目排个队。",
        "几批签约项目，按签约额排个队",
        "给几批签约项目按签约额排个先后",
        "各批签约项目按签约额排个座次",
    ],
)
def test_what_is_put_in_order_has_most_first(asker: Asker, question: str) -> None:
    assert [item.value for item in asker.ask(question).answers] == [162.62e8, 122.35e8, 34.3e8]
