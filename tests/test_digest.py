"""The digest of a dataset: of its statements only, and carried over changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from citykg.digest import ContentDigest, has_blank_node

names = st.sampled_from([NamedNode(f"urn:{letter}") for letter in "abcd"])
blank = st.sampled_from([BlankNode(f"n{number}") for number in range(3)])
values = st.sampled_from([Literal("_:x"), Literal("a\nb"), Literal("山", language="zh"), Literal(1)])
graphs = st.one_of(names, st.just(DefaultGraph()))
named = st.builds(Quad, names, names, st.one_of(names, values), graphs)
mixed = st.builds(Quad, st.one_of(names, blank), names, st.one_of(names, values, blank), graphs)


def digest(quads: set[Quad]) -> ContentDigest:
    store = Store()
    store.extend(quads)
    return ContentDigest.of(store)


@given(st.sets(mixed), st.sets(mixed))
def test_a_digest_is_carried_over_a_change_to_what_it_is_from_scratch(
    before: set[Quad], after: set[Quad]
) -> None:
    def without_blank(quads: set[Quad]) -> list[Quad]:
        return [quad for quad in quads if not has_blank_node(quad)]

    found = digest(before).changed(
        removed=without_blank(before - after),
        added=without_blank(after - before),
        blank=filter(has_blank_node, after),
    )
    assert found == digest(after)
    assert (found.hexadecimal == digest(before).hexadecimal) is (digest(before) == digest(after))


@given(st.sets(named), st.sets(named))
def test_datasets_without_blank_nodes_have_one_digest_exactly_when_they_are_equal(
    one: set[Quad], other: set[Quad]
) -> None:
    assert (digest(one).hexadecimal == digest(other).hexadecimal) is (one == other)


@pytest.mark.parametrize("text", ["山" * 20_000, "a\n" * 20_000, "_:x " * 20_000])
def test_a_line_that_is_written_in_many_pieces_is_one_line(text: str) -> None:
    long, short = (Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(t)) for t in (text, "z"))
    assert digest({long, short}) == digest({short}).changed(removed=[], added=[long])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({("x", "a", "y")}, {("y", "a", "z")}, True),
        ({("x", "a", "y")}, {("x", "a", "x")}, False),
        ({("x", "a", "y"), ("y", "a", "x")}, {("x", "a", "x"), ("y", "a", "y")}, False),
    ],
)
def test_blank_nodes_count_by_what_is_said_of_them(
    one: set[tuple[str, str, str]], other: set[tuple[str, str, str]], same: bool
) -> None:
    found = [
        digest({Quad(BlankNode(s), NamedNode(f"urn:{p}"), BlankNode(o)) for s, p, o in triples}).hexadecimal
        for triples in (one, other)
    ]
    assert (found[0] == found[1]) is same
