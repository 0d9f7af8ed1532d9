"""The group that has most, or least, of something."""

import pytest

from citykg.ask.asking import Asker
from citykg.store import rows


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("哪个字号的产业最多", "新字号"),
        ("产业最多的字号", "新字号"),
        ("产业 最多 字号", "新字号"),
        ("七台河哪个字号的产业最少", "原字号"),
        ("哪个制定方出台的政策最多", "七台河市"),
        ("哪场活动签下的项目最多", "全市开发区招商项目集中签约仪式"),
        ("论签下的项目个数，哪场活动拔得头筹？", "全市开发区招商项目集中签约仪式"),
        ("签约项目最多的是哪场活动", "全市开发区招商项目集中签约仪式"),
        ("签的项目数垫底的是哪次活动", "省级招商活动"),
        ("哪场活动签下的项目签约额最高", "全市开发区招商项目集中签约仪式"),
    ],
)
def test_the_group_with_most_or_least_is_told(asker: Asker, question: str, expected: str) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == [expected]
    found = list(rows(asker.store, answer.sparql))
    assert [row["group"] for row in found] == [item.iri for item in answer.answers]
    assert answer.evidence


@pytest.mark.parametrize(
    "question",
    [
        "哪个产业的企业最多",
        "哪个县的公园最多",
        "哪个省的城市最多",
        "哪些产业最多",
        "哪家企业引进的项目最多",
        "哪个部门签下的项目最多",
    ],
)
def test_of_one_group_or_of_equal_ones_none_has_most(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
