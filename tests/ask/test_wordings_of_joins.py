"""What the words of a question tell: what is done to what, what is left out, what two things share."""

import pytest

from citykg.ask.asking import Asker


def _labels(asker: Asker, question: str) -> set[str]:
    return {item.label for item in asker.ask(question).answers}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("对经济发展至关重要的是哪两样", {"招商引资", "产业园区"}),
        ("对高质量发展至关重要的是什么", {"产业转型"}),
    ],
)
def test_what_stands_behind_a_toward_is_what_something_is_done_to(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert _labels(asker, question) == labels


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("除了上海和广东，赴外招商还到过哪些地方", {"北京市", "江苏省"}),
        ("除了宝泰隆，煤化工企业里还有哪几家", {"亿达信", "隆鹏", "吉伟"}),
        ("牵头五大园区的人还牵头什么", {"招商团队"}),
    ],
)
def test_an_exception_ends_where_another_kind_of_thing_is_named(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert _labels(asker, question) == labels


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("与联顺制药项目同属一批的另一个项目是哪个", {"中瑯生物项目"}),
        ("与晨启商旅同属一个群的平台还有哪些", {"晨辉智能信息中心", "宏伟家政"}),
    ],
)
def test_what_two_things_have_in_common_leads_from_one_to_the_other(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert _labels(asker, question) == labels


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("木制家具算不算老字号", None),
        ("食品属不属于老字号", "是"),
        ("家具算不算传统产业", "是"),
        ("规上民营企业属不属于民营企业", "是"),
    ],
)
def test_whether_something_counts_as_something_is_a_relation(
    asker: Asker, question: str, label: str | None
) -> None:
    answer = asker.ask(question)
    assert (answer.answers[0].label if answer.answers else None) == label


def test_where_several_things_are_leads_to_places_and_not_to_the_things(asker: Asker) -> None:
    assert _labels(asker, "两处口袋公园分别在哪里") == {"勃利县", "七台河市"}


@pytest.mark.parametrize(
    "question",
    [
        "你是谁开发的",
        "你叫什么名字",
        "谁牵头搞污染",
        "七台河收购了哪些企业",
        "哪些企业破产了",
        "王文力是什么学历",
    ],
)
def test_words_with_a_content_of_their_own_are_not_passed_over(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


def test_who_says_so_is_the_speaker_also_where_the_words_name_what_helps(asker: Asker) -> None:
    assert _labels(asker, "何人称生物经济从无到有、从有到优") == {"王文力"}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("七台河想招引什么样的企业入驻江河工业园区", {"上下游企业"}),
        ("力争建设成资源型地区的什么区", {"资源型地区转型发展区"}),
        ("众创空间服务谁", {"创意人士"}),
        ("冰雪产业当中七台河要发展哪几样", {"冰雪体育", "冰雪装备", "冰雪文化", "冰雪旅游"}),
    ],
)
def test_the_kind_and_the_rest_of_a_name_are_asked_for(asker: Asker, question: str, labels: set[str]) -> None:
    assert _labels(asker, question) == labels


def test_who_says_in_which_state_something_is(asker: Asker) -> None:
    assert _labels(asker, "谁说重点产业项目投资成效显著") == {"新华财经记者"}


@pytest.mark.parametrize("question", ["七台河的公园有哪些，包括县里的", "七台河有哪些公园，包括县里的"])
def test_what_is_only_said_to_be_included_is_not_asked_for(asker: Asker, question: str) -> None:
    assert _labels(asker, question) == {"宝泰隆嘉园口袋公园", "勃利县大森林口袋公园"}


@pytest.mark.parametrize("question", ["是谁把招商引资称作生命线", "谁把营商环境比作软实力"])
def test_who_likens_something_to_something_is_the_speaker(asker: Asker, question: str) -> None:
    assert _labels(asker, question) == {"王文力"}


@pytest.mark.parametrize(
    "question",
    [
        "江门市有哪些企业",  # named in one passage with some, and nothing more
        "广东省有哪些园区",
        "口袋公园有多大",
        "创意设计产业园入驻了哪些企业",
        "矸石山在哪里",
        "造林绿化种的是什么树",
        "七台河在四大煤城里排第几",
        "王文力是记者吗",  # he is interviewed by one
    ],
)
def test_what_is_near_by_but_of_another_kind_is_no_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("市委书记王文力在哪座城市主政", {"七台河市"}),
        ("四大煤城里有七台河吗", {"是"}),
        ("煤化工所属的字号有哪些", {"老字号", "原字号"}),
    ],
)
def test_titles_and_small_words_belong_to_what_stands_beside_them(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert _labels(asker, question) == labels


@pytest.mark.parametrize(
    "question",
    ["谁采访了七台河市委书记", "是谁采访了七台河的市委书记", "七台河市委书记被谁采访", "谁采访了王文力"],
)
def test_a_post_stands_for_who_holds_it_and_a_who_before_a_verb_is_who_does_it(
    asker: Asker, question: str
) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["新华财经记者"]


@pytest.mark.parametrize(
    "question", ["七台河境内有哪些公园", "七台河范围内有哪些公园", "哪些公园在七台河境内"]
)
def test_within_a_place_is_in_it(asker: Asker, question: str) -> None:
    labels = {item.label for item in asker.ask(question).answers}
    assert labels == {"宝泰隆嘉园口袋公园", "勃利县大森林口袋公园"}


def test_what_is_named_after_something_may_be_asked_for(asker: Asker) -> None:
    assert [item.label for item in asker.ask("哪个项目用联顺制药命名").answers] == ["联顺制药项目"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("总投资120亿的那个项目是拿哪家企业的名字起的", ["联顺制药"]),
        ("联顺制药项目是拿谁的名字起的名", ["联顺制药"]),
        ("桃山湖项目是拿哪家企业的名字起的", []),
        ("采访王文力的记者受雇于哪家媒体", ["新华财经"]),
        ("哪家企业雇用了领导干部", []),
        ("横跨数字经济和创意设计的地方是哪个", ["“数字经济·创意设计众创”空间"]),
        ("农药制剂项目跨哪几个产业", []),
        ("包联企业这事儿出动了多少名领导干部", ["2849名"]),
        ("外出招商派出了多少名领导干部", []),
    ],
)
def test_spoken_verbs_say_the_relations_that_written_ones_do(
    asker: Asker, question: str, expected: list[str]
) -> None:
    assert [item.label for item in asker.ask(question).answers] == expected


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("数字化应用持续扩展的企业里,哪家的同名项目已经投产了?", {"联顺制药"}),
        ("扩展数字化应用的企业里,哪家有同名项目已经投产", {"联顺制药"}),
        ("招商活动里，哪场有风电项目签约", {"省级招商活动"}),
        ("城市里哪座有口袋公园", set()),
    ],
)
def test_what_one_of_several_has_is_not_what_is_asked_for(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert _labels(asker, question) == labels


@pytest.mark.parametrize(
    "question",
    ["七台河要强化协作的城市里,哪几个同在黑龙江省?", "七台河要合作的城市里哪几个同在黑龙江省"],
)
def test_several_that_are_asked_for_share_the_place_behind_them(asker: Asker, question: str) -> None:
    assert _labels(asker, question) == {"哈尔滨市", "牡丹江市"}
