"""What no reading accounts for word by word: passages and figures nearby answer it, or nothing does."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("园区推行的月通报、季排名、年考评叫什么制度", {"赛马制"}),
        ("石墨烯和负极材料项目靠哪个园区做大做强", {"新材料产业园区"}),
        ("七台河想打造什么原料药基地", {"国家原料药生产基地", "黑龙江东部原料药生产示范基地"}),
        ("项目落地靠什么工作机制保障", {"“领导包联+专班+首席服务员”工作机制"}),
        ("对经济发展至关重要的有哪些方面", {"招商引资", "产业园区"}),
        ("煤城由资源型经济转向什么", {"多元经济"}),
    ],
)
def test_a_passage_that_bears_out_every_word_answers(asker: Asker, question: str, labels: set[str]) -> None:
    answer = asker.ask(question)
    assert {item.label for item in answer.answers} == labels
    assert answer.evidence


@pytest.mark.parametrize(
    "question", ["谁说营商环境是“软实力”", "招商引资是“生命线”，这话谁讲的", "谁说联顺制药项目总投资120亿"]
)
def test_who_says_what_a_question_quotes_is_the_speaker_of_its_passage(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == ["王文力"]
    assert {evidence.speaker_label for evidence in answer.evidence} == {"王文力"}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("重点项目今年计划投资占总投资的百分之多少", 20.9),
        ("平均一名领导干部对接几户企业", 2.98),
        ("集中签约仪式比省级招商活动多签了多少钱", 8_805_000_000),
        ("园区一季度新签约额是省级招商签约额的几倍", 4.74),
        ("赴外招商、开发区集中签约、省级招商三处签约项目一共几个", 42),
    ],
)
def test_figures_that_a_question_names_are_set_against_each_other(
    asker: Asker, question: str, value: float
) -> None:
    answer = asker.ask(question)
    assert answer.answers[0].value == pytest.approx(value, rel=0.005)
    assert " ÷ " in answer.text or " − " in answer.text or " + " in answer.text or "倍" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "宝泰隆引进的120亿元制药项目叫什么",  # the city introduces it
        "百凝盾是从哪儿引进的",
        "联顺制药是从山海关内哪座城市引来的",
        "冬奥金牌177枚分别是谁拿的",  # no passage says who
        "范可新个人拿了几枚冬奥金牌",  # the city's, not hers
        "招商去上海去了几次",  # to four places together
        "谁在哈尔滨举办了短道速滑锦标赛",
        "七台河每年造林多少亩",  # the graph has the total
        "24件民生实事具体是哪些",
        "创意设计产业园在哪儿",  # what lies in a park's street is not the park
    ],
)
def test_what_a_passage_merely_names_beside_is_no_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            "把几批项目按签约额从高到低排一下",
            ["一季度五大园区新签约项目", "集中签约仪式签约项目", "省级招商活动签约项目"],
        ),
        ("三种金牌由少到多排序", ["冬奥金牌数", "世界级金牌数", "国家级金牌数"]),
        ("签约额排第二的是哪批项目", ["集中签约仪式签约项目"]),
        ("重点项目哪项增长率最高", ["年度计划投资增长率"]),
    ],
)
def test_figures_are_told_in_the_order_that_is_asked_for(
    asker: Asker, question: str, labels: list[str]
) -> None:
    assert [item.label for item in asker.ask(question).answers] == labels


@pytest.mark.parametrize(
    ("question", "value", "calculation"),
    [
        ("规上民营企业约有多少户", 105, "117户 × 89.7%"),
        ("倒推一下，去年重点项目有多少个", 117, "130个 ÷ (1 + 11%)"),
        ("五大园区平均每个园区的新签约额", 3_252_400_000, "162.62亿元 ÷ 五大园区 5个"),
    ],
)
def test_what_follows_from_two_figures_is_told_with_both(
    asker: Asker, question: str, value: float, calculation: str
) -> None:
    answer = asker.ask(question)
    assert answer.answers[0].value == value
    assert calculation in answer.text


def test_a_figure_of_the_whole_is_not_one_of_its_part(asker: Asker) -> None:
    assert asker.ask("规上民营企业的贷款余额是多少").status != "answered"


def test_the_passages_of_another_city_answer_as_well(second_city: Asker) -> None:
    assert second_city.ask("澜州的市委书记叫什么").answers[0].label == "陈启航"


def test_what_is_said_of_who_stands_before_the_verb_is_not_told_of_another(asker: Asker) -> None:
    assert [item.label for item in asker.ask("王文力任职于哪个机构").answers] == ["中共七台河市委"]
    assert asker.ask("王文力供职于哪个机构").status == "unknown"
