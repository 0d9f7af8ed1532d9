"""What looks like an answer and is none: the figure of another thing, half of a sum, one side of two."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    "question", ["去年重点项目总投资大概是多少？按增幅倒推", "按增长率倒推，去年重点项目总投资是多少"]
)
def test_what_is_counted_back_from_a_growth_is_not_the_growth(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.answers[0].value == pytest.approx(55_450_000_000 / 1.49, rel=0.001)
    assert " ÷ (1 + " in answer.text


@pytest.mark.parametrize("question", ["签约额是多少", "总投资是多少", "项目数是多少"])
def test_what_nothing_says_the_figure_of_is_not_summed(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "ambiguous"


@pytest.mark.parametrize(
    ("question", "value"),
    [("签约项目总签约额多少", 31_927_000_000), ("每批签约项目平均签约额是多少", 10_642_333_333)],
)
def test_what_is_newly_signed_is_signed(asker: Asker, question: str, value: float) -> None:
    assert asker.ask(question).answers[0].value == pytest.approx(value, rel=0.001)


@pytest.mark.parametrize("question", ["金牌总数", "一共有几枚金牌", "七台河拿过多少枚金牌"])
def test_what_stands_for_several_figures_is_their_sum(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert [item.value for item in answer.answers] == [725]
    assert answer.text.count(" + ") == 2


def test_a_figure_for_each_of_several_is_no_total(asker: Asker) -> None:
    assert asker.ask("市级领导有几位").status == "unknown"
    assert asker.ask("每个园区由几名市级领导牵头").answers[0].value == 1


@pytest.mark.parametrize(
    "question",
    ["“无中生有”出自谁口", "半壁江山是谁讲的", "“牛鼻子”这个说法是谁的原话", "谁说的产业园区是“牛鼻子”"],
)
def test_who_says_it_is_never_passed_over(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["王文力"]


@pytest.mark.parametrize(
    "question",
    [
        "全市开发区集中签约仪式的项目通过什么方式签的",
        "21个项目以什么形式集中签约",
        "集中签约仪式采取了什么方式",
        "集中签约是以哪种形式进行的",
    ],
)
def test_the_manner_is_what_is_asked_for(asker: Asker, question: str) -> None:
    assert {item.label for item in asker.ask(question).answers} == {"线上", "线下"}


@pytest.mark.parametrize(
    "question", ["招商团队用什么方式招商", "通过什么方式推动数字经济", "集中签约的项目通过哪两种方式签约"]
)
def test_a_manner_that_nothing_states_is_not_answered_by_something_else(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.status == "unknown" or {item.label for item in answer.answers} == {"线上", "线下"}


@pytest.mark.parametrize("question", ["接受新华财经采访的是谁", "谁接受了采访", "谁接受了新华财经记者的专访"])
def test_who_is_interviewed_is_not_who_interviews(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["王文力"]


def test_what_somebody_says_is_what_his_own_passages_state(asker: Asker) -> None:
    answer = asker.ask("王文力说七台河要努力成为什么？")
    assert "大美宜居之城" not in {item.label for item in answer.answers}  # the heading's
    assert len(answer.answers) == 7
    assert len(asker.ask("七台河要努力成为什么？").answers) == 8


@pytest.mark.parametrize(
    "question", ["列入今年重点项目，年度投资得超过多少钱", "年度投资要达到多少才能列入今年的重点项目"]
)
def test_how_much_it_takes_is_the_threshold_and_not_the_investment(asker: Asker, question: str) -> None:
    assert [item.value for item in asker.ask(question).answers] == [10_000_000]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("宝泰隆属于老字号、原字号还是新字号", {"老字号", "原字号"}),
        ("煤炭产业算老字号、原字号，还是新字号", {"原字号"}),
        ("七台河的对口合作城市是江门、哈尔滨还是牡丹江", {"江门市"}),
        ("联顺制药项目是在建、续建还是建成投产", {"建成投产"}),
        ("中瑯生物投产了还是在建", {"建成投产"}),
    ],
)
def test_of_several_that_may_be_chosen_those_that_hold_are_told(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    ("question", "value"),
    [("新签约项目平均每个多少亿", 774_380_952), ("续建项目平均每个多少亿", 791_178_571)],
)
def test_a_total_is_shared_out_among_those_it_is_the_total_of(
    asker: Asker, question: str, value: float
) -> None:
    assert asker.ask(question).answers[0].value == pytest.approx(value, rel=0.005)


def test_amounts_in_powers_of_ten_are_no_counts(asker: Asker) -> None:
    assert asker.index.is_magnitude("亿")
    assert not asker.index.is_magnitude("个")


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("农药制剂项目属于哪一批", "外出招商签约项目"),
        ("25万千瓦的是什么项目", "25万千瓦风电配套绿色旅游示范项目"),
    ],
)
def test_a_group_or_a_name_is_told_where_it_is_asked_for(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    [
        "20万千瓦风力发电项目签约额多少",  # the group's, of four projects
        "七台河要打造什么样的城市",  # not the cities that it works with
        "七台河在哪建了商业街",  # not where the city is, nor the street itself
        "大数据平台属于什么设施",
        "万宝湖在哪",  # what is in it does not tell
        "对口合作包括哪些内容",
        "去年重点项目多少个",  # this year's
    ],
)
def test_what_is_stated_of_something_else_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_those_that_are_equally_great_are_told(asker: Asker) -> None:
    answer = asker.ask("签约项目数最多的是哪批")
    assert {item.label for item in answer.answers} == {"集中签约仪式签约项目", "一季度五大园区新签约项目"}


def test_which_of_a_kind_something_is_asks_for_no_other(asker: Asker) -> None:
    assert asker.ask("联顺制药项目是哪个项目").status == "unknown"


def test_a_word_that_asks_for_one_relation_asks_for_no_other(asker: Asker) -> None:
    assert [item.label for item in asker.ask("百凝盾项目属于哪个行业").answers] == ["冰雪装备"]


def test_what_something_belongs_to_is_not_what_belongs_to_it(asker: Asker) -> None:
    answer = asker.ask("短道速滑项目属于哪个运动会")
    assert [item.label for item in answer.answers] == ["黑龙江省第十五届运动会"]


def test_where_somebody_is_what_he_is(asker: Asker) -> None:
    assert [item.label for item in asker.ask("王文力在哪个城市当市委书记").answers] == ["七台河市"]


def test_two_that_are_counted_and_not_named_are_set_against_each_other(asker: Asker) -> None:
    assert [item.value for item in asker.ask("两个风电项目的装机容量相差多少").answers] == [50_000]


@pytest.mark.parametrize("question", ["杨扬不也是世界冠军吗", "杨扬也是世界冠军吗"])
def test_what_somebody_is_as_well_is_what_he_is(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["是"]


def test_two_words_for_a_relation_ask_for_what_both_say(asker: Asker) -> None:
    goals = asker.ask("七台河的目标定位有哪些，想建成什么")
    assert {item.label for item in goals.answers} == {
        item.label for item in asker.ask("七台河的目标定位有哪些").answers
    }


def test_things_of_a_kind_are_not_counted_where_a_group_of_them_has_more(asker: Asker) -> None:
    assert [item.value for item in asker.ask("七台河有几个园区").answers] == [5]
    assert asker.ask("七台河有几个开发区").status == "unknown"
    assert [item.value for item in asker.ask("七台河有几家煤化工企业").answers] == [4]


def test_a_rate_is_not_the_figure_that_grew(asker: Asker) -> None:
    assert asker.ask("贷款余额同比增长多少").status == "unknown"


@pytest.mark.parametrize(
    "question",
    [
        "24件民生实事包括哪些",  # the graph does not say; not what the city advances besides
        "七台河市在黑龙江省排第几",  # not the rank of something else there
        "七台河什么时候获得奥运冠军之城称号",  # not what else the city is dated by
        "勃利县的书记是谁",  # not who is named where another's title is
        "北京签了几个项目",  # not what was signed on a journey to several places
        "招商引资签约总额是多少",  # not one of several, told from the others by nothing
    ],
)
def test_what_is_not_stated_of_what_is_named_is_not_told_of_something_else(
    asker: Asker, question: str
) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    "question", ["七台河是谁引进的", "桃山湖是谁治理的", "七台河是谁建设的", "市级领导是谁牵头的"]
)
def test_by_whom_something_is_done_is_not_what_it_does(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    "question",
    [
        "全省短道速滑锦标赛的冠军是谁?",
        "谁是全省短道速滑锦标赛的冠军",
        "黑龙江省第十五届运动会短道速滑项目的冠军有哪些",
        "奥运冠军有哪些人",
        "七台河走出了哪些奥运冠军",
        "奥运冠军 名单",
    ],
)
def test_whose_people_they_are_is_not_told_of_others(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
    assert len(asker.ask("七台河的世界冠军是谁").answers) == 5


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("广东省哪个城市与牡丹江市开展对口合作?", ""),
        ("广东省的哪个城市和哈尔滨合作", ""),
        ("与牡丹江市合作的是广东省的哪个城市", ""),
        ("广东省哪些城市是煤城", ""),
        ("广东省哪个城市与七台河市开展对口合作?", "江门市"),
        ("黑龙江省哪个城市与江门市开展对口合作?", "七台河市"),
        ("黑龙江省哪个城市与哈尔滨合作", "七台河市"),
    ],
)
def test_what_is_looked_for_in_a_place_lies_there(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ([label] if label else [])


@pytest.mark.parametrize(
    "question",
    ["五大园区领导人数", "五大园区 领导 人数", "五大园区企业数", "民生实事的企业数", "五大园区项目数"],
)
def test_how_many_of_another_kind_there_are_is_not_how_many_there_are(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"
    assert asker.ask("五大园区数量").answers[0].value == 5


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("省级招商活动签下的两个风电项目合计装机容量是多少?", [450_000]),
        ("两个风电项目总装机容量", [450_000]),
        ("两个风电项目 装机 对比", [250_000, 200_000]),
        ("两个风电项目的装机容量对比", [250_000, 200_000]),
        ("三个风电项目的装机容量合计多少", []),
        ("两个制药项目总投资是多少", []),
        ("两个生物项目总投资合计多少", []),
    ],
)
def test_as_many_figures_are_told_as_a_question_says(
    asker: Asker, question: str, values: list[float]
) -> None:
    assert [item.value for item in asker.ask(question).answers] == values


@pytest.mark.parametrize(
    "question",
    [
        "2022-2023年度全省短道速滑锦标赛是七台河在2022年承办的吗",  # a season is in two years
        "5条精品微旅游线路里另外4条叫什么",  # one is named
        "总投资最多的三个项目是哪些",  # of which two are known
        "所有项目总投资加起来是多少",  # one of them may be among the others
        "七台河计划建设哪些公园",  # what stands is no plan
        "七台河出了多少个冬奥冠军",  # medals are counted
        "数字化应用持续扩展的企业中，哪一家还有项目以它的名字命名",  # the project is no enterprise
        "王文力采访了谁",
        "江门和哈尔滨同在哪个省",
        "新华财经记者叫什么名字",
        "五大园区共有项目多少个",  # two groups of them are counted, and the parks are others
        "五大园区项目共多少个",
        "桃山湖由谁治理",  # the graph does not say whose work it is
        "优化营商环境条例由谁制定？",  # where it holds is stated
        "投产的风电项目装机容量合计多少？",
        "省级招商活动签约的风电项目装机容量合计多少？",  # one of the two is no sum
    ],
)
def test_what_is_near_is_no_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


def test_what_breaks_off_is_no_question(asker: Asker) -> None:
    assert asker.ask("签约额最高的项目它和那个被的把").status == "invalid"


@pytest.mark.parametrize("question", ["多少个省和直辖市招商团队去过", "招商团队到过多少个省和直辖市"])
def test_two_kinds_in_one_breath_are_both_counted(asker: Asker, question: str) -> None:
    assert asker.ask(question).answers[0].value == 4


@pytest.mark.parametrize(
    "question",
    [
        "一季度新签约和续建的算在一块儿，五大园区共有项目多少个？",
        "五大园区新签约的和续建的项目合计多少个",
        "五大园区新签约项目和续建项目算一块有多少个",
    ],
)
def test_a_sum_is_of_figures_of_one_kind(asker: Asker, question: str) -> None:
    assert [item.value for item in asker.ask(question).answers] == [49]


@pytest.mark.parametrize(
    "question",
    [
        "已签约风电项目的装机容量合计是多少？",
        "签约的风电项目装机容量一共多少？",
        "已签约的风电项目总装机容量多少？",
    ],
)
def test_a_sum_is_not_the_figure_of_one(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["45万千瓦"]


@pytest.mark.parametrize(
    "question", ["签下五大园区新签约项目的园区由谁牵头？", "去北京招商的团队由谁带队？", "五大园区由谁负责？"]
)
def test_by_whom_is_who_does_it_and_not_what_it_is_done_to(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["市级领导"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("众创空间提供什么？", {"良好服务", "工作场所"}),
        ("智慧城市属于哪类产业？", {"数字经济"}),
        ("煤化工属于哪种字号？", {"老字号", "原字号"}),
        ("数字经济属于哪类产业？", set()),
        ("赛马制属于哪种机制？", set()),
        ("七台河经济开发区属于哪类园区？", set()),
    ],
)
def test_what_a_verb_leads_to_is_not_what_has_it(asker: Asker, question: str, expected: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == expected


def test_how_much_money_is_no_rate(asker: Asker) -> None:
    assert asker.ask("今年重点项目的总投资比去年多了多少亿").status == "unknown"
    assert asker.ask("重点项目总投资比去年多了多少").text.startswith("49%")
