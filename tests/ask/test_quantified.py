"""Claims of one only and of all are held against what there is."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "besides"),
    [
        ("招商团队只去了江苏吗", "广东省"),
        ("赛马制只有月通报吗", "年考评、季排名"),
        ("七台河的世界冠军只有杨扬一个人吗", "范可新、孙琳琳、王濛、张杰"),
        ("是不是只有宝泰隆实现了数字化生产", "吉伟、隆鹏、亿达信"),
        ("集中签约仪式只在线下签吗", "线上"),
    ],
)
def test_of_one_only_is_denied_by_what_there_is_besides(asker: Asker, question: str, besides: str) -> None:
    assert asker.ask(question).text == f"否（图中所述还有：{besides}）"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("江门只和七台河对口合作吗", "是（图中没有说明还有别的）"),
        ("煤化工企业都实现了数字化生产吗", "是"),
        ("所有企业都是煤化工企业吗", "否（图中所述的只有：宝泰隆、吉伟、隆鹏、亿达信）"),
        ("杨扬和王濛都是世界冠军吗", "是"),
    ],
)
def test_of_all_is_held_against_every_one(asker: Asker, question: str, told: str) -> None:
    assert asker.ask(question).text == told


@pytest.mark.parametrize(
    "question",
    [
        "招商团队去的都是直辖市吗",
        "集中签约仪式的21个项目都是线下签的吗",
        "七台河只出台了一项政策吗",
        "集中签约仪式的项目都是线上签的吗",
    ],
)
def test_what_cannot_be_told_of_all_is_not_known(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("文中提到的世界冠军，没有一个不是从七台河出发的吧", "是"),
        ("没有一个世界冠军不是从七台河出发的，对吗", "是"),
        ("是不是没有一个世界冠军不是七台河出来的", "是"),
        ("提到的世界冠军里没有谁不是从七台河出发的吧", "是"),
        ("世界冠军无一例外都是从七台河出发的吗", "是"),
        ("没有哪个风电项目不是省级招商活动签的吧", "是"),
        ("没有一家企业不扩展数字化应用吗", "否（图中所述的只有：勃农机械、联顺制药、升华医疗、双叶家具）"),
    ],
)
def test_two_denials_claim_it_of_all(asker: Asker, question: str, told: str) -> None:
    assert asker.ask(question).text == told


@pytest.mark.parametrize(
    "question",
    [
        "世界冠军都获得过冬奥金牌吗",  # of the city it is told, and of none of them
        "没有一个世界冠军不是从哈尔滨出发的，对吗",
        "没有一个世界冠军是从哈尔滨出发的吗",
        "有没有世界冠军不是从七台河出发的",
        "七台河都是世界冠军吗",
    ],
)
def test_what_is_not_told_of_every_one_is_not_known(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
