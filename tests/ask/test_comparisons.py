"""Which of two is more, and whether it is: by number where no figure is named, in every order of words."""

import pytest

from citykg.ask.asking import Asker


def _label(asker: Asker, question: str) -> str | None:
    answer = asker.ask(question)
    return answer.answers[0].label if answer.status == "answered" else None


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("五大园区新签约项目比续建项目多，对吗", "否"),
        ("五大园区一季度的续建项目比新签约项目多，对吗", "是"),
        ("续建项目数比新签约项目数多吗", "是"),
        ("外出招商签约的项目比省级招商活动签的多吗", "是"),
    ],
)
def test_where_no_figure_is_named_more_is_more_in_number(asker: Asker, question: str, label: str) -> None:
    assert _label(asker, question) == label


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("比起新签约项目，续建项目更多吗", "是"),
        ("跟续建项目比，新签约项目更多吗", "否"),
        ("和续建项目相比，新签约项目更少，对吗", "是"),
        ("续建项目没有新签约项目多，对吗", "否"),
        ("五大园区新签约项目不如续建项目多，对吗", "是"),
    ],
)
def test_the_order_of_words_says_what_is_compared_with_what(asker: Asker, question: str, label: str) -> None:
    assert _label(asker, question) == label


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("重点项目总投资的增长率高于年度计划投资的增长率吗", "否"),
        ("重点项目年度计划投资的增长率高于总投资的增长率吗", "是"),
        ("总投资和年度计划投资的增长率哪个高", "年度计划投资增长率"),
        ("重点项目的项目数和总投资，哪个增得快", "总投资增长率"),
    ],
)
def test_an_indicator_may_be_named_in_several_words(asker: Asker, question: str, label: str) -> None:
    assert _label(asker, question) == label


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("五大园区一季度是新签约的项目多还是续建的项目多", "一季度五大园区续建项目"),
        ("五大园区新签约和续建两类项目比较，哪类更多", "一季度五大园区续建项目"),
        ("集中签约仪式签的项目多还是省级招商活动签的项目多", "集中签约仪式签约项目"),
        ("一季度五大园区，新签约项目多还是续建项目多", "一季度五大园区续建项目"),
    ],
)
def test_a_choice_is_between_names_that_stand_before_the_same_words(
    asker: Asker, question: str, label: str
) -> None:
    assert _label(asker, question) == label


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("贷款余额比重点项目总投资少吗", "是"),
        ("联顺制药项目的总投资有没有重点项目的年度计划投资多", "是"),
        ("联顺制药项目总投资超过续建项目计划总投资了吗", "否"),
    ],
)
def test_figures_of_different_things_are_set_against_each_other_by_yes_or_no(
    asker: Asker, question: str, label: str
) -> None:
    assert _label(asker, question) == label


@pytest.mark.parametrize(
    "question",
    ["企业和领导干部哪个人数多", "造林绿化的亩数比治理矸石山的处数多吗", "联顺制药的总投资比晨辉智能的多吗"],
)
def test_figures_of_different_units_or_of_one_side_only_are_not_compared(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("集中签约仪式签的项目和省级招商活动签的项目，哪一批签约额更高", "集中签约仪式签约项目"),
        ("集中签约仪式和省级招商活动哪个签约额更高", "全市开发区招商项目集中签约仪式"),
    ],
)
def test_what_is_compared_is_named_as_the_question_describes_it(
    asker: Asker, question: str, label: str
) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


def test_how_many_hundred_millions_is_never_a_count(asker: Asker) -> None:
    assert asker.ask("开发区集中签约那次，总共签了多少亿").text == "122.35亿元"
    assert "个" not in asker.ask("领导问起开发区集中签约那次，总共签了多少亿").text


@pytest.mark.parametrize(
    ("question", "label"),
    [("民营企业占规上企业的比例到没到九成", "否"), ("民营企业占规上企业的比例过没过八成", "是")],
)
def test_a_bound_may_be_asked_for_by_yes_or_no_in_one_word(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


def test_the_share_is_of_what_the_question_names(asker: Asker) -> None:
    assert asker.ask("规上企业里民企的产值占了百分之几").text == "74.7%"
    assert asker.ask("规上企业里民企占了百分之几").text == "89.7%"


def test_a_status_behind_a_name_says_which_one_is_meant(asker: Asker) -> None:
    question = "集中签约仪式上签的项目跟一季度五大园区新签的项目比，哪边签约额高"
    assert [item.label for item in asker.ask(question).answers] == ["一季度五大园区新签约项目"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("集中签约仪式签约项目和一季度五大园区新签约项目的个数一样吗", "是"),
        ("集中签约仪式签约项目与省级招商活动签约项目的签约额持平吗", "否"),
        ("七台河的国家级金牌和世界级金牌一样多吗", "否"),
        ("重点项目总投资增幅与年度计划投资增幅相等吗", "否"),
    ],
)
def test_whether_two_figures_are_the_same_is_told_with_both(asker: Asker, question: str, label: str) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == [label]
    assert "、" in answer.text


@pytest.mark.parametrize("question", ["王濛和杨扬一样吗", "七台河和勃利县一样吗"])
def test_what_is_to_be_the_same_has_to_be_said(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("七台河与哈尔滨同属一个省吗", "是"),
        ("七台河和哈尔滨在同一个省吗", "是"),
        ("江门和哈尔滨是同一个省的吗", "否"),
        ("王濛和杨扬来自同一座城市吗", "是"),
    ],
)
def test_whether_two_things_have_one_of_a_kind_in_common_is_told(
    asker: Asker, question: str, label: str
) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("今年重点项目的个数、总投资和年度计划投资三项中，最高的增幅是多少", 52),
        ("重点项目的各项增幅中最低的是多少", 11),
        ("冬奥金牌、世界级金牌、国家级金牌中，最少的是多少", 7),
        ("各批签约项目签约额最高的是多少", 16_262_000_000),
        ("三批签约项目里签约额最低的是多少", 3_430_000_000),
    ],
)
def test_the_greatest_or_least_of_several_figures_is_one(asker: Asker, question: str, value: float) -> None:
    assert [item.value for item in asker.ask(question).answers] == [value]


@pytest.mark.parametrize(
    "question", ["按占比推算，全市规上企业里民营企业大约有多少户", "按比例估算，规上企业中民营企业有多少家"]
)
def test_a_part_is_worked_out_from_its_share(asker: Asker, question: str) -> None:
    assert [item.value for item in asker.ask(question).answers] == [pytest.approx(105, abs=0.1)]


def test_a_how_many_in_front_is_several_where_another_one_asks(asker: Asker) -> None:
    several = asker.ask("几批签约项目的平均签约额是多少")
    assert several.answers == asker.ask("签约项目的平均签约额是多少").answers != ()


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("七台河造林绿化的面积比修复矿山的面积大吗?", "否"),
        ("修复矿山面积大于造林绿化面积吗", "是"),
        ("造林绿化面积和修复矿山面积一样大吗", "否"),
        ("造林绿化面积和修复矿山面积哪个大", "修复矿山面积"),
    ],
)
def test_areas_in_two_units_are_compared_in_one(asker: Asker, question: str, label: str) -> None:
    answer = asker.ask(question)
    assert answer.answers[0].label == label
    assert "8719.2亩 = 581.28公顷" in answer.text
    assert asker.ask("造林绿化面积比治理矸石山处数多吗").status == "unknown"


def test_a_rank_does_not_tell_for_how_long_it_is_held(asker: Asker) -> None:
    assert asker.ask("贷款余额增速连续排第一超过20个月了吗").status == "unknown"
