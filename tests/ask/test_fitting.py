"""What is asked for is what is answered: its kind, both parts of it, its own name."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    "question",
    [
        "四大煤城都叫啥",
        "五大园区各叫什么名字",
        "哪个园区出了问题",
        "续建项目落成了几个",
    ],
)
def test_what_is_not_stated_is_not_answered_by_what_lies_near(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


def test_a_question_for_two_figures_has_two_answers(asker: Asker) -> None:
    answer = asker.ask("矸石山治理了几处，造林绿化多少亩")
    assert [float(item.value or 0) for item in answer.answers] == [136.0, 8719.2]
    assert len(answer.evidence) >= 1


def test_a_question_of_which_one_part_is_understood_says_so(asker: Asker) -> None:
    answer = asker.ask("矸石山治理了几处，人口有多少万")
    assert answer.status != "answered"
    assert "136处" in answer.text


def test_a_difference_of_per_cents_is_in_percentage_points_the_greater_first(asker: Asker) -> None:
    text = asker.ask("民营企业产值占比和户数占比相差多少").text
    assert text.startswith("15个百分点")
    assert text.index("89.7%") < text.index("74.7%")


def test_a_name_is_written_back_as_the_graph_and_the_question_write_it(asker: Asker) -> None:
    assert "王濛" in asker.ask("王濛的年收入是多少").text
    assert asker.ask("孫琳琳是世界冠軍嗎").text.startswith("是")


@pytest.mark.parametrize(
    "question",
    [
        "七台河是从哪几个方面推动创意设计的",
        "七台河从哪些方面推动创意设计产业发展",
        "创意设计从哪几个方面推动",
    ],
)
def test_in_which_respects_is_answered_by_as_many_as_the_passage_states(asker: Asker, question: str) -> None:
    assert {item.label for item in asker.ask(question).answers} == {"政策保障", "区域设计", "交流合作"}


def test_a_figure_that_is_named_is_not_answered_by_another_one_in_the_unit_that_is_asked_for(
    asker: Asker,
) -> None:
    assert asker.ask("造林绿化面积是多少亩").status == "answered"
    assert asker.ask("造林绿化面积是多少公顷").status == "unknown"


@pytest.mark.parametrize("question", ["去江苏招商的团队是哪支", "去江苏招商的是哪支团队"])
def test_a_kind_before_which_is_the_kind_of_what_is_answered(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["招商团队"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("推动创意设计融合发展，市里是从哪三个方面上下联动的？", {"政策保障", "区域设计", "交流合作"}),
        ("七台河从哪三个方面推动创意设计", {"政策保障", "区域设计", "交流合作"}),
        ("七台河推动创意设计从哪3个方面入手", {"政策保障", "区域设计", "交流合作"}),
        ("推动创意设计，市里是从哪两个方面着手的", set()),
        ("七台河从哪四个方面推动创意设计", set()),
        ("七台河和江门市在哪两个方面合作", set()),
    ],
)
def test_so_many_respects_are_asked_for_as_which_respects_are(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("签约额突破百亿元的是哪几批项目？", {"集中签约仪式签约项目", "一季度五大园区新签约项目"}),
        ("总投资突破50亿的项目有哪些", {"联顺制药项目"}),
        ("哪批项目签约额突破200亿", set()),
    ],
)
def test_a_bound_before_a_figure_is_no_name(asker: Asker, question: str, expected: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == expected


@pytest.mark.parametrize(
    "question",
    [
        "哪批签约项目没报个数",  # single projects are no answer
        "哪批项目总投资比去年增长",
        "七台河的发展规划瞄准什么",  # not what the city aims at
        "七台河的企业主要做什么",
        "按老字号、原字号来分，宝泰隆算哪些",
        "黑龙江省的范围是什么",  # not what has it for its scope
        "七台河发展冰雪经济，靠的是什么",
    ],
)
def test_another_thing_than_is_asked_for_is_no_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    "question",
    [
        "全市民营企业总共有多少户",  # what part they are is told of the larger firms alone
        "民企占全部企业的百分之几",
        "118户规上企业里，民营企业大概有多少户",
        "续建项目签了几单",  # they were signed before
        "续建项目谈成了几个",
        "续建项目今年完成多少投资",  # it is a plan
        "微旅游线路要多久",  # it is told of one of them
        "8719.2亩造林绿化是计划数吗",
        "七台河计划造林绿化8719.2亩吗",
        "每场活动的项目数",  # no sports
    ],
)
def test_a_figure_of_another_kind_is_no_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("117户规上企业里，民营企业大概有多少户", "约105户（117户 × 89.7%）"),
        ("规上企业里民企有几家", "约105户（117户 × 89.7%）"),
        ("新签约项目签了几单", "21个"),
        ("七台河推出的旅游路线有几条", "5条"),
        ("推进数字经济工作以哪些领域为突破点", "数字政府、智慧城市"),
        ("造林绿化面积是8719.2亩吗", "是（图中所述为：七台河市 造林绿化面积 8719.2亩）"),
    ],
)
def test_the_figure_and_the_things_that_are_asked_for_are(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text == text
