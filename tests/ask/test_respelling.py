"""Words with one wrong character: what sounds or looks like the right one is understood, and said to be."""

from pathlib import Path

import pytest

from citykg.ask.asking import Asker
from citykg.ask.words.dictionary import Dictionary


@pytest.mark.parametrize(
    ("question", "wrong", "right"),
    [
        ("赛码制包括哪几样", "赛码制", "赛马制"),
        ("众创空建都给搞创意的人提供些什么", "众创空建", "众创空间"),
        ("入选鲁斑奖的项目治理的是哪个湖", "鲁斑奖", "鲁班奖"),
        ("集中签约仪式 总签越额", "总签越额", "总签约额"),
        ("我想知道今年乘办了哪些短道速滑比赛", "乘办", "承办"),
        ("矸石上到现在治了多少处了", "矸石上", "矸石山"),
        ("营伤环境被称作什么", "营伤环境", "营商环境"),
        ("规上企业的户术是多少", "户术", "户数"),
        ("年渡计划投资是多少", "年渡计划投资", "年度计划投资"),
        ("宝太隆属于什么字号", "宝太隆", "宝泰隆"),
        ("午大园区由谁牵头", "午大园区", "五大园区"),
        ("什么经济在经历产业专型", "产业专型", "产业转型"),
        ("除了智慧成市，数字经济的细分领域还有哪些", "智慧成市", "智慧城市"),
        ("年度投资药超过多少才能列入今年的重点项目", "药超过", "要超过"),
        ("数字化平台不算弘伟家政，还有哪些", "弘伟家政", "宏伟家政"),
        ("是谁采访了七台河的似委书记", "似委书记", "市委书记"),
        ("集中签约仪式和省级招商活动加起来签了多少前", "多少前", "多少钱"),
        ("出去招商跑了多少躺呢", "多少躺", "多少趟"),
        ("规上企业有多少护", "多少护", "多少户"),
        ("重点项目的年度投资要朝过多少", "要朝过", "要超过"),
        ("招商团对由谁牵头", "招商团对", "招商团队"),
        ("七台河有那些世界冠军", "那些", "哪些"),
        ("宝泰隆在那里", "那里", "哪里"),
        ("优化营伤环境在书记眼里是区域竞争的啥", "优化营伤环境", "优化营商环境"),
        ("陶山湖的水利治理项目入选了哪个奖", "陶山湖", "桃山湖"),
    ],
)
def test_a_word_with_one_wrong_character_is_understood_and_the_answer_says_so(
    asker: Asker, question: str, wrong: str, right: str
) -> None:
    answer, meant = asker.ask(question), asker.ask(question.replace(wrong, right))
    assert answer.status == meant.status == "answered"
    assert answer.answers == meant.answers
    assert answer.evidence == meant.evidence
    assert f"把“{wrong}”理解为“{right}”" in answer.text


@pytest.mark.parametrize(
    ("question", "plainly"),
    [
        ("領導包联+专班那套工作机制由哪几部分构成?", "首席服务员工作机制由哪几部分构成"),
        ("精品微旅游線路推了几条?", "精品微旅游线路有几条"),
    ],
)
def test_traditional_characters_among_simplified_ones_are_read(
    asker: Asker, question: str, plainly: str
) -> None:
    answer = asker.ask(question)
    assert answer.status == "answered"
    assert [(i.iri, i.value) for i in answer.answers] == [
        (i.iri, i.value) for i in asker.ask(plainly).answers
    ]


def test_names_that_a_name_begins_with_are_not_joined_before_another_kind(asker: Asker) -> None:
    assert asker.ask("领导包联+专班那套园区在哪里").status != "answered"


def test_two_such_words_are_understood_together(asker: Asker) -> None:
    answer = asker.ask("联顺治药项目总投姿多少")
    assert answer.answers == asker.ask("联顺制药项目总投资多少").answers
    assert answer.text.count("理解为") == 2


@pytest.mark.parametrize("question", ["万宝湖在那里", "王文力是那里人"])
def test_what_asks_nothing_as_it_is_written_is_not_answered_with_what_is_there(
    asker: Asker, question: str
) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    "question",
    [
        "七台河是四大煤城之一吗",
        "五大园区新签的项目签约额是多少",
        "赛马制由哪几个部分组成",
        "万宝湖那里有什么",
    ],
)
def test_what_is_written_right_is_taken_as_it_is_written(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.status == "answered"
    assert "理解为" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "七台河有哪些银杏",  # no 银行: a word of its own
        "七台河的航程是多少",  # no 行程
        "汪文力是谁",  # another family than 王文力
        "杨阳是世界冠军吗",  # somebody else than 杨扬
        "王蒙获得过几枚金牌",
        "六大园区由谁牵头",  # another number
        "七台河冬奥银牌有几枚",
    ],
)
def test_what_is_a_word_or_somebody_else_is_not_taken_for_what_sounds_like_it(
    asker: Asker, question: str
) -> None:
    answer = asker.ask(question)
    assert answer.status != "answered"
    assert "理解为" not in answer.text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("翔宇杭空项目总投资多少", "翔宇航空项目总投资多少"), ("谁迁头青龙港园区", "谁牵头青龙港园区")],
)
def test_a_made_up_city_is_understood_so_too(second_city: Asker, wrong: str, right: str) -> None:
    answer = second_city.ask(wrong)
    assert answer.status == "answered"
    assert answer.answers == second_city.ask(right).answers
    assert "理解为" in answer.text


def test_where_there_is_no_dictionary_nothing_is_a_word(tmp_path: Path) -> None:
    assert "银杏" not in Dictionary(tmp_path / "none.txt")
    (tmp_path / "some.txt").write_text("银行 3 n\n银杏 4 n\n", encoding="utf-8")
    assert "银杏" in Dictionary(tmp_path / "some.txt")
    assert "银" not in Dictionary(tmp_path / "some.txt")


@pytest.mark.parametrize(
    ("question", "expected", "right"),
    [
        ("创意设计下面都有哪些航业呢？", {"动漫设计", "绘画", "工艺流程设计"}, "行业"),
        ("数字经济下面都有哪些航业", {"数字政府", "智慧城市", "智慧园区", "智慧交通", "智慧城管"}, "行业"),
        (
            "七台河的发展规划里，哪几个跟冰雪经济没观系呀？",
            {"生物经济发展规划", "创意设计发展规划", "数字经济发展规划"},
            "关系",
        ),
        ("七台河有几各口袋公园", {"2"}, "几个"),
        (
            "生态治理的活儿，七台河已经玩成了哪些呀？",
            {"造林绿化", "治理矸石山", "修复矿山", "挥发性有机物治理"},
            "已经完成",
        ),
    ],
)
def test_common_words_that_sound_like_what_is_written(
    asker: Asker, question: str, expected: set[str], right: str
) -> None:
    answer = asker.ask(question)
    assert {item.label for item in answer.answers} == expected
    assert right in answer.text


@pytest.mark.parametrize("question", ["创意设计下面有哪些银杏", "七台河有哪些药业", "七台河有哪些旅业"])
def test_words_that_people_use_are_no_slips(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"
