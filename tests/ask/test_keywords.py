"""Keywords as one types them into a search box."""

import pytest

from citykg.ask.asking import Asker


def labels(asker: Asker, question: str) -> set[str]:
    return {item.label for item in asker.ask(question).answers}


@pytest.mark.parametrize(
    "question",
    ["产业 按字号 数量", "产业数量 按字号", "按字号 产业数", "产业 按字号 个数", "产业按字号的数量"],
)
def test_keywords_group_by_a_bare_by(asker: Asker, question: str) -> None:
    found = {item.label: item.value for item in asker.ask(question).answers}
    assert found == {"新字号": 5, "老字号": 4, "原字号": 2}


@pytest.mark.parametrize("question", ["产业 按上级产业 数量", "每个上级产业各有几个产业"])
def test_the_noun_that_groups_says_the_relation_and_its_direction(asker: Asker, question: str) -> None:
    found = {item.label: item.value for item in asker.ask(question).answers}
    assert found == {"数字经济": 5, "传统产业": 4, "煤炭产业": 3, "创意设计": 3}


def test_people_are_counted_by_a_word_for_their_number(asker: Asker) -> None:
    assert {i.label: i.value for i in asker.ask("运动员 按出发地 人数").answers} == {"七台河市": 5}


@pytest.mark.parametrize("question", ["签约额 最高 项目", "项目 签约额 最高", "签约额最高的项目"])
def test_the_noun_beside_a_superlative_is_what_is_asked_for(asker: Asker, question: str) -> None:
    assert labels(asker, question) == {"一季度五大园区新签约项目"}


def test_a_figure_that_is_greatest_is_still_told_as_a_figure(asker: Asker) -> None:
    assert [item.value for item in asker.ask("最高的签约额").answers] == [16262000000]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("百凝盾冰雪装备项目 引进方", "七台河市"),
        ("创意设计发展规划 制定方", "七台河市"),
        ("王濛 出发地", "七台河市"),
        ("全省短道速滑锦标赛 东道主", "七台河市"),
        ("七台河市委书记 姓名", "王文力"),
        ("七台河市委书记的名字", "王文力"),
        ("民生实事 年份", "2022年"),
        ("民生实事的年份", "2022年"),
    ],
)
def test_the_last_keyword_names_what_is_asked_for(asker: Asker, question: str, expected: str) -> None:
    assert labels(asker, question) == {expected}


@pytest.mark.parametrize(
    "question",
    [
        "七台河 引进方",
        "创意设计 所属产业",
        "短道速滑赛事的举办地是什么",
        "王濛 姓名",
        "宝泰隆 名字",
        "五大园区 年份",
    ],
)
def test_what_a_relation_does_not_lead_to_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("煤化工企业 除了宝泰隆", {"吉伟", "隆鹏", "亿达信"}),
        ("地级市 不在黑龙江", {"江门市"}),
        ("公园 不在勃利县", {"宝泰隆嘉园口袋公园"}),
        ("不在黑龙江的城市", {"北京市", "上海市", "江门市"}),
        ("世界冠军 除王濛 杨扬", {"范可新", "孙琳琳", "张杰"}),
    ],
)
def test_keywords_leave_out_and_deny(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("冬奥 世界级 国家级 金牌 合计", 725),
        ("冬奥金牌 世界级金牌 国家级金牌 总计", 725),
        ("集中签约仪式 省级招商活动 签约额 合计", 15665000000),
    ],
)
def test_keywords_are_summed(asker: Asker, question: str, expected: float) -> None:
    assert [item.value for item in asker.ask(question).answers] == [expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2022 民生实事 件数", 24),
        ("重点项目年度计划投资 2023", 11592000000),
        ("2023重点项目 总投资 同比增幅", 49),
        ("2023 一季度 新签约项目 数量", 21),
    ],
)
def test_four_digits_apart_are_a_year(asker: Asker, question: str, expected: float) -> None:
    assert [item.value for item in asker.ask(question).answers] == [expected]


