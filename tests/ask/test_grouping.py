"""Questions for each one of a kind: every group with how many, which, or what figure."""

import pytest

from citykg.ask.asking import Asker
from citykg.store import rows

SECTORS = {"新字号": 5, "老字号": 4, "原字号": 2}


def counts(asker: Asker, question: str) -> dict[str, object]:
    return {item.label: item.value for item in asker.ask(question).answers}


@pytest.mark.parametrize(
    "question",
    [
        "各字号分别包含多少个产业",
        "按字号统计产业数量",
        "每个字号的产业数",
        "七台河各字号各有几个产业",
        "产业按字号分类各有几个",
    ],
)
def test_each_group_is_told_with_how_many_it_has(asker: Asker, question: str) -> None:
    assert counts(asker, question) == SECTORS


@pytest.mark.parametrize(
    "question",
    [
        "每个字号各有几个产业",
        "七台河承办的赛事按运动项目分组计数",
        "各地的公园分别有几个",
        "各工作机制由几个部分组成",
    ],
)
def test_the_query_that_is_shown_counts_the_groups_that_are_answered(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    found = {row["group"]: int(row["count"]) for row in rows(asker.store, answer.sparql)}
    assert found == {item.iri: item.value for item in answer.answers}
    assert "GROUP BY ?group" in answer.sparql


def test_the_query_of_a_list_has_every_member_with_its_group(asker: Asker) -> None:
    answer = asker.ask("各字号分别有哪些产业")
    found = {(row["group"], row["x"]) for row in rows(asker.store, answer.sparql)}
    assert len(found) == sum(SECTORS.values())
    assert {thing for _, thing in found} == {item.iri for item in answer.answers}
    assert answer.text.startswith("老字号：煤化工、")
    assert "；新字号：" in answer.text


def test_what_binds_the_things_that_are_counted_is_kept(asker: Asker) -> None:
    assert counts(asker, "七台河承办的赛事按运动项目分组计数") == {"短道速滑": 4}


def test_things_are_grouped_by_what_a_relation_leads_to(asker: Asker) -> None:
    assert counts(asker, "按举办地统计赛事") == {"七台河市": 4}


def test_things_are_grouped_by_what_they_are_where_no_other_kind_is_named(asker: Asker) -> None:
    text = asker.ask("每类企业各有哪些").text
    assert text == "煤化工企业：宝泰隆、吉伟、隆鹏、亿达信；企业：勃农机械、联顺制药、升华医疗、双叶家具"


def test_by_kind_is_by_what_things_are(asker: Asker) -> None:
    assert asker.ask("按类型列出企业").text == asker.ask("每类企业各有哪些").text


def test_a_thing_is_in_the_nearest_of_several_places_only(asker: Asker) -> None:
    assert counts(asker, "各地分别有多少个公园") == {"七台河市": 1, "勃利县": 1}


def test_parts_are_counted_and_not_what_they_are_parts_of(asker: Asker) -> None:
    assert set(counts(asker, "各工作机制由几个部分组成").values()) == {3}
    assert "赛马制" in counts(asker, "各工作机制由几个部分组成")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("江门和牡丹江分别在哪个省", "江门市：广东省；牡丹江市：黑龙江省"),
        ("煤炭产业、冰雪体育各属于哪个字号", "煤炭产业：原字号；冰雪体育：新字号"),
        ("数字经济和冰雪经济各有哪些规划服务", "数字经济：数字经济发展规划；冰雪经济：冰雪经济发展规划"),
    ],
)
def test_of_each_of_several_names_is_told_what_is_asked(asker: Asker, question: str, text: str) -> None:
    assert asker.ask(question).text == text


def test_the_parts_of_each_of_two_names_are_counted(asker: Asker) -> None:
    assert counts(asker, "老字号和新字号的产业分别有几个") == {"老字号": 4, "新字号": 5}
    assert counts(asker, "勃利县和七台河市各有几个公园") == {"勃利县": 1, "七台河市": 2}


