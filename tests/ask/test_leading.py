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
    ],
)
def test_the_group_with_most_or_least_is_told(asker: Asker, question: str, expected: str) -> None:
    answer = asker.ask(question)
    assert [item.label for item in answer.answers] == [expected]
    found = list(rows(asker.store, answer.sparql))
    assert [row["group"] for row in found] == [item.iri for item in answer.answers]
    assert answer.evidence


@pytest.mark.parametrize(
    "question", ["哪个产业的企业最多", "哪个县的公园最多", "哪个省的城市最多", "哪些产业最多"]
)
def test_of_one_group_or_of_equal_ones_none_has_most(asker: Asker, question: str) -> None:
    assert asker.ask(question).status == "unknown"