@pytest.mark.parametrize("question", ["重点项目 2022 总投资", "重点项目总投资超过 2000", "2030 七台河 金牌"])
def test_what_is_of_another_year_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize("question", ["规上民企 占比", "规上民营企业占比多大"])
def test_a_share_that_may_be_of_two_things_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "expected"),
    [("规上民企 产值占比", 74.7), ("规上民企 数量占比", 89.7), ("规上企业里民营企业的占比", 89.7)],
)
def test_a_share_whose_whole_is_said_is_answered(asker: Asker, question: str, expected: float) -> None:
    assert [item.value for item in asker.ask(question).answers] == [expected]


def test_who_goes_to_a_province_goes_to_none_of_its_cities_by_that(asker: Asker) -> None:
    assert labels(asker, "招商团队去了哪些城市") == {"北京市", "上海市"}
    assert labels(asker, "招商团队 外出 省市 一览") == {"北京市", "广东省", "江苏省", "上海市"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("冬奥金牌 世界级金牌 差", 170),
        ("世界级金牌 冬奥金牌 倍数", 25.29),
        ("联顺制药项目 重点项目 总投资 差", 43450000000),
    ],
)
def test_keywords_are_set_against_each_other(asker: Asker, question: str, expected: float) -> None:
    values = [item.value for item in asker.ask(question).answers]
    assert values == [pytest.approx(expected, rel=0.001)]


def test_figures_are_put_in_order_by_a_keyword(asker: Asker) -> None:
    values = [item.value for item in asker.ask("项目 总投资 排序").answers]
    assert values == [55450000000, 12000000000]


@pytest.mark.parametrize("question", ["赛事 按级别 数量", "政策 按年份 数量", "赛事 按级别有多少个"])
def test_one_number_is_no_answer_where_keywords_group(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_a_noun_in_a_claim_keeps_its_owner(asker: Asker) -> None:
    sectors = {"生物经济", "创意设计", "数字经济", "冰雪经济"}
    assert labels(asker, "七台河的发展规划为哪些产业服务") == sectors


@pytest.mark.parametrize(
    ("question", "expected"),
    [("招商团队 招商地 数量", 4), ("联顺制药项目 总投资 亿元", 12000000000), ("贷款余额 亿元", 34811000000)],
)
def test_the_last_keyword_says_how_a_figure_is_told(asker: Asker, question: str, expected: float) -> None:
    assert [item.value for item in asker.ask(question).answers] == [expected]


def test_the_names_of_a_kind_of_people_are_all_of_them(asker: Asker) -> None:
    assert labels(asker, "运动员 姓名") == {"范可新", "孙琳琳", "王濛", "杨扬", "张杰"}


@pytest.mark.parametrize("question", ["签约额 最高 活动", "哪场活动签约额最高", "装机容量最大的企业是哪家"])
def test_what_has_the_greatest_figure_is_of_the_kind_that_is_asked_for(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            "支持创意设计的政策 规划 汇总",
            {"创意设计发展规划", "配套政策", "《七台河市支持创意设计产业发展政策措施》"},
        ),
        ("原料药 基地定位 汇总", {"国家原料药生产基地", "黑龙江东部原料药生产示范基地"}),
        ("煤化工企业 汇总", {"宝泰隆", "吉伟", "隆鹏", "亿达信"}),
        ("园区赛马制 构成", {"月通报", "季排名", "年考评"}),
    ],
)
def test_what_is_compiled_is_listed_and_a_relation_is_asked_for(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


def test_figures_that_are_compiled_are_summed(asker: Asker) -> None:
    assert [item.value for item in asker.ask("冬奥金牌 世界级金牌 国家级金牌 汇总").answers] == [725]


@pytest.mark.parametrize(
    ("question", "expected"),
    [("引进方 联顺制药项目", "七台河市"), ("牵头方 五大园区", "市级领导"), ("出发地 王濛", "七台河市")],
)
def test_the_name_of_a_relation_may_stand_first(asker: Asker, question: str, expected: str) -> None:
    assert labels(asker, question) == {expected}


def test_the_greatest_mean_is_not_the_mean_of_all(asker: Asker) -> None:
    assert asker.ask("平均签约额 最高").status == "unknown"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("省级招商活动 参与方", {"七台河市"}),
        ("省级招商活动的参与方有哪些", {"七台河市"}),
        ("集中签约仪式的参加单位", {"全市开发区"}),
        ("赴外招商的参与者是哪些", {"招商团队"}),
        ("七台河的参与方", set()),  # what it takes part in is none
        ("短道速滑的参与方有哪些", set()),
        ("发展规划的制定方有哪些", set()),  # nor are the plans
    ],
)
def test_who_does_what_leads_to_a_thing_has_a_name_of_its_own(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("世界级金牌 国家级金牌 对比", [177, 541]),
        ("世界级金牌 国家级金牌 冬奥金牌 对比", [177, 541, 7]),
        ("哈尔滨 牡丹江 对比", []),
    ],
)
def test_keywords_that_set_figures_side_by_side_tell_each(
    asker: Asker, question: str, values: list[int]
) -> None:
    assert [item.value for item in asker.ask(question).answers] == values


