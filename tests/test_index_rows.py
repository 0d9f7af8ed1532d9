"""The rows that indexes are made of, after a change and from scratch."""

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from citykg.ask.words.indexing import build
from citykg.index_rows import IndexedStore, IndexRows, hanging_on
from citykg.manifest import store_folder
from citykg.store import EmbeddedStore

PREFIXES = """
PREFIX city: <https://w3id.org/citykg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX graph: <https://w3id.org/citykg/graph/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ex: <http://example.org/>
"""
STATEMENTS = [
    'ex:dock rdfs:label "埠头市"@zh',
    'ex:dock rdfs:label "Dock"@en',
    'ex:dock skos:altLabel "埠头"@zh',
    'ex:pier rdfs:label "码头公园"@zh',
    'ex:pier skos:prefLabel "公园"@zh',
    'ex:pier skos:definition "供人散步"@zh',
    "ex:dock a city:City",
    "ex:pier a city:Park",
    "ex:pier a city:City",
    "city:City a owl:Class",
    "city:Park a owl:Class",
    "city:Park a city:Indicator",
    "ex:m1 city:mentions ex:dock",
    "ex:m1 city:mentions ex:pier",
    "ex:m2 city:mentions ex:pier",
    'ex:m1 city:asStated "埠头"',
    'ex:m2 city:asStated "公园里"',
    "ex:m1 city:inPassage ex:p1",
    "ex:m1 city:inPassage ex:p2",
    "ex:m2 city:inPassage ex:p2",
    "ex:p1 city:ofArticle ex:a1",
    "ex:p2 city:ofArticle ex:a1",
    "ex:p2 city:ofArticle ex:a2",
    "ex:m1 a city:EvidenceNode",
    "ex:m1 city:about ex:dock",
    "ex:m1 city:about ex:pier",
    "ex:m1 city:indicator ex:number",
    "ex:m1 city:indicator ex:length",
]
states = st.frozensets(st.sampled_from(STATEMENTS))


def store_of(state: frozenset[str]) -> ox.Store:
    """A store with statements in the default graph and in that of the things."""
    store = ox.Store()
    said = "".join(f"{statement} . " for statement in sorted(state))
    store.update(f"{PREFIXES} INSERT DATA {{ {said} GRAPH graph:entities {{ {said} }} }}")
    return store


@given(st.lists(states, min_size=2, max_size=4))
def test_changed_rows_are_those_of_the_store_from_scratch(steps: list[frozenset[str]]) -> None:
    before = store_of(steps[0])
    kept = IndexRows.of(before)
    for state in steps[1:]:
        after = store_of(state)
        nodes = {
            quad.subject.value for quad in {*before} ^ {*after} if isinstance(quad.subject, ox.NamedNode)
        }
        kept = kept.changed(after, nodes | hanging_on(nodes, before) | hanging_on(nodes, after))
        assert kept == IndexRows.of(after)
        before = after


def test_rows_are_read_back_as_they_were_and_the_index_made_of_them_is_that_of_the_store(
    shipped_build: Path, tmp_path: Path
) -> None:
    store = EmbeddedStore(store_folder(shipped_build))
    kept = IndexRows.of(store.graph)
    kept.write(tmp_path)
    read = IndexRows.read(tmp_path)
    assert read == kept
    assert read is not None
    assert build(IndexedStore(store.graph, read)) == build(store)


def test_without_kept_rows_there_are_none(tmp_path: Path) -> None:
    assert IndexRows.read(tmp_path) is None
