"""How many things a question says it is, and of which a mean or a difference is made."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("国家级金牌数比冬奥和世界级金牌之和多多少", 357),
        ("国家级金牌比冬奥金牌和世界级金牌加起来多几枚", 357),
        ("冬奥金牌比世界级金牌和国家级金牌之和少多少", 711),
        ("国家级金牌数比世界级金牌数多多少", 364),
        ("五大园区 续建项目 新签约项目 数量差", 7),
    ],
)
def test_a_difference_is_one_of_two_of_which_one_may_be_a_sum(
    asker: Asker, question: str, value: int
) -> None:
    assert [item.value for item in asker.ask(question).answers] == [value]


@pytest.mark.parametrize(
    "question",
    [
        "平均每个项目总投资",  # of a group, or of one project
        "项目的平均总投资是多少",
        "平均每个项目签约额",  # of three groups
        "五大园区平均每个园区多少个项目",  # new ones and continued ones
        "五大园区平均每个园区有几个续建项目",
        "国家级金牌数与冬奥、世界级金牌之和的差是多少",
        "两家规上企业的产值",
        "三家民营企业的产值占比",
        "金牌数最多的两个城市",
        "金牌数最多的三个城市",
    ],
)
def test_of_others_than_those_that_are_told_there_is_no_figure(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("哪两个生物项目已经建成投产了", ["联顺制药项目", "中瑯生物项目"]),
        ("哪两个项目建成投产了", ["联顺制药项目", "中瑯生物项目"]),
        ("哪两个项目是风电项目", ["25万千瓦风电配套绿色旅游示范项目", "20万千瓦风力发电项目"]),
    ],
)
def test_so_many_as_are_asked_for_are_told(asker: Asker, question: str, labels: list[str]) -> None:
    assert [item.label for item in asker.ask(question).answers] == labels


@pytest.mark.parametrize(
    "question",
    [
        "联顺制药项目已经有120亿元投资了吗",  # which is what it is to cost
        "重点项目已经完成554.5亿元投资了吗",
        "步道上面有什么",
        "口袋公园里都有些什么",
        "公园里有什么雕像",
        "七台河市有多少人",
        "全市一共有多少人",
        "勃利县有几个人",
    ],
)
def test_what_is_beside_a_question_is_no_answer_to_it(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
