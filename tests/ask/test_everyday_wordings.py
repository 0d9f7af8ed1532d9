"""Everyday wordings of relations that the graph has, and what sounds like them and is not there."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("煤炭采掘业现在处境咋样?", "空间受到挤压"),
        ("煤城要由什么经济转变为多元经济?", "资源型经济"),
        ("七台河从什么经济转型成多元经济", "资源型经济"),
        ("桃山湖那个水利治理项目评上了什么奖", "国家建设工程鲁班奖"),
        ("访谈里出现的党的官员是谁", "王文力"),
        ("这篇访谈的受访者是谁", "王文力"),
        ("新华财经这篇访谈的受访者现在担任什么职务？", "七台河市委书记"),
        ("七台河的称号中哪个是以中国为范围的", "焦煤生产基地"),
        ("哪个称号以黑龙江省为范围", "黑龙江省煤化工产业排头兵"),
        ("材料里有哪些党的官员", "王文力"),
        ("文中出现了哪位党的领导人员", "王文力"),
        ("亿达信在哪个省做生意", "黑龙江省"),
        ("冬奥会上七台河选手夺了多少金", "7枚"),
        ("七台河到外地招商总共去了多少次？", "15次"),
    ],
)
def test_everyday_wordings_are_understood(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("不知道七台河打算跟省内哪几个城市加强协作?", {"哈尔滨市", "牡丹江市"}),
        ("产业转型决定着什么问题?", {"当前发展", "长期生存"}),
        ("产业转型决定了哪些问题", {"当前发展", "长期生存"}),
        ("哪些产业要搞智能化改造", {"煤化工", "食品", "家具", "机械", "传统产业"}),
        ("劳驾，数字化应用还在往大了扩的企业是哪几家", {"勃农机械", "联顺制药", "升华医疗", "双叶家具"}),
        ("哪些行当的发展空间被越挤越小了", {"煤炭采掘", "煤炭加工业"}),
        ("老听人说“老原新”，到底是哪三个字号", {"老字号", "原字号", "新字号"}),
        ("哪些企业是干煤化工这一行的", {"宝泰隆", "吉伟", "隆鹏", "亿达信"}),
        ("风电这一行有哪些项目", {"25万千瓦风电配套绿色旅游示范项目", "20万千瓦风力发电项目"}),
        ("哪个项目风电和绿色旅游两头都占", {"25万千瓦风电配套绿色旅游示范项目"}),
        ("“半壁江山”这话夸的是谁", {"民营企业"}),
        ("“半壁江山”这个说法用来形容谁？", {"民营企业"}),
        ("访谈中认为哪些事项对经济发展至关重要？", {"产业园区", "招商引资"}),
        ("市里想让老百姓拥有哪几种“感”？", {"安全感", "获得感", "幸福感"}),
        ("七台河承办的那些赛事比的是什么运动？", {"短道速滑"}),
        ("在万宝创意设计产业园里生根开花的是什么？", {"产业资本"}),
        ("七台河急需培育什么？", {"新产业", "新业态"}),
        ("五大园区新签约项目是哪个时期签的？", {"2023年1月至3月"}),
        ("大森林口袋公园算是在七台河的地界上吗？", {"是"}),
        (
            "市里一共出了哪几个发展规划",
            {"冰雪经济发展规划", "创意设计发展规划", "数字经济发展规划", "生物经济发展规划"},
        ),
        ("招商团队去的地方里，刨去北京上海还剩哪些", {"广东省", "江苏省"}),
        ("抛开北京，招商团队还去过哪些地方", {"广东省", "江苏省", "上海市"}),
        ("出省招商去了哪些地方", {"北京市", "广东省", "江苏省", "上海市"}),
    ],
)
def test_words_of_little_content_do_not_stand_in_the_way(
    asker: Asker, question: str, labels: set[str]
) -> None:
    assert {item.label for item in asker.ask(question).answers} == labels


@pytest.mark.parametrize(
    "question",
    [
        "七台河有什么问题",
        "亿达信在哪个省做善事",
        "煤炭采掘的发展空间是什么",
        "产业转型有什么问题",
        "人民日报这篇访谈的受访者是谁",
        "桃山湖项目评上了什么职称",
        "市委书记把招商引资当作儿戏吗",
        "这行有哪些企业",
        "干这行的有哪些企业",
        "哪家企业的利润越来越窄",
        "哪些企业还在往外扩产能",
        "矸石山治理是不是全省头一个弄完的",
    ],
)
def test_what_only_sounds_like_them_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"


@pytest.mark.parametrize(
    "question", ["这篇报道是几月几号几点发布的?", "这篇报道几点发布的", "这篇访谈发布于几点钟"]
)
def test_the_hour_is_told_where_it_is_asked_for(asker: Asker, question: str) -> None:
    assert asker.ask(question).text == "2023年5月17日11时09分"


@pytest.mark.parametrize(
    "question", ["集中签约仪式几点开始", "桃山湖项目是几点入选的", "条例是几点出台的", "访谈提出几点意见"]
)
def test_a_date_is_no_hour(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


def test_a_question_for_the_day_is_not_told_the_hour(asker: Asker) -> None:
    assert asker.ask("这篇报道是哪天发布的").text == "2023年5月17日"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("贷款余额增速连着几个月稳居全省首位?", "16个月"),
        ("书记打比方说产业园区是经济工作的什么?", "牛鼻子"),
        ("按王文力的说法,决定城市长期生存的是什么?", "产业转型"),
        ("照书记的说法,什么决定着城市的长期生存?", "产业转型"),
        ("赛马制的几个环节里,每月做一次的是哪个?", "月通报"),
        ("世界级、国家级两类金牌加在一块儿有多少枚?", "718枚"),
        ("省十五运会的短道速滑项目放在哪座城市办的?", "七台河市"),
        ("从行业来看,哪个具体项目该归进新字号?", "百凝盾冰雪装备项目"),
        ("哪个产业同时出现在老字号和原字号两边?", "煤化工"),
        ("哪项治理是七台河在全省率先完成的?", "挥发性有机物治理"),
        ("动漫设计、绘画、工艺流程设计同属哪个产业?", "创意设计"),
        ("动漫设计、绘画和工艺流程设计同属哪个上级产业?", "创意设计"),
        ("动漫设计和绘画同属哪个上级产业?", "创意设计"),
        ("万宝创意设计产业园和创意设计商业街都是七台河打造的,没错吧?", "是"),
        ("已签约的各批项目里,没报签约额的是哪一批?", "外出招商签约项目"),
    ],
)
def test_words_of_a_newsroom_are_understood(asker: Asker, question: str, label: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == [label]


@pytest.mark.parametrize(
    "question",
    [
        "照记者的说法,什么决定城市的长期生存",
        "贷款余额增速稳居全国第一吗",
        "赛马制每季度做两次的是哪个",
        "哪个产业同时出现在老字号和新字号两边",
        "动漫设计、绘画和煤化工同属哪个产业",
        "哪项治理是七台河在全国率先完成的",
        "一家企业拿到执照几年了",
        "万宝创意设计产业园和创意设计商业街都是牡丹江打造的,没错吧?",
    ],
)
def test_what_a_newsroom_asks_beyond_the_graph_is_not_answered(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("外出招商签了几单", "17个"),
        ("全市开发区的签约仪式上有多少个项目落笔", "21个"),
        ("集中签约仪式的合同总额", "122.35亿元"),
        ("五大园区开年头一个季度新签约金额", "162.62亿元"),
        ("今年前三个月五大园区新签约多少亿", "162.62亿元"),
        ("一季度五大园区新签约项目多少亿", "162.62亿元"),
        ("冬奥金牌到手几枚", "7枚"),
        ("冬奥会上七台河摘了多少金", "7枚"),
        ("世界级的金牌七台河夺了几块", "177枚"),
        ("矿山恢复了多大面积", "1892公顷"),
        ("七台河栽了多少亩树", "8719.2亩"),
        ("重点项目今年计划完成多少投资", "115.92亿元"),
        ("重点项目今年的投资计划比去年高了百分之几", "52%"),
        ("一年至少投多少钱能列进重点项目", "超过1000万元"),
        ("重点项目的年投资起点是多少万", "超过1000万元"),
        ("银行那边贷款余额现在多少亿", "348.11亿元"),
        ("贷款增速排名蝉联了多少个月", "16个月"),
        ("现有规上企业数", "117户"),
        ("包联覆盖了几千家企业", "8497户"),
        ("规上工业产值里民企贡献了百分之几", "74.7%"),
        ("规上企业里百分之几是民企", "89.7%"),
        ("微旅游有多少条线路", "5条"),
        ("冬奥冠军城那条旅游线路是几日游", "1天"),
    ],
)
def test_figures_are_asked_for_by_what_people_say_of_them(asker: Asker, question: str, told: str) -> None:
    assert asker.ask(question).text.startswith(told)


@pytest.mark.parametrize(
    "question",
    [
        "冬奥银牌到手几枚",
        "哈尔滨冬奥会上摘了多少金",
        "外出招商签约项目多少亿",
        "精品微旅游线路多少亿",
        "民企里百分之几是规上企业",
        "规上企业里百分之几是国企",
        "重点项目今年实际完成多少投资",
        "七台河恢复了多少公顷湿地",
        "银行存款余额多少",
        "联顺制药项目的投资起点是多少",
    ],
)
def test_what_sounds_like_a_figure_of_the_graph_is_not_told(asker: Asker, question: str) -> None:
    assert asker.ask(question).status != "answered"