@pytest.mark.parametrize(
    "question", ["宝泰隆和双叶家具分别属于哪个产业", "勃利县和哈尔滨各有几个公园", "王濛和杨扬分别是哪里人"]
)
def test_what_holds_of_one_of_two_names_is_no_answer_for_both(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_each_figure_is_told_with_the_thing_that_it_is_about(asker: Asker) -> None:
    answer = asker.ask("各类签约项目的签约额分别为多少")
    assert len(answer.answers) == 3
    assert all(item.iri and item.value and item.unit for item in answer.answers)


def test_a_group_has_the_figure_of_what_is_related_to_it(asker: Asker) -> None:
    answer = asker.ask("各活动签约项目的签约额分别是多少")
    found = {row["group"]: float(row["value"]) for row in rows(asker.store, answer.sparql)}
    assert found == {item.iri: item.value for item in answer.answers}
    assert {item.label for item in answer.answers} == {"全市开发区招商项目集中签约仪式", "省级招商活动"}


def test_each_figure_of_one_thing_is_told_with_its_indicator(asker: Asker) -> None:
    answer = asker.ask("重点项目各项指标比去年分别增长多少")
    assert sorted(item.value or 0 for item in answer.answers) == [11, 49, 52]
    assert all("/indicator/" in (item.iri or "") for item in answer.answers)


def test_the_passages_of_every_group_are_cited(asker: Asker) -> None:
    cited = {e.passage.rpartition("#")[2] for e in asker.ask("每个字号各有几个产业").evidence}
    assert {"p08s03", "p09s02", "p10s04"} <= cited


@pytest.mark.parametrize(
    "question",
    [
        "每个园区各有几个续建项目",  # 28 in all of them
        "各签约活动分别签了几个项目",
        "各年份举办的赛事各有几场",
        "按年份列出赛事",
        "按所在地统计企业",
        "按签约方式统计项目数",
    ],
)
def test_one_answer_for_all_is_none_for_each(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize("question", ["各状态的项目有几个", "每个省各有几个城市"])
def test_a_group_of_which_more_are_counted_than_named_is_not_counted(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_a_list_says_of_a_group_that_it_names_only_some(asker: Asker) -> None:
    assert (
        "外出招商签约项目：水肥一体化项目、农药制剂项目（共17个，图中只说出2个）"
        in asker.ask("每个群体有哪些成员").text
    )


@pytest.mark.parametrize(
    "question", ["每个公园有几个亭子", "按字号统计破产企业数量", "各字号的产业有几个在哈尔滨"]
)
def test_a_word_that_no_group_bears_out_is_not_passed_over(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_another_city_is_grouped_without_a_word_of_its_own(second_city: Asker) -> None:
    assert counts(second_city, "各地的公园分别有几个") == {"澜州市": 1, "清溪县": 1}
    assert counts(second_city, "每座城市各举办了几场赛事") == {"澜州市": 2}
    assert set(counts(second_city, "按产业统计企业数量").values()) == {1}


@pytest.mark.parametrize("question", ["每场签约或招商活动各签了多少个项目", "每场活动签了多少个项目"])
def test_how_many_there_are_of_each_is_the_figure_that_is_stated(asker: Asker, question: str) -> None:
    assert sorted(item.value or 0 for item in asker.ask(question).answers) == [4, 17, 21]


@pytest.mark.parametrize(
    "question",
    [
        "每个大产业下面有几个产业",
        "每个产业下面有几个产业",
        "各大产业下面分别有几个细分产业",
        "每个产业大类下面有几个产业",
        "每个上级产业有几个产业",
    ],
)
def test_the_verb_tells_which_of_two_of_one_kind_is_the_group(asker: Asker, question: str) -> None:
    assert counts(asker, question) == {"数字经济": 5, "传统产业": 4, "煤炭产业": 3, "创意设计": 3}


def test_each_thing_may_be_told_with_what_it_belongs_to(asker: Asker) -> None:
    assert "焦煤：煤炭产业" in asker.ask("每个产业属于哪个产业").text
    assert asker.ask("每个产业大类下面有几个专家").status == "unknown"
