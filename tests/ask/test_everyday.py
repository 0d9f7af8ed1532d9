"""Everyday ways to ask: of one of several, from where, of what aspect, about how many there were."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("一个园区配几位市领导", 1),
        ("五大园区一个园区配几位领导", 1),
        ("五大园区各有多少市级领导负责牵头", 1),
        ("五大园区各配几名市级领导", 1),
        ("集中签约仪式上单个项目平均签约额是多少", 12_235_000_000 / 21),
        ("省级招商活动平均每个项目签约多少", 3_430_000_000 / 4),
        ("去年大概有多少个重点项目", 117),
        ("去年的重点项目大约有多少个", 117),
        ("全省一共几个地市", 13),
        ("黑龙江下面有几个市地", 13),
        ("黑龙江的大煤城有几座", 4),
        ("去年给老百姓办了几件实事", 24),
        ("矿山恢复了多大面积", 1892),
        ("全市植树造林总面积", 8719.2),
    ],
)
def test_a_figure_is_asked_for_in_everyday_words(asker: Asker, question: str, value: float) -> None:
    (item,) = asker.ask(question).answers
    assert item.value is not None
    assert float(item.value) == pytest.approx(value, rel=0.005)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("精品微旅游线路是哪里推出的", {"七台河市"}),
        ("发展规划是哪里出台的", {"七台河市"}),
        ("环境方面七台河做完了哪些活", {"造林绿化", "治理矸石山", "修复矿山", "挥发性有机物治理"}),
        ("环境方面，七台河完成了哪些工作", {"造林绿化", "治理矸石山", "修复矿山", "挥发性有机物治理"}),
        ("数字方面七台河出台了哪些规划", {"数字经济发展规划"}),
        ("产业园区的定位目标", {"招商引资的主战场", "产业发展的主阵地"}),
        ("跟联顺制药项目同一批建成投产的还有哪个项目", {"中瑯生物项目"}),
        ("跟宝泰隆一样实现数字化生产的还有哪些企业", {"吉伟", "隆鹏", "亿达信"}),
        ("跟王濛一样是世界冠军的还有谁", {"范可新", "孙琳琳", "杨扬", "张杰"}),
        ("实现数字化生产的那几家企业属于什么产业", {"煤化工"}),
        ("出去招商跑了哪些地方", {"北京市", "广东省", "江苏省", "上海市"}),
        ("签约额最大的一批项目是哪批", {"一季度五大园区新签约项目"}),
        ("哪一批项目签得最多", {"一季度五大园区新签约项目"}),
        ("七台河是从哪种经济转出来的", {"资源型经济"}),
        ("七台河是从哪种经济转型的", {"资源型经济"}),
        ("跟七台河结对的城市归哪个省", {"广东省"}),
        ("在众创空间能得到哪些支持", {"良好服务", "工作场所"}),
        ("创意人士能得到哪个地方的支持", {"“数字经济·创意设计众创”空间"}),
        ("用哪个词形容民企的地位", {"半壁江山"}),
        ("月通报是哪个机制的一部分", {"赛马制"}),
    ],
)
def test_things_are_asked_for_in_everyday_words(asker: Asker, question: str, labels: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    "question",
    [
        "百凝盾是打哪儿引进的",  # from where it came, and not who brought it in
        "文化方面七台河办了哪些活动",
        "教育方面七台河做了哪些工作",
        "前年大概有多少个重点项目",
        "去年大概投了多少",  # of what is not said
        "单个企业平均产值是多少",
        "七台河有几座煤城",  # its gangue hills are counted
        "黑龙江有哪些煤城",  # not all that lies there
        "市地有哪些",  # not where they lie
        "四大煤城有哪些",
        "跟七台河同一批的还有哪些城市",
    ],
)
def test_what_only_sounds_like_it_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status in ("unknown", "ambiguous")
