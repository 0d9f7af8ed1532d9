"""Questions that say first what is not so: 与其说…，不如说…; 不是…，而是…."""

import pytest

from citykg.ask.asking import Asker


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("与其说煤城在守着资源型经济，不如说它正转向哪一种经济？", {"多元经济"}),
        ("与其说七台河守着煤，倒不如说它在转向什么经济", {"多元经济"}),
        ("七台河不是守着资源型经济，而是转向哪种经济", {"多元经济"}),
        ("七台河不再靠资源型经济，而是转向什么经济", {"多元经济"}),
        ("七台河要转向的不是资源型经济，而是什么经济", {"多元经济"}),
        ("集中签约仪式的主办方不是江门市，而是哪座城市", {"七台河市"}),
        ("入选鲁班奖的不是口袋公园，而是哪个项目", {"桃山湖生态环保水利综合治理项目"}),
        ("七台河不是转向多元经济，而是转向什么经济", set()),
        ("七台河不是煤城，而是什么", set()),
        ("不是煤城，而是什么", set()),
        ("与其看签约额，不如说签了几个项目", set()),
    ],
)
def test_what_is_so_instead_is_asked_for(asker: Asker, question: str, expected: set[str]) -> None:
    assert {item.label for item in asker.ask(question).answers} == expected
