"""Formal Chinese, as offices write it."""

import pytest

from citykg.ask.asking import Asker


def labels(asker: Asker, question: str) -> set[str]:
    return {item.label for item in asker.ask(question).answers}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("请问该市书记系何人？", {"王文力"}),
        ("请问季排名系何机制之组成部分？", {"赛马制"}),
        ("请问该市数据归集工作系于何年推进？", {"2022年"}),
        ("请问本次访谈于何日发布？", {"2023年5月17日"}),
        ("请问冰雪经济发展规划系由何方制定？", {"七台河市"}),
        ("请问入选鲁班奖之项目所治理者系何湖泊？", {"桃山湖"}),
        ("请问该市拟由资源型经济转变为何种经济？", {"多元经济"}),
        ("请问招商引资在访谈中被称作何物？", {"生命线"}),
        ("请列示依托新材料产业园区做大做强之项目。", {"负极材料项目", "石墨烯应用项目", "高端石墨项目"}),
        ("请列示招商团队赴外招商所至省市。", {"北京市", "广东省", "江苏省", "上海市"}),
        ("请列示传统产业所含之行业。", {"煤化工", "食品", "家具", "机械"}),
        ("请问除煤化工外，传统产业尚有哪些？", {"食品", "家具", "机械"}),
        (
            "请列示访谈所涉企业中不属于煤化工企业者。",
            {"勃农机械", "联顺制药", "升华医疗", "双叶家具"},
        ),
        ("请问签约额最高者系哪批项目？", {"一季度五大园区新签约项目"}),
        ("请问王濛与杨扬是否均为世界冠军？", {"是"}),
        ("请问宝泰隆系煤化工企业否？", {"是"}),
        ("联顺制药项目投产与否？", {"是"}),
    ],
)
def test_formal_words_stand_for_plain_ones(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("请问联顺制药项目之总投资几何？", 12000000000),
        ("请问重点项目总投资较上年增长情况如何？", 49),
        ("请问该市造林绿化面积几何？", 8719.2),
        ("请问该市招商团队赴外招商所至省市共计几处？", 4),
        ("请问该市所制定之发展规划共计几项？", 4),
    ],
)
def test_formal_words_ask_how_much(asker: Asker, question: str, value: float) -> None:
    assert [item.value for item in asker.ask(question).answers] == [value]


def test_with_this_city_stands_the_one_that_the_article_is_about(asker: Asker) -> None:
    assert labels(asker, "请问与该市开展对口合作之城市隶属何省？") == {"广东省"}


def test_the_same_is_so_of_another_city(second_city: Asker) -> None:
    assert labels(second_city, "请问该市隶属何省？") == labels(second_city, "该市属于哪个省") != set()


@pytest.mark.parametrize(
    "question",
    [
        "请问中瑯生物项目总投资情况如何？",  # how it is otherwise is not asked
        "请问该市与哈尔滨市系何种合作关系？",
        "请问该市中文系有多少人？",
        "请问该市财政收入几何？",
        "请问王文力所著之书系何书？",
        "生产家具的企业是哪家",  # what is said of all industries like it is not said of this one
    ],
)
def test_what_the_graph_does_not_state_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("孙琳琳 世界冠军 是/否", "是"),
        ("王文力 市委书记 是或否", "是"),
        ("联顺制药项目 建成投产 （是/否）", "是"),
        ("孙琳琳 煤化工企业 是/否", "否"),
    ],
)
def test_keywords_with_yes_or_no_ask_whether(asker: Asker, question: str, expected: str) -> None:
    assert labels(asker, question) == {expected}
