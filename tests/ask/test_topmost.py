"""The few that have most of something, and which of two has more."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("论项目个数，排前两位的是哪两批项目？", ["年度投资超1000万元的重点项目", "一季度五大园区续建项目"]),
        ("项目个数最多的两批项目是哪两批", ["年度投资超1000万元的重点项目", "一季度五大园区续建项目"]),
        ("签约额最高的两批项目", ["一季度五大园区新签约项目", "集中签约仪式签约项目"]),
        ("签约额前两名的是哪两批项目", ["一季度五大园区新签约项目", "集中签约仪式签约项目"]),
        ("签约额最低的两批项目是哪两批", ["省级招商活动签约项目", "集中签约仪式签约项目"]),
        ("造林绿化和矿山修复，哪项工作涉及的面积更大？", ["修复矿山"]),
        ("矿山修复和造林绿化哪个面积更小", ["造林绿化"]),
        ("造林绿化跟修复矿山这两项工作，论面积谁更大？", ["修复矿山"]),
        ("面积上，造林绿化和修复矿山哪个更大", ["修复矿山"]),
        ("要论面积，是造林绿化大还是修复矿山大", ["修复矿山"]),
        ("按签约额从高到低排，第二的是哪批项目？", ["集中签约仪式签约项目"]),
        ("签约额从大到小排第三的是哪批项目？", ["省级招商活动签约项目"]),
        ("按装机容量从高到低，第二名是哪个项目？", ["20万千瓦风力发电项目"]),
        ("签约额从低到高排第一的是哪批项目？", ["省级招商活动签约项目"]),
        ("按签约额从高到低排，最后的是哪批项目？", ["省级招商活动签约项目"]),
    ],
)
def test_the_first_few_in_order_are_told(asker: Asker, question: str, labels: list[str]) -> None:
    assert [item.label for item in asker.ask(question).answers] == labels


@pytest.mark.parametrize(
    "question",
    [
        "项目个数排前三位的是哪三批项目",  # the third has as much as the fourth
        "签约额排前两位的是哪三批项目",
        "就业人数排前两位的是哪两批项目",
        "造林绿化和治理矸石山，哪项工作的面积更大",
        "造林绿化和修复矿山哪项的面积增速更快",
        "按签约额从高到低，第四的是哪批项目？",
        "签约额从低到高排第二的是哪批项目？",
    ],
)
def test_no_few_are_told_that_there_are_not(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"
