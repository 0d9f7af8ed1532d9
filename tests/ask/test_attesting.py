"""What a clause says of a thing that is named: left out where it is so, and only there."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("市级领导牵头的五大园区一季度新签了几个项目", "21个"),
        ("市级领导牵头的五大园区一季度有几个新签约项目", "21个"),
        ("市级领导牵头的五大园区有几个续建项目", "28个"),
        ("由市领导分别牵头的那五个园区，一季度新签了几个项目", "21个"),
        ("市领导牵头的那五个园区，一季度续建几个项目", "28个"),
        ("七台河对口合作的江门市在哪个省", "广东省"),
        ("承办国际短道速滑赛事的七台河有多少规上企业", "117户"),
        ("王濛出发的七台河拿了多少枚冬奥金牌", "7枚"),
    ],
)
def test_what_is_so_is_no_condition(asker: Asker, question: str, label: str) -> None:
    answer = asker.ask(question)
    assert answer.answers[0].label.startswith(label)
    asker.store.query(answer.sparql)


@pytest.mark.parametrize(
    "question",
    [
        "王文力牵头的五大园区一季度新签了几个项目",
        "市领导牵头的那六个园区，一季度新签了几个项目",
        "由王文力分别牵头的那五个园区，一季度新签了几个项目",
        "江门引进的联顺制药项目总投资多少",
        "宝泰隆引进的联顺制药项目总投资多少",
        "没有投产的联顺制药项目投资多少",
        "采访王文力的新华财经记者叫什么名字",
    ],
)
def test_what_is_not_known_to_be_so_is_not_passed_over(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_a_kind_is_narrowed_by_its_clause(asker: Asker) -> None:
    assert [i.label for i in asker.ask("位于勃利县的口袋公园叫什么").answers] == ["勃利县大森林口袋公园"]
