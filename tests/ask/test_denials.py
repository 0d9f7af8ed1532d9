"""What a question says not to hold of what it asks for, and the kind that answers have to be of."""

import pytest

from citykg.ask.asking import Asker
from citykg.store import rows

OTHERS = {"勃农机械", "联顺制药", "升华医疗", "双叶家具"}


@pytest.mark.parametrize(
    "question",
    ["搞数字化的企业里哪些不是煤化工的", "搞数字化的企业里不是煤化工的有哪几家", "哪些企业不是煤化工企业"],
)
def test_a_denial_leaves_out_what_is_stated_and_keeps_the_other_conditions(
    asker: Asker, question: str
) -> None:
    assert {item.label for item in asker.ask(question).answers} == OTHERS


def test_what_a_condition_before_the_not_says_is_never_denied(asker: Asker) -> None:
    labels = {item.label for item in asker.ask("搞数字化的企业里哪些不是煤化工企业").answers}
    assert labels <= OTHERS


def test_a_denied_kind_that_none_has_denies_nothing(asker: Asker) -> None:
    assert asker.ask("不算县里的，七台河有哪些公园").status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"), [("市级领导牵头哪些园区", "五大园区"), ("市级领导牵头哪些团队", "招商团队")]
)
def test_answers_are_of_the_kind_that_is_asked_for(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question", ["哪些项目已经建成投产了？", "省级招商活动上签了哪些项目", "市级领导牵头哪些园区"]
)
def test_the_query_that_is_shown_has_the_answers_and_nothing_else(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert {row["x"] for row in rows(asker.store, answer.sparql)} == {item.iri for item in answer.answers}


def test_a_name_in_two_halves_is_one_name(asker: Asker) -> None:
    assert asker.ask("省十五运会的短道速滑是哪一年办的").text == "2023年"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            "七台河制定的政策当中，哪些不是发展规划？",
            {"《七台河市支持创意设计产业发展政策措施》", "《完善开发区管理体制的意见》", "配套政策"},
        ),
        ("七台河举办和承办过的活动里，哪一个不是体育比赛？", {"全市开发区招商项目集中签约仪式"}),
        ("七台河举办的活动有哪些不是体育比赛", {"全市开发区招商项目集中签约仪式"}),
        ("七台河举办的活动中哪些不是短道速滑比赛", {"全市开发区招商项目集中签约仪式"}),
        ("文章点名的企业里哪些不是煤化工企业", OTHERS),
        ("招商团队去过哪些不是直辖市的地方", {"广东省", "江苏省"}),
        ("文章提到的人物中，谁不是运动员", {"网页编辑", "王文力", "新华财经记者"}),
        ("招商团队去过的地方里,哪些是省而不是直辖市?", {"广东省", "江苏省"}),
        ("七台河引进的项目中哪些没有投产", {"百凝盾冰雪装备项目", "博达全民健身中心项目"}),
        ("七台河的称号中哪些不是力争成为的", {"煤城", "焦煤生产基地", "奥运冠军之城", "资源型城市"}),
        ("数字经济的细分领域中,哪些没有被当作突破点?", {"智慧园区", "智慧交通", "智慧城管"}),
        ("老、原、新三个字号里，煤化工不属于哪一个？", {"新字号"}),
        ("哪个字号不包括煤化工", {"新字号"}),
    ],
)
def test_of_some_things_those_are_told_of_which_it_is_not_said(
    asker: Asker, question: str, labels: set[str]
) -> None:
    answer = asker.ask(question)
    assert {item.label for item in answer.answers} == labels
    assert {row["x"] for row in rows(asker.store, answer.sparql)} == {item.iri for item in answer.answers}


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("澜州举办的活动中哪些不是体育比赛", "茶博会集中签约仪式"),
        ("澜州的称号中哪些不是力争成为的", "千年瓷都"),
    ],
)
def test_another_city_is_asked_in_the_same_words(second_city: Asker, question: str, label: str) -> None:
    assert [item.label for item in second_city.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    [
        "未数字化的企业有哪些",  # all of them are in some way
        "不 数字化 企业",
        "哪些园区没有市级领导牵头",  # the group that they are of has
        "七台河制定的政策中，哪些不是企业",
        "七台河引进的项目里哪些不是公园",
    ],
)
def test_what_is_denied_has_to_be_true_of_some_and_not_of_all(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    "question",
    [
        "规上企业里不是民营的占户数的百分之几?",
        "非民营企业占规上企业户数的比重",
        "规上企业中不是民营企业的占比是多少",
        "规上企业里民营以外的占百分之几",
    ],
)
def test_the_share_of_the_others_is_what_is_left_of_the_whole(asker: Asker, question: str) -> None:
    assert asker.ask(question).answers[0].value == pytest.approx(10.3)


@pytest.mark.parametrize(
    "question", ["规上企业里不是煤化工的占百分之几", "规上企业里，不是民营企业的有多少户"]
)
def test_of_others_nothing_is_told_that_is_not_stated_of_the_rest(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("刨去民营的，剩下的规上企业在户数上占百分之多少？", 10.3),
        ("除去民企，其余的规上企业占多少", 10.3),
        ("除去省级招商活动，剩下的集中签约仪式占百分之几", None),
        ("刨去煤化工，剩下的产业占百分之多少", None),
    ],
)
def test_what_is_left_without_some_has_the_other_share(
    asker: Asker, question: str, share: float | None
) -> None:
    assert [item.value for item in asker.ask(question).answers] == ([] if share is None else [share])


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("江门市不在黑龙江省，对吧？", "是"),
        ("哈尔滨不在广东省吧", "是"),
        ("勃利县不在七台河吧", "否"),
    ],
)
def test_that_something_is_not_in_a_place_is_confirmed(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


def test_what_is_not_known_not_to_be_there_is_not_confirmed(asker: Asker) -> None:
    assert asker.ask("万宝湖不在勃利县，对吧").status != "answered"
