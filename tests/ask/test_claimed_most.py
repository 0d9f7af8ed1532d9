"""What is claimed to have most or least is held against all of its kind in order."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("签约额最高的是省级招商活动签约项目吗", "否"),
        ("签约额最高的难道是省级招商活动签约项目", "否"),
        ("签约额最高的一批是五大园区新签约项目，对吗", "是"),
        ("项目数最少的是省级招商活动签约项目，没错吧", "是"),
        ("装机容量最大的是20万千瓦风力发电项目吗", "否"),
        ("20万千瓦风力发电项目的装机容量最小吗", "是"),
        ("省级招商活动签下的那批项目，签约额是所有批次里最高的，对吗", "否"),
        ("省级招商活动上签约的那批项目，项目数是最少的吧", "是"),
    ],
)
def test_what_is_claimed_to_be_first_is_held_against_all(asker: Asker, question: str, label: str) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == [label]
    assert "、" in answer.text  # the order is told


@pytest.mark.parametrize(
    "question",
    [
        "七台河的冬奥金牌最多吗",  # of no other city it is told
        "联顺制药项目的总投资最高吗",  # all others with a figure are groups
        "省级招商活动签约项目是企业里签约额最高的吗",
        "外出招商签下的那批项目，签约额最高吗",  # without a figure
        "省级招商活动签约项目的用工人数最多吗",
    ],
)
def test_what_cannot_be_told_to_be_first_is_not_known(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
