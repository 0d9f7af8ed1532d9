"""Yes and no: denials, confirmations, times, figures that belong to something else."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("联顺制药项目投产了吗", "是"),
        ("联顺制药项目还没投产吧", "否"),
        ("联顺制药项目未投产吗", "否"),
        ("七台河没有口袋公园吧", "否"),
        ("七台河没有口袋公园吗", "是"),
        ("王濛不是世界冠军吗", "是"),
        ("王濛不是世界冠军，对吗", "否"),
        ("民营企业占规上企业的比例没有超过九成吧", "是"),
        ("王文力是不是七台河市委书记", "是"),
    ],
)
def test_a_denial_that_is_confirmed_is_turned_round(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


def test_the_answer_to_a_denial_says_what_is_stated(asker: Asker) -> None:
    assert asker.ask("联顺制药项目还没投产吧").text == "否（图中所述为：联顺制药项目 状态 建成投产）"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("24件民生实事是2022年办的，没错吧", "是"),
        ("24件民生实事是2023年办的吗", "否（图中所述为：2022年）"),
        ("这篇访谈是2022年发布的吗", "否（图中所述为：2023年5月17日）"),
        ("这篇访谈是2023年发布的吗", "是"),
    ],
)
def test_a_time_is_claimed(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("七台河获得的世界级金牌是541枚吗", "否（图中所述为：七台河市 世界级金牌数 177枚）"),
        ("民营企业产值占规上企业的89.7%，准确吗", "否（图中所述为：规上民营企业 产值占比 74.7%）"),
    ],
)
def test_a_figure_of_something_else_is_no_proof(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("张杰是七台河市委书记吗", "否（图中所述为：担任者 王文力）"),
        ("江门是江苏省的城市吗", "否（图中所述为：位于 广东省）"),
        ("吉伟是家具企业吗", "否（图中所述为：所属产业 煤化工）"),
        ("江门是广东省的城市吗", "是"),
        ("吉伟是煤化工企业吗", "是"),
    ],
)
def test_what_can_be_of_one_only_is_denied_of_another(asker: Asker, question: str, text: str) -> None:
    answer = asker.ask(question)
    assert answer.text == text
    assert "ASK {" in answer.sparql
    assert answer.evidence


def test_what_may_be_of_several_is_not_denied(asker: Asker) -> None:
    assert asker.ask("宝泰隆是王文力的企业吗").status == "unknown"
    assert asker.ask("吉伟是传统产业的企业吗").text == "是"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("这篇访谈是2022年还是2023年发布的", "2023年"),
        ("24件民生实事是2022年办的还是2023年办的", "2022年"),
        ("建设绿色矿山是计划还是已完成", "计划"),
        ("联顺制药项目是已经建成投产还是刚签约", "建成投产"),
    ],
)
def test_of_two_the_one_is_told_that_is_so(asker: Asker, question: str, text: str) -> None:
    answer = asker.ask(question)
    assert answer.text == text
    assert answer.evidence


def test_of_two_times_neither_is_told_where_neither_is_so(asker: Asker) -> None:
    assert asker.ask("这篇访谈是2020年还是2021年发布的").status == "unknown"


def test_what_is_counted_is_what_stands_behind_the_number(asker: Asker) -> None:
    assert asker.ask("七台河是不是有五个园区").text == "是"
    assert asker.ask("七台河有6个园区吗").status == "unknown"


def test_whether_anything_was_done_at_all(asker: Asker) -> None:
    answer = asker.ask("挥发性有机物治理完成了吗")
    assert answer.text == "是"
    assert answer.evidence


def test_of_which_place_something_is_makes_no_claim_about_the_place(asker: Asker) -> None:
    assert asker.ask("七台河不是黑龙江的城市吗").text.startswith("是")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("贷款余额增速在全省排第二位，对不对", "否（图中所述为：第1位（金融机构））"),
        ("贷款余额增速排名是第一吗", "是（图中所述为：第1位（金融机构））"),
    ],
)
def test_a_rank_that_is_claimed_is_judged_by_the_one_that_is_stated(
    asker: Asker, question: str, text: str
) -> None:
    assert asker.ask(question).text == text


def test_a_rank_that_nobody_states_is_unknown(asker: Asker) -> None:
    assert asker.ask("七台河的人口全省排第一吗").status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"),
    [("一季度五大园区续建的项目比新签约的少，对吗", "否"), ("五大园区续建的项目比新签约的多，对吗", "是")],
)
def test_what_is_said_behind_the_comparing_word_is_what_is_compared_with(
    asker: Asker, question: str, label: str
) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    ["江门市与七台河市同属黑龙江省吗", "江门和七台河都在黑龙江省吗", "桃山湖治理项目和口袋公园一样吗"],
)
def test_what_joins_two_things_is_no_relation_of_them(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize("question", ["哈尔滨和七台河同属黑龙江省吗", "王濛和杨扬都是从七台河走出去的吗"])
def test_what_is_true_of_both_is_true(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["是"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("宝泰隆与隆鹏同属哪个产业", "煤化工"),
        ("七台河和牡丹江在同一个什么省", "黑龙江省"),
        ("煤化工和食品都属于哪个字号", "老字号"),
    ],
)
def test_what_two_things_have_in_common_is_the_nearest_of_its_kind(
    asker: Asker, question: str, label: str
) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    ("claim", "turned_round"),
    [
        ("七台河是杨扬的出发地吗", "杨扬是七台河的出发地吗"),
        ("传统产业是煤化工的上级产业吗", "煤化工是传统产业的上级产业吗"),
        ("煤化工是传统产业的细分领域吗", "传统产业是煤化工的细分领域吗"),
        ("月通报是不是赛马制的一部分", "赛马制是不是月通报的一部分"),
        ("宝泰隆是煤化工企业的成员吗", "煤化工企业是宝泰隆的成员吗"),
        ("市级领导是五大园区的牵头方吗", "五大园区是市级领导的牵头方吗"),
        ("勃利县是七台河的下辖县吗", "七台河是勃利县的下辖县吗"),
    ],
)
def test_what_is_said_to_be_something_of_another_is_not_taken_the_other_way_round(
    asker: Asker, claim: str, turned_round: str
) -> None:
    assert asker.ask(claim).text == "是"
    assert asker.ask(turned_round).text != "是"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("王文力被新华财经记者采访了吗", "是"),
        ("新华财经记者被王文力采访了吗", "否"),
        ("五大园区由市级领导牵头吗", "是"),
        ("市级领导由五大园区牵头吗", "否"),
        ("市级领导由五大园区带领吗", "否"),
        ("勃利县归七台河管吗", "是"),
        ("七台河归勃利县管吗", "否"),
        ("七台河由勃利县管辖吗", "否"),
        ("赛马制由年考评组成吗", "是"),
        ("年考评由赛马制组成吗", "否"),
        ("生物经济发展规划由七台河出台吗", "是"),
        ("七台河由生物经济发展规划出台吗", "否"),
    ],
)
def test_who_does_something_stands_behind_the_word_that_marks_it(
    asker: Asker, question: str, text: str
) -> None:
    assert asker.ask(question).text.partition("（")[0] == text


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("谁被新华财经记者采访", ["王文力"]),
        ("谁被王文力采访", []),
        ("谁给王文力做的专访", ["新华财经记者"]),
        ("由谁来牵头五大园区", ["市级领导"]),
    ],
)
def test_who_it_is_done_by_is_not_who_it_is_done_to(asker: Asker, question: str, labels: list[str]) -> None:
    assert [item.label for item in asker.ask(question).answers] == labels


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("范可新是世界冠军不?", "是"),
        ("联顺制药项目投产了不", "是"),
        ("七台河在广东省不?", "否"),
        ("范可新是奥运冠军不", "不知道"),
    ],
)
def test_a_not_at_the_end_asks_whether(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text.startswith(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("七台河的投资增速在全省排前列,对吧?", "是"),
        ("投资增速在黑龙江省13个市(地)排前列吗", "是"),
        ("七台河位居全省前列吗", "是"),
        ("江门市的投资增速排前列吗", "不知道"),
        ("贷款余额增速位居全省前列吗", "不知道"),
        ("投资增速垫底吗", "不知道"),
    ],
)
def test_what_is_stated_of_an_indicator_itself_holds(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text.startswith(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("是王文力采访了新华财经记者吗", "否（图中所述为：新华财经记者 采访 王文力）"),
        ("采访新华财经记者的是王文力吗", "否（图中所述为：新华财经记者 采访 王文力）"),
        ("新华财经记者是王文力采访的吗", "否（图中所述为：新华财经记者 采访 王文力）"),
        ("五大园区牵头市级领导吗", "否（图中所述为：市级领导 牵头 五大园区）"),
        ("黑龙江省是七台河下辖的吗", "否（图中所述为：七台河市 位于 黑龙江省）"),
        ("“赛马制”是月通报的一部分吗", "否（图中所述为：赛马制 组成部分 月通报）"),
        ("采访王文力的是新华财经记者吗", "是"),
        ("五大园区是市级领导牵头的吗", "是"),
        ("五大园区由市级领导牵头吗", "是"),
        ("月通报是赛马制的一部分吗", "是"),
    ],
)
def test_what_holds_one_way_does_not_hold_the_other_way_round(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("《完善开发区管理体制的意见》是黑龙江省出台的吗", "否（图中所述为：制定方 七台河市）"),
        ("《完善开发区管理体制的意见》是七台河出台的吗", "是"),
    ],
)
def test_a_document_has_one_author(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("七台河已经是国家原料药生产基地了吗", "否（计划或目标，报道没有说已经完成）"),
        ("七台河现在已经是黑龙江省煤化工产业排头兵了吗", "否（计划或目标，报道没有说已经完成）"),
        ("煤炭产业现在还是资源型城市的支柱吗", "否（过去曾经，现在不再）"),
        ("按记者的说法，煤炭产业如今还是资源型城市的支柱吗", "否（过去曾经，现在不再）"),
        ("王文力还是七台河市委书记吗", "是"),
        ("七台河成为国家原料药生产基地了吗", "否（计划或目标，报道没有说已经完成）"),
        ("七台河要成为国家原料药生产基地吗", "是（计划或目标，报道没有说已经完成）"),
        ("七台河力争成为国家原料药生产基地吗", "是（计划或目标，报道没有说已经完成）"),
    ],
)
def test_what_is_so_by_now_or_still_is_so(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text == text


@pytest.mark.parametrize(
    "question",
    [
        "赛马制包括专班吗",
        "赛马制里有专班吗",
        "文中点名的运动员里，有不是世界冠军的吗",
        "运动员里有没有不是世界冠军的",
        "七台河的对口合作城市是牡丹江吗",
        "王文力接受了牡丹江的采访吗",
        "记者说招商引资是生命线吗",
    ],
)
def test_what_is_not_stated_of_any_is_neither_so_nor_not(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize("question", ["全市规上企业里大约有多少户是民营企业", "规上企业中有多少是民营企业"])
def test_how_many_are_of_a_kind_is_not_how_many_there_are(asker: Asker, question: str) -> None:
    assert asker.ask(question).text == "约105户（117户 × 89.7%）"


@pytest.mark.parametrize(
    "question",
    ["五大园区续建项目的221.53亿元是已经完成的投资吗", "五大园区续建项目已经完成投资221.53亿元了吗"],
)
def test_a_planned_figure_is_not_one_of_what_is_done(asker: Asker, question: str) -> None:
    assert asker.ask(question).answers[0].label == "否"


@pytest.mark.parametrize(
    "question", ["重点项目的554.5亿元是已完成的投资吗", "联顺制药项目已完成投资120亿元吗"]
)
def test_a_figure_that_is_stated_need_not_be_one_of_what_is_done(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("招商团队去没去过上海", "是"),
        ("招商团队去没去上海", "是"),
        ("石墨烯应用项目归不归原字号", "是"),
        ("宝泰隆属不属于老字号", "是"),
        ("联顺制药项目投没投产", "是"),
        ("包联的企业超过8000户了吗", "是"),
        ("包联的企业有没有超过9000户", "否"),
        ("包联的企业不到8000户吗", "否"),
        ("省级招商活动签的有100亿以上吗", "否"),
        ("省级招商活动签了30亿以上没有", "是"),
        ("桃山湖项目是鲁班奖项目吗", "是"),
        ("桃山湖项目是不是鲁班奖项目", "是"),
        ("水肥一体化项目是外出招商签约项目吗", "是"),
        ("煤炭采掘的发展空间是不是受到了挤压", "是"),
        ("稿子写重点项目总投资545.5亿元，对不对", "否"),
    ],
)
def test_claims_are_held_against_what_is_asked_plainly(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    [
        "招商团队去没去过天津",
        "石墨烯应用项目归不归老字号",
        "联顺制药项目是鲁班奖项目吗",
        "桃山湖项目是水利项目吗",
        "省级招商活动签的有100人以上吗",
        "包联的企业利润超过8000万元了吗",
        "哈尔滨拿没拿过金牌",
        "七台河好不好",
    ],
)
def test_claims_of_what_is_not_stated_are_not_judged(asker: Asker, question: str) -> None:
    assert asker.ask(question).status in ("unknown", "invalid")


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("联顺制药项目的总投资比重点项目今年的计划投资还多吗", "是"),
        ("联顺制药项目的总投资比重点项目今年的计划投资少吗", "否"),
        ("联顺制药项目的总投资比集中签约仪式那批项目的签约额大吗", "否"),
        ("金融机构的贷款余额比联顺制药项目的总投资高吗", "是"),
    ],
)
def test_one_figure_is_claimed_to_be_more_than_another(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    [
        "联顺制药项目的总投资比造林绿化面积大吗",
        "联顺制药项目的总投资比哈尔滨的签约额多吗",
        "重点项目总投资比去年多吗",
    ],
)
def test_figures_that_cannot_be_set_against_each_other_are_not(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("判断正误：一季度五大园区续建项目的个数多于新签约项目。", "是"),
        ("请判断：王濛出发于七台河", "是"),
        ("是非题：金融机构贷款余额增速连续排全省第一", "是"),
        ("判断正误：企业都扩展了数字化应用", "否"),
        ("能否认为联顺制药项目的总投资高于省级招商活动的总签约额？", "是"),
        ("能否据此认为七台河属于黑龙江省四大煤城", "是"),
        ("“修复矿山1892公顷”，这个数字写对了吗？", "是"),
        ("“修复矿山1992公顷”，这个数字写对了吗？", "否"),
        ("在规上企业里，民营企业的产值占比高于企业数占比，此话当真？", "否"),
        ("煤炭产业如今依旧是资源型城市的支柱，这样理解符合原文吗？", "否"),
        ("联顺制药项目没有投产，这种说法属实吗？", "否"),
    ],
)
def test_a_claim_is_judged_whatever_asks_for_it(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    [
        "判断正误：七台河与佛山对口合作。",
        "判断对错：七台河市位于吉林省。",
        "煤炭产业支撑着城市转型，这种说法成立吗",
        "对还是错：联顺制药项目总投资120亿元，其中已完成投资100亿元",
    ],
)
def test_what_is_not_known_to_be_so_is_not_judged(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_what_asks_for_something_else_is_no_claim(asker: Asker) -> None:
    assert asker.ask("可否说说七台河有哪些称号？").answers == asker.ask("七台河有哪些称号").answers


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("世界级金牌有没有超过两百枚呀", "否"),
        ("世界级金牌不到两百枚吗", "是"),
        ("联顺制药总投资超过两百亿元吗", "否"),
        ("联顺制药总投资超过两亿元吗", "是"),
        ("国家级金牌有500多枚吗", "是"),
        ("国家级金牌有一百多枚吗", "否"),  # five hundred is no hundred and something
        ("联顺制药总投资有一百多亿吗", "是"),
        ("联顺制药总投资有一百三十多亿吗", "否"),
    ],
)
def test_numbers_in_words_are_read_as_one(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize("question", ["世界级金牌两百枚", "世界级金牌二百枚", "哪些项目签约额30多亿元"])
def test_a_number_that_is_not_the_stated_one_is_no_unit_and_no_lower_bound(
    asker: Asker, question: str
) -> None:
    assert asker.ask(question).status != "answered"