@pytest.mark.parametrize("question", ["七台河 对口合作城市 所在省份", "七台河 对口合作城市 所在省"])
def test_keywords_may_lead_over_one_thing_to_another(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["广东省"]
    assert asker.ask("七台河 破产城市 所在省份").status != "answered"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("王文力 专访记者 供职单位", {"新华财经"}),
        ("开发区集中签约仪式 项目 签约渠道", {"线下", "线上"}),
        ("鲁班奖 入选项目 治理湖泊", {"桃山湖"}),
        ("七台河 对口合作城市 所在省", {"广东省"}),
        ("季排名 所属机制 组成部分", {"年考评", "月通报", "季排名"}),
    ],
)
def test_keywords_lead_on_from_one_thing_to_the_next(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    "question", ["王文力 专访记者 年龄", "鲁班奖 项目 投资额", "江门市 所在省 省会", "联顺制药项目 产业 字号"]
)
def test_keywords_lead_to_nothing_that_is_not_stated(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("传统产业 煤化工除外", {"食品", "家具", "机械"}),
        ("除煤化工 传统产业", {"食品", "家具", "机械"}),
        ("传统产业 煤化工和食品除外", {"家具", "机械"}),
        ("老字号 煤化工除外", {"食品", "家具", "机械"}),
        ("七台河 世界冠军 杨扬除外", {"范可新", "孙琳琳", "王濛", "张杰"}),
        ("世界冠军（杨扬除外）", {"范可新", "孙琳琳", "王濛", "张杰"}),
        ("宝泰隆以外 煤化工企业", {"吉伟", "隆鹏", "亿达信"}),
        ("赛马制 季排名除外", {"年考评", "月通报"}),
    ],
)
def test_what_keywords_leave_out_is_among_what_they_name(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize("question", ["世界冠军 七台河除外", "口袋公园 桃山湖除外", "数字经济 煤化工除外"])
def test_keywords_leave_nothing_out_that_is_not_among_them(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("直辖市 招商地", {"北京市", "上海市"}),
        ("招商地 省份", {"广东省", "江苏省"}),
        ("招商地 非直辖市", {"广东省", "江苏省"}),
        ("非直辖市 招商地", {"广东省", "江苏省"}),
        ("2022年 推进 数字基础设施", {"大数据平台", "政务外网", "数据归集"}),
        ("数字基础设施 推进 2022年", {"大数据平台", "政务外网", "数据归集"}),
        ("治理 湖泊", {"桃山湖"}),
        ("2023年 承办 赛事", {"黑龙江省第十五届运动会短道速滑项目", "2022-2023年度全省短道速滑锦标赛"}),
        ("培育 产业", {"数字经济"}),
        ("对口合作城市 所在省份", {"广东省"}),
        ("所在省份 对口合作城市", {"广东省"}),
        ("对口合作城市 省份", {"广东省"}),
        ("世界冠军 出发地", {"七台河市"}),
        ("短道速滑 赛事 举办方", {"七台河市"}),
        ("微旅游线路 推出方", {"七台河市"}),
        ("大数据平台 推进 年份", {"2022年"}),
        ("农药制剂项目 签约活动 举办地", {"北京市", "广东省", "江苏省", "上海市"}),
    ],
)
def test_keywords_may_name_no_thing(asker: Asker, question: str, expected: set[str]) -> None:
    assert labels(asker, question) == expected


