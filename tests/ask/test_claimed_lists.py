"""Claims of several that are named: with their number and kind, with both or with whichever."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    "question",
    [
        "集中签约仪式上，是不是线上线下两种方式都用到了？",
        "集中签约仪式用了线上和线下两种方式吗",
        "赴外招商江苏、广东两个省都去了吗",
        "江苏、广东这两个省赴外招商都去了吗",
        "王濛、杨扬两位运动员都是世界冠军吗",
        "双叶家具、勃农机械两家企业都扩展了数字化应用吗",
        "宝泰隆、隆鹏、吉伟三家企业都是煤化工企业吧",
        "听说王濛也好、范可新也好，都是从七台河滑出去的，真是这样吗？",
        "无论是王濛还是范可新，都是从七台河出发的吗",
        "不论是双叶家具还是勃农机械，都扩展了数字化应用吧",
    ],
)
def test_what_is_claimed_of_several_is_told(asker: Asker, question: str) -> None:
    assert [item.label for item in asker.ask(question).answers] == ["是"]


@pytest.mark.parametrize(
    "question",
    [
        "赴外招商江苏、黑龙江两个省都去了吗",
        "王濛、杨扬两位书记都是世界冠军吗",
        "王濛、杨扬三位运动员都是世界冠军吗",
        "双叶家具、宝泰隆两家企业都扩展了数字化应用吗",
        "无论是王濛还是范可新，都是哈尔滨人吗",
    ],
)
def test_what_is_not_told_of_every_one_that_is_named_is_not_known(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
