"""What a question says that it does not mean, and those of some of which something is not so."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("五大园区续建项目（不是新签约项目）的计划总投资是多少？", 22_153_000_000),
        ("一季度五大园区新签约的项目有多少个，不算续建的？", 21),
        ("规上企业中民营企业的产值占比是多少？我问的不是户数占比。", 74.7),
        ("今年重点项目的年度计划投资是多少，不是总投资？", 11_592_000_000),
        ("外出招商签约的项目有几个，我说的不是省级招商活动", 17),
        ("世界级金牌多少枚，不是国家级金牌", 177),
    ],
)
def test_what_is_not_meant_tells_nothing_more(asker: Asker, question: str, value: float) -> None:
    assert [item.value for item in asker.ask(question).answers] == [value]


@pytest.mark.parametrize(
    "question",
    [
        "规上企业有多少户，民营企业不算",  # they are among them
        "规上企业有多少户，不含民营企业",
        "七台河造林绿化多少亩，不算勃利县",
        "重点项目有多少个，续建的不算",
        "哪些企业是煤化工的，不是食品的",
        "金牌一共多少枚，不算冬奥金牌",
    ],
)
def test_what_may_be_a_part_is_not_passed_over(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("煤化工、机械、家具、食品这四个产业中，哪些不属于“原字号”？", ["机械", "家具", "食品"]),
        ("煤炭产业和机械里，哪个不属于原字号", ["机械"]),
        ("宝泰隆、联顺制药、升华医疗这三家企业里哪些没有扩展数字化应用", ["宝泰隆"]),
        ("水肥一体化项目、联顺制药项目、中瑯生物项目中，哪个没有投产", ["水肥一体化项目"]),
        ("北京、江苏、哈尔滨中，哪个不是外出招商去的地方", ["哈尔滨市"]),
    ],
)
def test_those_that_are_named_of_which_it_is_not_so_are_told(
    asker: Asker, question: str, labels: list[str]
) -> None:
    assert [item.label for item in asker.ask(question).answers] == labels


@pytest.mark.parametrize(
    "question",
    [
        "机械、家具、食品中，哪些不属于原字号",  # of none of them is it said
        "宝泰隆、联顺制药、升华医疗这四家企业里哪些没有扩展数字化应用",
    ],
)
def test_not_all_that_are_named_are_told(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"
