"""Things that are described and not named: by a clause, by how many there are, by a bound on a figure."""

import pytest

from citykg.ask.asking import Asker


def _labels(asker: Asker, question: str) -> set[str]:
    answer = asker.ask(question)
    return {item.label for item in answer.answers} if answer.status == "answered" else set()


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("世界冠军们出发的那座城市在哪个省", "黑龙江省"),
        ("焦煤往上归到的那个大产业，划在“老、原、新”的哪一档？", "原字号"),
        ("江门对口合作的那座小城市在哪个省", "黑龙江省"),
        ("王文力任职的党委是哪座城市的", "七台河市"),
        ("承办全省短道速滑锦标赛的城市，市委书记是谁", "王文力"),
        ("宝泰隆嘉园口袋公园所在的城市跟哪座城市对口合作", "江门市"),
        ("签约额最小的那批项目有几个", "4个"),
        ("签了风电项目的那次招商活动总签约额是多少", "34.3亿元"),
        ("在全省率先完成的那项治理工作是什么", "挥发性有机物治理"),
    ],
)
def test_what_a_clause_describes_is_found_before_it_is_asked_about(
    asker: Asker, question: str, label: str
) -> None:
    assert _labels(asker, question) == {label}


def test_the_passages_and_the_query_that_led_to_what_is_described_stand_in_the_answer(asker: Asker) -> None:
    answer = asker.ask("世界冠军们出发的那座城市在哪个省")
    assert {e.passage.rpartition("#")[2] for e in answer.evidence} >= {"p16s02"}
    assert "setOutFrom" in answer.sparql
    assert "locatedIn" in answer.sparql
    asker.store.query(answer.sparql)


@pytest.mark.parametrize(
    "question", ["破产的那家企业在哪个省", "七台河收购的企业在哪个省", "世界冠军们出生的那座城市在哪个省"]
)
def test_what_nothing_answers_to_is_not_asked_about(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("28个项目的计划总投资是多少", "221.53亿元"),
        ("130个项目的总投资是多少", "554.5亿元"),
        ("集中签约的21个项目签约额是多少", "122.35亿元"),
        ("五大园区新签约的21个项目签约额多少", "162.62亿元"),
    ],
)
def test_so_many_of_a_kind_are_the_group_that_is_so_large(asker: Asker, question: str, label: str) -> None:
    assert _labels(asker, question) == {label}


@pytest.mark.parametrize(
    "question", ["那21个项目的签约额是多少", "21个项目总签约额是多少", "21个项目是在哪签的"]
)
def test_where_two_groups_are_so_large_both_are_named(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.status == "ambiguous"
    assert set(answer.suggestions) == {"集中签约仪式签约项目", "一季度五大园区新签约项目"}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("装机容量不到25万千瓦的是哪个项目", {"20万千瓦风力发电项目"}),
        ("装机20万千瓦以上的是哪个项目", {"25万千瓦风电配套绿色旅游示范项目"}),
        ("签约额100亿以上的是哪几批项目", {"集中签约仪式签约项目", "一季度五大园区新签约项目"}),
    ],
)
def test_a_figure_that_names_begin_with_is_a_bound_beside_over_and_under(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert _labels(asker, question) == labels


def test_groups_are_not_counted_as_what_is_in_them(asker: Asker) -> None:
    assert asker.ask("计划总投资过200亿的续建项目有几个").status != "answered"
    assert _labels(asker, "签约额在100亿元以上的有几批") == {"2"}


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("哪家企业有和它同名的项目", "联顺制药"),
        ("数字化应用持续扩展的企业里，有哪家还有同名的项目", "联顺制药"),
    ],
)
def test_whoever_has_a_namesake_is_told_from_the_namesake(asker: Asker, question: str, label: str) -> None:
    assert _labels(asker, question) == {label}


def test_so_few_are_not_borne_out_by_another_figure_that_happens_to_be_so(asker: Asker) -> None:
    assert _labels(asker, "哪一次签约的项目不足5个") == {"省级招商活动签约项目"}
    assert _labels(asker, "项目不到10个的是哪一批") == {"省级招商活动签约项目"}


