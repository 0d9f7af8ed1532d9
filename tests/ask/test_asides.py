"""What a question says by the way: what is included anyway; names without their middle; states as verbs."""

import pytest

from citykg.ask.asking import Asker

PARKS = {"勃利县大森林口袋公园", "宝泰隆嘉园口袋公园"}


def _labels(asker: Asker, question: str) -> set[str]:
    answer = asker.ask(question)
    return {item.label for item in answer.answers} if answer.status == "answered" else set()


@pytest.mark.parametrize(
    "question",
    [
        "七台河有哪些公园，县里的也算上",
        "七台河范围内（县里也算）的公园",
        "七台河的公园有哪些（包括县里的）",
        "七台河的公园，连县里的一起算，有哪些",
        "县里的也算，七台河有哪几个公园",
        "七台河境内的公园，不管在市里还是县里",
    ],
)
def test_what_is_included_anyway_asks_for_nothing_more(asker: Asker, question: str) -> None:
    assert _labels(asker, question) == PARKS


@pytest.mark.parametrize(
    "question",
    ["不算县里的，七台河有哪些公园", "七台河有哪些公园，收购的也算上", "七台河有哪些公园，上海的也算上"],
)
def test_what_is_left_out_or_said_of_something_else_is_no_aside(asker: Asker, question: str) -> None:
    assert _labels(asker, question) != PARKS


@pytest.mark.parametrize(
    ("question", "label"),
    [("桃山湖治理项目改善了什么", "桃山湖"), ("桃山湖治理项目入选了什么名单", "国家建设工程鲁班奖")],
)
def test_a_name_may_be_said_without_its_middle(asker: Asker, question: str, label: str) -> None:
    assert _labels(asker, question) == {label}


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("联顺制药项目有没有投产", "是"),
        ("中瑯生物项目投产了没有", "是"),
        ("20万千瓦风力发电项目有没有签约", "是"),
        ("农药制剂项目有没有投产", None),
    ],
)
def test_a_state_is_said_by_itself(asker: Asker, question: str, label: str | None) -> None:
    assert _labels(asker, question) == ({label} if label else set())


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("江门市的对口合作城市是哪一座", "七台河市"),
        ("跟领导干部对接的是哪个企业群体", "对接包联企业"),
        ("五大园区归谁牵头", "市级领导"),
    ],
)
def test_the_other_end_of_a_relation_is_asked_for_by_its_noun(
    asker: Asker, question: str, label: str
) -> None:
    assert _labels(asker, question) == {label}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("亿达信都属于哪些产业，大类也算", {"煤化工", "传统产业"}),
        ("宝泰隆属于什么产业（连上级产业一起）", {"煤化工", "传统产业"}),
        ("产业资本投向了哪些产业，上一级产业也算上", {"动漫设计", "绘画", "工艺流程设计", "创意设计"}),
        ("亿达信都属于哪些产业", {"煤化工"}),
    ],
)
def test_what_is_wider_is_told_where_it_is_included(asker: Asker, question: str, labels: set[str]) -> None:
    assert _labels(asker, question) == labels


@pytest.mark.parametrize(
    "question", ["七台河在实施哪些行动，保卫战也算在内", "七台河在实施哪些行动（含保卫战）"]
)
def test_a_kind_of_what_is_asked_for_may_be_included(asker: Asker, question: str) -> None:
    assert _labels(asker, question) == _labels(asker, "七台河在实施哪些行动") != set()


def test_another_kind_than_is_asked_for_is_no_aside(asker: Asker) -> None:
    assert _labels(asker, "七台河在实施哪些行动，公园也算") == set()


@pytest.mark.parametrize(
    "question", ["七台河包括下面的县，新建了哪些口袋公园", "全市含下面的县，有哪些口袋公园"]
)
def test_an_aside_may_stand_right_behind_what_it_widens(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert {item.label for item in answer.answers} == {"宝泰隆嘉园口袋公园", "勃利县大森林口袋公园"}


def test_what_lies_below_is_asked_of_where_it_is_no_aside(asker: Asker) -> None:
    for question in ("七台河下面的县,知道的有哪个", "七台河下面的县是哪个", "七台河底下的县叫什么"):
        assert asker.ask(question).answers[0].label == "勃利县"
    assert asker.ask("七台河下辖的县，面积多大").status == "unknown"


@pytest.mark.parametrize(
    "question",
    [
        "七台河有什么公园？县里的也算",
        "七台河市（含勃利县）境内的公园有哪些？",
        "七台河市(包括勃利县)有哪些公园",
    ],
)
def test_what_lies_within_is_included_anyway(asker: Asker, question: str) -> None:
    parks = {"宝泰隆嘉园口袋公园", "勃利县大森林口袋公园"}
    assert {item.label for item in asker.ask(question).answers} == parks


@pytest.mark.parametrize("question", ["七台河市（含上海市）有哪些公园", "勃利县（含七台河市）有哪些公园"])
def test_what_lies_elsewhere_is_no_aside(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_groups_are_included_anyway(asker: Asker) -> None:
    answer = asker.ask("哪些项目（含打包统计的）总投资在200亿元以上？")
    labels = {"年度投资超1000万元的重点项目", "一季度五大园区续建项目"}
    assert {item.label for item in answer.answers} == labels
