"""The measure itself: what counts as right, and gold that the graph does not bear out."""

from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from citykg.ask.asking import Asker


def answered(*values: float, iris: tuple[str, ...] = ()) -> Any:
    items = [SimpleNamespace(value=v, iri=None, label=str(v)) for v in values]
    items += [SimpleNamespace(value=None, iri=iri, label=iri) for iri in iris]
    return SimpleNamespace(status="answered", answers=items)


def test_a_list_is_right_when_whole_and_nothing_else_is_in_it(measure: ModuleType) -> None:
    gold = ("things", ["a", "b"])
    assert measure.is_right({}, gold, answered(iris=("b", "a")))
    assert not measure.is_right({}, gold, answered(iris=("a",)))
    assert not measure.is_right({}, gold, answered(iris=("a", "b", "c")))


def test_order_counts_where_it_is_asked_for(measure: ModuleType) -> None:
    for gold, found in (
        (("things", ["a", "b"]), answered(iris=("b", "a"))),
        (("values", [1, 2]), answered(2, 1)),
    ):
        assert measure.is_right({}, gold, found)
        assert not measure.is_right({"ordered": True}, gold, found)


def test_only_what_is_told_rounded_may_be_a_little_off(measure: ModuleType) -> None:
    gold = ("values", [25.2857])
    assert measure.is_right({"rounded": True}, gold, answered(25.29))
    assert not measure.is_right({"rounded": True}, gold, answered(25.5))
    assert not measure.is_right({}, gold, answered(25.29))


def test_every_figure_of_several_is_needed(measure: ModuleType) -> None:
    gold = ("values", [7.0, 177.0])
    assert measure.is_right({}, gold, answered(177.0, 7.0))
    assert not measure.is_right({}, gold, answered(7.0))
    assert not measure.is_right({}, gold, answered(7.0, iris=("a",)))


def test_each_group_is_needed_with_its_own_figure(measure: ModuleType) -> None:
    gold = ("groups", [("a", 5.0), ("b", 4.0)])

    def groups(*pairs: tuple[str, int]) -> Any:
        items = [SimpleNamespace(value=value, iri=iri, label=iri) for iri, value in pairs]
        return SimpleNamespace(status="answered", answers=items)

    assert measure.is_right({}, gold, groups(("b", 4), ("a", 5)))
    assert not measure.is_right({"ordered": True}, gold, groups(("b", 4), ("a", 5)))
    assert not measure.is_right({}, gold, groups(("b", 5), ("a", 4)))
    assert not measure.is_right({}, gold, groups(("a", 5)))
    assert not measure.is_right({}, gold, answered(5, 4))


def test_what_is_not_to_be_answered_is_right_only_unanswered(measure: ModuleType) -> None:
    unknown = SimpleNamespace(status="unknown", answers=[])
    assert measure.is_right({}, ("refusal", None), unknown)
    assert not measure.is_right({}, ("refusal", None), answered(7.0))
    assert not measure.is_right({}, ("values", [7.0]), unknown)


@pytest.mark.parametrize(
    "entry",
    [
        {"sparql": "ASK { place:qitaihe a city:Province }"},
        {"sparql": "ASK { place:qitaihe a city:PrefectureLevelCity }", "no": True},
        {"sparql": "SELECT ?x { ?x a city:Volcano }"},
    ],
)
def test_gold_that_the_graph_does_not_bear_out_is_refused(
    measure: ModuleType, asker: Asker, entry: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"gold|graph"):
        measure.gold(entry, asker)
