"""What an exception leaves out would be an answer without it, and nothing else is left out."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("除了江苏和上海，还去了哪些地方招商", {"北京市", "广东省"}),
        ("除了月通报，赛马制还包括什么", {"季排名", "年考评"}),
        ("除了煤炭采掘，煤炭产业下面还分什么", {"煤炭加工业", "焦煤"}),
        ("除了智慧城市，数字经济还细分为哪些领域", {"数字政府", "智慧园区", "智慧交通", "智慧城管"}),
        ("除了哈尔滨，还要跟哪些城市协作", {"牡丹江市"}),
        ("除了大数据平台，2022年还推进了哪些工作", {"数据归集", "政务外网"}),
        ("除专班外，企业包联机制还有哪些部分", {"领导包联", "首席服务员"}),
        ("除了王濛、范可新，还有哪些世界冠军是七台河出来的", {"张杰", "杨扬", "孙琳琳"}),
    ],
)
def test_the_others_are_told(asker: Asker, question: str, labels: set[str]) -> None:
    answer = asker.ask(question)
    assert {item.label for item in answer.answers} == labels
    assert "NOT IN" in answer.sparql
    asker.store.query(answer.sparql)


def test_an_exception_to_what_is_no_answer_is_not_answered(asker: Asker) -> None:
    assert asker.ask("除了哈尔滨，还去了哪些地方招商").status == "unknown"
    assert asker.ask("除了杨扬，哪些企业实现了数字化生产").status != "answered"


@pytest.mark.parametrize("question", ["哈尔滨和七台河在哪方面合作", "七台河和江门在哪方面合作"])
def test_in_what_respect_is_not_answered_by_who_or_by_the_verb(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("赛马制具体包括哪几项", {"月通报", "季排名", "年考评"}),
        ("赛马制分哪几步", {"月通报", "季排名", "年考评"}),
        ("煤炭产业下面分哪些细分产业", {"煤炭采掘", "煤炭加工业", "焦煤"}),
        ("领导包联+专班+首席服务员机制分哪几部分", {"领导包联", "专班", "首席服务员"}),
        ("“领导包联+专班+首席服务员”机制包括哪几部分", {"领导包联", "专班", "首席服务员"}),
    ],
)
def test_parts_are_asked_for_and_not_the_whole(asker: Asker, question: str, labels: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


def test_of_a_part_no_parts_are_told(asker: Asker) -> None:
    assert asker.ask("领导包联机制由哪几部分组成").status == "unknown"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("传统产业里头，煤化工之外还有哪些", {"食品", "家具", "机械"}),
        ("传统产业里，煤化工和食品以外还有哪些", {"家具", "机械"}),
        ("煤城以外七台河还被称作什么", {"焦煤生产基地", "奥运冠军之城", "资源型城市"}),
        ("北京、上海以外招商团队还去过哪些地方", {"广东省", "江苏省"}),
        ("五大园区以外市级领导还牵头什么", {"招商团队"}),
        ("扩展数字化应用的企业当中，不算联顺制药还剩哪几家", {"勃农机械", "升华医疗", "双叶家具"}),
        ("扩展数字化应用的企业，除去联顺制药，剩下哪几家", {"勃农机械", "升华医疗", "双叶家具"}),
    ],
)
def test_what_is_left_out_may_be_named_before_the_word_for_it(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    "question", ["黑龙江以外的地级市有哪些", "除了黑龙江还有哪些地级市", "地级市 黑龙江以外"]
)
def test_a_place_is_left_out_with_what_lies_within_it(asker: Asker, question: str) -> None:
    assert {item.label for item in asker.ask(question).answers} == {"江门市"}


@pytest.mark.parametrize("question", ["煤化工企业 宝泰隆除外", "煤化工企业 宝泰隆 以外"])
def test_what_is_left_out_may_stand_before_the_word_for_it_in_keywords(asker: Asker, question: str) -> None:
    assert {item.label for item in asker.ask(question).answers} == {"吉伟", "隆鹏", "亿达信"}


TITLES = {"煤城", "焦煤生产基地", "奥运冠军之城", "资源型城市"}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("除了体育比赛，七台河还办过什么活动", {"全市开发区招商项目集中签约仪式"}),
        ("七台河办过的活动，除了体育比赛还有什么", {"全市开发区招商项目集中签约仪式"}),
        (
            "除了发展规划,七台河还出台了哪些政策",
            {"《七台河市支持创意设计产业发展政策措施》", "《完善开发区管理体制的意见》", "配套政策"},
        ),
        ("除了运动员，文章提到的人还有谁", {"网页编辑", "王文力", "新华财经记者"}),
        ("招商团队去过哪些地方，直辖市除外", {"广东省", "江苏省"}),
        ("招商团队去过哪几个省,直辖市别算", {"广东省", "江苏省"}),
        ("招商团队去过哪些直辖市，省不算", {"北京市", "上海市"}),
        ("不算力争成为的,七台河现在已有的称号有哪些?", TITLES),
        ("七台河有哪些称号，力争成为的不算", TITLES),
        ("除去想成为的，七台河现有称号有哪些", TITLES),
    ],
)
def test_a_kind_or_what_a_verb_describes_is_left_out(asker: Asker, question: str, labels: set[str]) -> None:
    answer = asker.ask(question)
    assert {item.label for item in answer.answers} == labels
    asker.store.query(answer.sparql)


@pytest.mark.parametrize(
    "question",
    [
        "除了企业，七台河还出台了哪些政策",
        "除了公园，七台河还办过什么活动",
        "招商团队去过哪几个省，公园别算",
        "不算县，七台河有哪些公园",
        "除了政策，七台河还出台了哪些政策",
    ],
)
def test_a_kind_that_would_be_no_answer_or_all_of_them_is_not_left_out(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("除了江门还打算跟哪些城市协作", {"哈尔滨市", "牡丹江市"}),
        ("七台河除了江门还打算跟哪些城市协作", {"哈尔滨市", "牡丹江市"}),
        ("除了哈尔滨还打算跟哪些城市协作", {"牡丹江市"}),
        ("除了江门市，七台河还计划与哪些城市合作", {"哈尔滨市", "牡丹江市"}),
        ("除了北京还打算跟哪些城市协作", set()),
    ],
)
def test_what_is_done_already_may_be_left_out_of_plans(asker: Asker, question: str, labels: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    "question",
    [
        "不算国家级金牌,冬奥金牌和世界级金牌一共多少枚?",
        "除国家级金牌外，冬奥金牌和世界级金牌合计多少枚",
        "冬奥金牌和世界级金牌一共多少枚，国家级金牌不算",
    ],
)
def test_figures_that_are_named_are_summed_beside_the_one_that_is_left_out(
    asker: Asker, question: str
) -> None:
    assert [item.value for item in asker.ask(question).answers] == [184]


@pytest.mark.parametrize("question", ["不算民营企业,规上企业有多少户", "不算国家级金牌,金牌一共多少枚"])
def test_a_figure_of_all_is_not_told_for_what_an_exception_leaves(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("归入新字号的产业，除了冰雪类的以外还有什么？", {"原料药"}),
        ("除了冰雪类，新字号的产业还有哪些", {"原料药"}),
        ("除了煤化工类的，老字号的产业还有什么", {"食品", "家具", "机械"}),
        ("新字号的产业，除了煤炭类的还有什么", set()),  # none of them is called so
    ],
)
def test_an_exception_may_name_a_kind_by_what_they_are_called(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("七台河的世界冠军，杨扬和王濛我知道，另外还有谁", {"范可新", "孙琳琳", "张杰"}),
        ("七台河的世界冠军，杨扬、王濛不用说，还有哪些人", {"范可新", "孙琳琳", "张杰"}),
        ("杨扬和王濛我都知道，七台河的世界冠军还有谁", {"范可新", "孙琳琳", "张杰"}),
        ("煤化工企业，宝泰隆我知道，其他还有哪几家", {"吉伟", "隆鹏", "亿达信"}),
        ("七台河的市长，王文力我知道，另外还有谁", set()),
        ("七台河的世界冠军，王濛我知道，一共几个", set()),  # with her or without
    ],
)
def test_those_that_the_asker_knows_are_left_out(asker: Asker, question: str, expected: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == expected


@pytest.mark.parametrize("exception", ["不算直辖市", "除了直辖市", "除去直辖市"])
def test_a_kind_may_be_left_out_behind_a_comma(asker: Asker, exception: str) -> None:
    answer = asker.ask(f"招商团队赴外招商的地方，{exception}还有哪些")
    assert {item.label for item in answer.answers} == {"广东省", "江苏省"}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("老字号除了煤化工还有哪些", "食品、家具、机械"),
        ("老字号除了宝泰隆还有哪些", "吉伟、隆鹏、亿达信"),
        ("外出招商除了北京还去过哪", "广东省、江苏省、上海市"),
    ],
)
def test_what_there_is_besides_is_of_a_kind_with_what_is_left_out(
    asker: Asker, question: str, text: str
) -> None:
    assert asker.ask(question).text == text


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("除了决定当前发展，产业转型还决定着什么？", {"长期生存"}),
        ("产业转型除了决定当前发展还决定什么", {"长期生存"}),
        ("决定当前发展以外，产业转型还决定什么", {"长期生存"}),
        ("产业转型不光决定长期生存，还决定着什么", {"当前发展"}),
        ("除了去过北京，赴外招商还去过哪些省市", {"广东省", "江苏省", "上海市"}),
        (
            "七台河不仅出台了生物经济发展规划，还出台了哪些规划",
            {"创意设计发展规划", "数字经济发展规划", "冰雪经济发展规划"},
        ),
        (
            "七台河除了制定生物经济发展规划和数字经济发展规划，还制定了什么规划",
            {"创意设计发展规划", "冰雪经济发展规划"},
        ),
        ("七台河不仅承办过国际短道速滑赛事，还承办过国内短道速滑赛事吗", {"是"}),
        ("产业转型除了决定高质量发展，还决定什么", set()),
        ("产业转型除了决定当前发展，还实现了什么", set()),
        ("中瑯生物项目除了助力生物经济，还助力什么", set()),
        ("七台河不仅举办过亚冬会，还举办过哪些赛事", set()),
    ],
)
def test_what_an_exception_says_as_well_as_the_question_is_said_once(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("规上企业按户数算，除民营企业外，其余的占百分之几？", "10.3%"),
        ("规上企业按产值算，民营企业以外的占百分之几？", "25.3%"),
        ("规上企业中，除民营企业外，其余的占比是多少？", "10.3%"),
        ("除民营企业外，其余的规上企业占百分之几", "10.3%"),
        ("规上企业除民营企业外，其余的户数占百分之几", "10.3%"),
        ("规上企业，按产值算，民营企业占百分之几？", "74.7%"),
        ("规上企业按税收算，民营企业占几成", ""),
        ("规上企业按户数算，除外资企业外，其余的占百分之几？", ""),
        ("除总投资外，重点项目其余的增长率是多少", ""),
    ],
)
def test_the_rest_of_a_share_by_a_figure_that_is_named_first(asker: Asker, question: str, label: str) -> None:
    assert "".join(item.label for item in asker.ask(question).answers) == label
