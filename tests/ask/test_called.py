"""How many of some things an article calls by their names."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("省级招商活动签约的项目中，文章点了名的有几个？", 2),
        ("外出招商签约的项目里，文中写出名称的有几个？", 2),
        ("外出招商签约的17个项目中，文中点了名的有几个", 2),
        ("文章点了名的外出招商签约项目有几个", 2),
        ("外出招商签约的项目有几个写出了名字", 2),
        ("黑龙江四大煤城里，文章只点名了几座", 1),
        ("精品微旅游线路里，文章报出名字的有几条？", 1),
        ("口袋公园中点了名的有几个", 2),
    ],
)
def test_those_that_are_called_by_their_names_are_counted(asker: Asker, question: str, number: int) -> None:
    answer = asker.ask(question)
    assert [item.value for item in answer.answers] == [number]
    assert "COUNT" in answer.sparql


@pytest.mark.parametrize(
    "question",
    [
        "五大园区里点了名的有几个",  # none is
        "外出招商签约的21个项目中，文中点了名的有几个",  # there are not so many
        "省级招商活动总共签下多少个项目，包括没点名的？",
        "省级招商活动签约的项目中点了名的有几个是风电项目",
        "外出招商签约的项目里点了名又投产的有几个",
    ],
)
def test_what_else_is_asked_of_them_is_no_number_of_all(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("精品微旅游线路里，没写出名字的还有几条？", 4),
        ("5条精品微旅游线路中，还有几条没点名", 4),
        ("黑龙江省四大煤城中，没点名的有几个", 3),
        ("省级招商活动签约项目中，没写出名字的有几个", 2),
        ("外出招商签约项目里，没有点出名字的还有几个", 15),
        ("外出招商签约的项目中没点名的有几个", 15),
    ],
)
def test_those_that_are_not_called_by_name_are_what_is_left(asker: Asker, question: str, number: int) -> None:
    assert [item.value for item in asker.ask(question).answers] == [number]


def test_what_is_left_of_those_that_are_all_named_is_not_known(asker: Asker) -> None:
    assert asker.ask("七台河世界冠军里，没点名的有几位").status == "unknown"