def test_what_a_relation_leads_to_is_counted(asker: Asker) -> None:
    assert [item.value for item in asker.ask("招商地 数量").answers] == [4]


@pytest.mark.parametrize(
    "question",
    [
        "招商地 湖泊",
        "位置 商业街",  # the place of the street, or the street as a place
        "所在地 湖泊",
        "荣誉 运动员",
        "对口合作城市 湖泊",
        "招商地 所在国家",
        "园区 牵头领导 人数",
    ],
)
def test_keywords_that_may_be_read_in_two_ways_are_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize("question", ["省级招商活动 签约额 项目数", "项目数 省级招商活动 签约额"])
def test_keywords_for_two_figures_are_told_both(asker: Asker, question: str) -> None:
    assert {item.value for item in asker.ask(question).answers} == {3430000000, 4}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("年度投资超1000万元重点项目 个数", [130]),
        ("五大园区 续建项目 个数", [28]),
        ("规上民企 企业数占比 产值占比 相差百分点", [15]),
        ("国家级金牌 世界级金牌 相差枚数", [364]),
        ("七台河 金牌 冬奥+世界级+国家级 合计", [725]),
        ("规上民企 产值占比 企业数占比", [74.7, 89.7]),
        ("企业数占比 产值占比 规上民企", [89.7, 74.7]),
        ("造林绿化面积 治理矸石山处数", [8719.2, 136]),
        ("重点项目 总投资增长率 项目数增长率 相差", [38]),
    ],
)
def test_every_figure_among_keywords_is_accounted_for(
    asker: Asker, question: str, expected: list[float]
) -> None:
    assert [item.value for item in asker.ask(question).answers] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("联顺制药项目 总投资 地点", {"120亿元", "七台河市"}),
        ("联顺制药项目 地点 总投资", {"120亿元", "七台河市"}),
        ("赴外招商 次数 省份", {"15次", "广东省", "江苏省"}),
    ],
)
def test_keywords_that_ask_several_things_are_answered_by_all(
    asker: Asker, question: str, expected: set[str]
) -> None:
    assert labels(asker, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "贷款增速 全省第1位 连续月数",
        "签约额 超100亿元 各批项目 金额",
        "签约额 最高 项目 个数",
        "联顺制药项目 总投资 签约额",
        "民企 产值占比 增长率",
        "矿山 修复面积 个数",
        "集中签约仪式 时间 地点",
        "造林绿化面积 修复矿山面积 合计",
        "各批项目 项目个数 前三名",
    ],
)
def test_an_answer_that_leaves_a_keyword_over_is_none(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    values = {item.value for item in answer.answers}
    right = {
        "贷款增速 全省第1位 连续月数": {16},
        "签约额 超100亿元 各批项目 金额": {12235000000, 16262000000},
    }
    assert answer.status != "answered" or values == right.get(question)


def test_an_exception_ends_at_a_blank(asker: Asker) -> None:
    assert labels(asker, "七台河 新建口袋公园 勃利县以外") == {"宝泰隆嘉园口袋公园"}


def test_the_first_few_among_keywords(asker: Asker) -> None:
    found = {"年度投资超1000万元的重点项目", "一季度五大园区续建项目"}
    assert labels(asker, "各批项目 项目个数 前两名") == found
