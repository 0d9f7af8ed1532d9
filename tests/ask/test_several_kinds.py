"""Things of several kinds in one question, what stands before a comma, and what is done or planned."""

import pytest

from citykg.ask.asking import Asker

_PARK = {"勃利县", "七台河市", "黑龙江省", "中国"}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("市级领导都牵头哪些团队和园区？", {"招商团队", "五大园区"}),
        ("市级领导牵头哪些园区、团队", {"招商团队", "五大园区"}),
        ("大森林口袋公园在哪个县、哪个市、哪个省、哪个国家", _PARK),
        ("大森林口袋公园位于哪个县和哪个省", {"勃利县", "黑龙江省"}),
        ("有哪些规划或政策是为发展冰雪经济出的？", {"冰雪经济发展规划", "配套政策"}),
        ("七台河为推动数字经济制定了哪些规划", {"数字经济发展规划"}),
        ("规上企业中的民企，是户数占比高还是产值占比高？", {"企业数占比"}),
        ("七台河的金融机构，贷款余额现在是多少", {"348.11亿元"}),
        ("七台河的规上企业里，民营企业占了一半以上吗？", {"是"}),
        ("国家原料药生产基地是已经建成了还是只是计划", {"计划"}),
        ("国家原料药生产基地是计划还是已经建成", {"计划"}),
        ("8719.2亩造林绿化是计划数还是已经完成的", {"已完成"}),
    ],
)
def test_several_kinds_and_clauses_are_taken_together(asker: Asker, question: str, labels: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    "question",
    [
        "市级领导牵头哪些团队和企业",
        "七台河有哪些公园和机场",
        "省级招商活动上签的两个点名的风电项目，装机容量一共多少千瓦？",
        "七台河的地铁是已经建成了还是只是计划",
        "桃山湖项目是计划还是已经完成",
    ],
)
def test_what_is_told_of_one_of_them_only_is_no_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
