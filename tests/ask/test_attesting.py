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
    ("question", "label"),
    [
        ("《完善开发区管理体制的意见》出台后，适用于谁？", "全市开发区"),
        ("出台《完善开发区管理体制的意见》以后，适用于谁", "全市开发区"),
        ("冰雪经济发展规划制定后服务于什么产业？", "冰雪经济"),
        ("联顺制药项目引进之后，投资多少？", "120亿元"),
        ("众创空间建成后，支持哪些人？", "创意人士"),
        ("微旅游线路推出后，吸引了谁？", None),
        ("绿色矿山建成后位于哪里", None),
        ("联顺制药项目投产后产值多少", None),
    ],
)
def test_what_has_been_done_is_no_condition_of_what_is_asked_after_it(
    asker: Asker, question: str, label: str | None
) -> None:
    assert [i.label for i in asker.ask(question).answers] == ([] if label is None else [label])


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
