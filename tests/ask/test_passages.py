"""What is fetched before the first question is what a question would fetch itself."""

from itertools import product

import pyoxigraph as ox
import pytest

from citykg.ask.asking import Asker
from citykg.ask.facts.graph import Graph
from citykg.ask.facts.passages import Fact, Passages
from citykg.store import MemoryStore


@pytest.fixture
def graphs(asker: Asker) -> tuple[Graph, Graph]:
    """The shipped graph, fetched beforehand and not."""
    fetched = Graph(asker.store, asker.index)
    fetched.fetch()
    return fetched, Graph(asker.store, asker.index)


def test_the_passages_of_a_relation_are_the_same_when_all_passages_are_known(
    graphs: tuple[Graph, Graph],
) -> None:
    fetched, bare = graphs
    things = sorted(fetched.passages.things(next(iter(_passages(fetched)))))
    stated = {fact for passage in _passages(fetched) for fact in fetched.passages.stated(passage).facts}
    turned = {Fact(fact.object, fact.property, fact.subject) for fact in stated}
    facts = sorted(stated | turned, key=lambda f: (f.subject, f.property, f.object))
    bare.passages.fetch_stating(facts)
    found = {f: fetched.passages.stating(f.subject, (f.property,), f.object) for f in facts}
    assert found == {f: bare.passages.stating(f.subject, (f.property,), f.object) for f in facts}
    assert any(found.values())
    pairs = list(product(things, things))
    assert [fetched.passages.naming(*pair) for pair in pairs] == [
        bare.passages.naming(*pair) for pair in pairs
    ]


def test_relations_figures_and_times_are_the_same_when_they_are_fetched_at_once(
    graphs: tuple[Graph, Graph],
) -> None:
    fetched, bare = graphs
    for thing in sorted(fetched._index.types)[::7]:
        assert fetched.around(thing) == bare.around(thing)
        assert list(fetched.figures([thing])) == list(bare.figures([thing]))
        assert fetched.times(thing) == bare.times(thing)


def test_passages_are_told_in_the_order_of_their_articles(graphs: tuple[Graph, Graph]) -> None:
    fetched, bare = graphs
    passages = _passages(fetched)
    told = fetched.passages.places(reversed(passages))
    assert told == bare.passages.places(passages)
    assert [int(row["order"]) for row in told] == sorted(int(row["order"]) for row in told)


def test_a_passage_that_stands_in_no_paragraph_is_fetched_like_the_others() -> None:
    store = ox.Store()
    store.load(
        """
        @prefix city: <https://w3id.org/citykg/ontology#> .
        @prefix : <https://example.org/> .
        :passage a city:Passage .
        :m1 city:inPassage :passage ; city:mentions :river .
        :m2 city:inPassage :passage ; city:mentions :bridge .
        """,
        format=ox.RdfFormat.TURTLE,
    )
    passages = Passages(MemoryStore(store))
    passages.fetch()
    river, bridge = "https://example.org/river", "https://example.org/bridge"
    assert passages.naming(river, bridge) == ("https://example.org/passage",)


def _passages(graph: Graph) -> list[str]:
    return sorted(graph.passages._stated)
