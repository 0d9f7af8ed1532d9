"""Questions that put something first and ask behind a comma."""

import pytest

from citykg.ask.asking import Asker


def labels(asker: Asker, question: str) -> set[str]:
    return {item.label for item in asker.ask(question).answers}


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("七台河市制定的发展规划，总共是几个？", 4),
        ("七台河举办的赛事，一共有几项", 4),
        ("七台河市制定的条例，总共是几个？", None),
    ],
)
def test_what_is_counted_may_stand_before_a_comma(asker: Asker, question: str, count: int | None) -> None:
    assert [item.value for item in asker.ask(question).answers] == ([] if count is None else [count])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("一个地点兼跨数字经济和创意设计两个产业，它是哪里？", {"“数字经济·创意设计众创”空间"}),
        ("有一个项目总投资120亿，它是什么项目", {"联顺制药项目"}),
        ("一个项目总投资120亿，这个项目叫什么", {"联顺制药项目"}),
        ("有一家媒体采访了王文力，它叫什么", {"新华财经"}),
        ("一个城市和江门市对口合作，它是哪里", {"七台河市"}),
        ("一个项目入选了鲁班奖，它治理的是哪个湖", {"桃山湖"}),
        ("某个项目投资了300亿，它是什么", set()),
        ("一个湖在江门市，它叫什么", set()),
        ("一位官员当市长，他是谁", set()),
    ],
)
def test_one_that_is_described_first_is_asked_for(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("从江门市这边看，它跟哪座城市对口合作？", {"七台河市"}),
        ("站在七台河的角度看，它对口合作的城市是哪座", {"江门市"}),
        ("就七台河来说，它的对口合作城市在哪个省", {"广东省"}),
        ("从上海市这边看，它跟哪座城市对口合作", set()),
        ("从企业的角度看，哪家企业最大", set()),
    ],
)
def test_from_where_something_is_seen_names_what_is_asked_about(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("要做智能化改造的传统产业，具体点了哪几行？", {"煤化工", "食品", "家具", "机械"}),
        ("新字号有哪几行", {"原料药", "冰雪文化", "冰雪装备", "冰雪体育", "冰雪旅游"}),
        ("宝泰隆做哪几行", {"煤化工"}),
        ("冰雪这条线上要加快发展哪几个产业", {"冰雪文化", "冰雪装备", "冰雪体育", "冰雪旅游"}),
    ],
)
def test_a_which_may_have_its_kind_within_it(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("已签约的几批项目中，没有说明签约额的是哪一批？", {"外出招商签约项目"}),
        ("哪一批签约项目没写签约额", {"外出招商签约项目"}),
        ("招商团队去过的几座城市，哪座是直辖市", {"北京市", "上海市"}),
        ("那几座城市里，哪座和七台河对口合作", {"江门市"}),
        ("几个项目入选了哪个奖", set()),  # how many they are is asked as well
    ],
)
def test_several_of_a_kind_are_what_the_question_is_about(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("新华财经这次专访的是哪一位？", {"王文力"}),
        ("新华财经专访的是谁", {"王文力"}),
        ("宝泰隆采访的是谁", set()),
        ("报道提到的湖泊", {"桃山湖", "万宝湖"}),
        ("文章提到的湖", {"桃山湖", "万宝湖"}),
        ("报道提到的省", {"广东省", "黑龙江省", "江苏省"}),
        ("报道提到的机场", set()),
    ],
)
def test_what_is_asked_in_plainer_words(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("“赛马制”里，每个季度搞一次的是什么？", {"季排名"}),
        ("赛马制里每月一次的是什么", {"月通报"}),
        ("赛马制的哪个组成部分每年搞一次", {"年考评"}),
        ("赛马制里每周一次的是什么", set()),
        ("七台河每年搞一次的活动是什么", set()),
        ("每季度一次的赛事有哪些", set()),
    ],
)
def test_how_often_something_is_done_tells_which_is_meant(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("季排名是每季度一次吗", {"是"}),
        ("月通报是每季度一次吗", {"否"}),
        ("民生实事是每年一次吗", set()),  # of which only the year is stated
    ],
)
def test_how_often_is_held_against_how_often_only(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("按户数算，民营企业占规上企业的百分之几？", 89.7),
        ("按产值算，民营企业占规上企业的百分之几", 74.7),
        ("从产值上看，民企占规上企业多少", 74.7),
        ("按户数计，规上企业中民企占几成", 89.7),
        ("按利润算，民营企业占规上企业多少", None),
        ("按产值算，煤化工占全市工业的多少", None),
    ],
)
def test_a_share_is_told_by_the_figure_that_is_named_first(
    asker: Asker, question: str, share: float | None
) -> None:
    assert [item.value for item in asker.ask(question).answers] == ([] if share is None else [share])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("网站把这篇报道归在哪些栏目下面？", {"综合", "环球新动态"}),
        ("这篇报道被网站归在哪些栏目", {"综合", "环球新动态"}),
        ("王文力被媒体问了什么", set()),
    ],
)
def test_the_one_that_does_it_goes_without_saying(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("要多培养优秀运动员，七台河依托的是哪块金字招牌？", {"奥运冠军之城"}),
        ("七台河为了培养优秀运动员，依托什么？", {"奥运冠军之城"}),
        ("要培养优秀运动员，七台河扩大什么？", {"省队市办"}),
        ("为推进生态系统保护和修复，七台河依托什么？", {"产业项目"}),
        ("煤城为了延伸煤化工链条，坚持以哪两句口号为抓手？", {"煤头化尾", "煤头电尾"}),
        ("为了培养优秀运动员，七台河依托哪条河？", set()),
        ("为了推进智慧城市，七台河依托什么？", set()),
        ("为了培养优秀运动员，哈尔滨依托什么？", set()),
        ("要建设绿色矿山，江门市实施了什么？", set()),
    ],
)
def test_what_somebody_means_to_do_is_what_they_do(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("之所以重视产业转型，是因为它决定着哪两个问题？", {"当前发展", "长期生存"}),
        ("重视产业转型，正是因为它决定了什么？", {"当前发展", "长期生存"}),
        ("之所以把招商引资看作生命线，是因为它对什么至关重要？", {"经济发展"}),
        ("之所以重视产业转型，是因为它决定着哪三个问题？", set()),
        ("之所以不重视产业转型，是因为它决定着哪两个问题？", set()),
    ],
)
def test_a_reason_is_asked_of_what_is_named_before_it(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize("question", ["，七台河市长是谁", "，七台河的GDP是多少", "为了推进产业转型，"])
def test_a_comma_with_nothing_on_one_side_is_no_clause(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