def test_what_is_greatest_is_greatest_by_the_figure_that_is_named(asker: Asker) -> None:
    assert "年度投资超1000万元的重点项目" not in _labels(asker, "签约的几批项目里哪批金额最大")


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("增长率在50%以上的指标是哪个", "年度计划投资增长率"),
        ("重点项目的哪项指标增幅不到20%", "项目数增长率"),
        ("金牌数不到100枚的是哪类金牌", "冬奥金牌数"),
    ],
)
def test_of_which_indicator_a_bounded_figure_is_may_be_asked(asker: Asker, question: str, label: str) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == [label]
    assert "indicator/" in (answer.answers[0].iri or "")


def test_members_are_no_answer_to_of_which_group(asker: Asker) -> None:
    assert not _labels(asker, "双叶家具属于哪一群企业") & {"勃农机械", "联顺制药", "升华医疗"}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("签约额在100亿到150亿之间的是哪批项目", {"集中签约仪式签约项目"}),
        ("签约额介于30亿和50亿之间的是哪一批", {"省级招商活动签约项目"}),
        ("总投资在100亿元和200亿元之间的是哪个项目", {"联顺制药项目"}),
        ("签约额在10亿到20亿之间的有哪几批", set()),
    ],
)
def test_two_figures_may_be_the_ends_of_a_range(asker: Asker, question: str, labels: set[str]) -> None:
    assert _labels(asker, question) == labels


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("治理矸石山达到136处，对吗", "是"),
        ("治理矸石山超过136处，对吗", "否"),
        ("七台河的冬奥金牌不超过7枚，对吗", "是"),
        ("七台河的冬奥金牌不到7枚，对吗", "否"),
    ],
)
def test_what_reaches_a_figure_need_not_be_beyond_it(asker: Asker, question: str, label: str) -> None:
    assert _labels(asker, question) == {label}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("那个众创空间提供啥呢", {"工作场所", "良好服务"}),
        ("这个众创空间属于哪些产业", {"创意设计", "数字经济"}),
        ("生物经济发展规划对应的那个领域目前是什么状态", {"取得突破"}),
        ("去江苏招商的那支团队是谁牵头的", {"市级领导"}),
        ("去江苏招商的是哪支团队", {"招商团队"}),
        ("赴广东招商的团队由谁带队", {"市级领导"}),
    ],
)
def test_the_one_of_a_kind_that_is_pointed_to_is_meant(asker: Asker, question: str, labels: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


def test_a_noun_within_a_clause_is_not_what_is_asked_for(asker: Asker) -> None:
    assert [item.label for item in asker.ask("有哪些担任党内职务的官员").answers] == ["王文力"]


def test_what_lies_on_a_place_is_described_by_it(asker: Asker) -> None:
    answer = asker.ask("万宝湖环湖音乐步道上的商业街属于什么产业")
    assert [item.label for item in answer.answers] == ["创意设计"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("治理桃山湖的项目有哪些", "桃山湖生态环保水利综合治理项目"),
        ("有哪些创意设计领域的园区", "万宝创意设计产业园"),
        ("有哪些采访王文力的媒体", "新华财经"),
    ],
)
def test_what_a_clause_names_is_neither_the_answer_nor_its_kind(
    asker: Asker, question: str, label: str
) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("带招商团队的那些领导还牵头负责什么", {"五大园区"}),
        ("招商团队的牵头领导还牵头什么", {"五大园区"}),
        ("牵头五大园区的领导还牵头什么", {"招商团队"}),
        ("承办国际短道速滑赛事的城市还承办了哪些赛事", None),
        ("王濛出发的那座城市还有谁出发", {"范可新", "孙琳琳", "杨扬", "张杰"}),
        ("和江门对口合作的城市还和谁合作", {"哈尔滨市", "牡丹江市"}),
    ],
)
def test_what_there_is_besides_is_not_what_describes_it(
    asker: Asker, question: str, labels: set[str] | None
) -> None:
    found = _labels(asker, question)
    assert found == labels if labels else found and "国际短道速滑赛事" not in found


@pytest.mark.parametrize("question", ["采访王文力的记者还采访了谁", "和七台河对口合作的城市还和哪些城市合作"])
def test_where_nothing_else_is_known_nothing_is_told(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    "question",
    [
        "为项目落地保驾护航的那套工作机制，由哪几块拼成？",
        "保障项目落地的那套工作机制，由哪几块拼成",
        "为项目落地服务的那个工作机制由哪几块组成",
    ],
)
def test_what_something_described_is_made_of_need_not_be_of_its_kind(asker: Asker, question: str) -> None:
    names = {item.label for item in asker.ask(question).answers}
    assert names == {"领导包联", "专班", "首席服务员"}
