"""The catalog: what is counted is there, and nothing changes from run to run."""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.build import build
from citykg.catalog import DATASET, WithCatalog, catalog_triples
from citykg.export import CATALOG, Graphs, StoreSource, export, format_named
from citykg.export.opening import open_source
from citykg.export.sources import Source
from citykg.project import Project

VOID = "http://rdfs.org/ns/void#"


@pytest.fixture
def source(small_project: Project) -> Source:
    build(small_project)
    return open_source(small_project)


@pytest.fixture
def catalog(source: Source, small_project: Project) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in catalog_triples(source, small_project))
    return store


def _values(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    return [tuple(term.value for term in row) for row in store.query(query)]  # type: ignore[union-attr]


def test_it_is_the_same_each_time_and_has_no_blank_node(source: Source, small_project: Project) -> None:
    first, second = (catalog_triples(source, small_project) for _ in range(2))
    assert sorted(map(str, first)) == sorted(map(str, second))
    assert not any(isinstance(term, ox.BlankNode) for triple in first for term in triple)
    assert len(first) == len(set(first))


def test_class_partitions_count_what_is_there_and_name_one(catalog: ox.Store, source: Source) -> None:
    assert isinstance(source, StoreSource)
    rows = _values(
        catalog,
        f"SELECT ?c ?n ?e {{ <{DATASET}> <{VOID}classPartition> ?p . "
        f"?p <{VOID}class> ?c ; <{VOID}entities> ?n ; <{VOID}exampleResource> ?e }}",
    )
    assert rows
    for cls, number, example in rows:
        ((counted,),) = _values(
            source.store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{cls}> FILTER(isIRI(?s)) }}"
        )
        assert counted == number
        assert source.store.query(f"ASK {{ <{example}> a <{cls}> }}")


def test_property_partitions_count_triples(catalog: ox.Store, source: Source) -> None:
    assert isinstance(source, StoreSource)
    query = f"SELECT ?q ?n {{ ?p <{VOID}property> ?q ; <{VOID}triples> ?n }}"
    total = sum(int(number) for _, number in _values(catalog, query))
    assert total == sum(1 for _ in source.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def test_the_checksum_is_that_of_the_export(catalog: ox.Store, source: Source, tmp_path: Path) -> None:
    export(source, tmp_path / "graph.nq", form=format_named("nquads"), prefixes={})
    ((value,),) = _values(catalog, "SELECT ?v { ?c <http://spdx.org/rdf/terms#checksumValue> ?v }")
    assert value == hashlib.sha256((tmp_path / "graph.nq").read_bytes()).hexdigest()


def test_stored_queries_are_examples_that_run(catalog: ox.Store, source: Source) -> None:
    assert isinstance(source, StoreSource)
    texts = _values(catalog, "SELECT ?t { ?q <http://www.w3.org/ns/shacl#select> ?t }")
    assert texts
    for (text,) in texts:
        list(source.store.query(text))  # type: ignore[call-overload]


def test_a_store_without_a_catalog_is_exported_with_one(
    source: Source, small_project: Project, tmp_path: Path
) -> None:
    with_catalog = WithCatalog(source, small_project)
    assert CATALOG in with_catalog.graphs()
    target = tmp_path / "catalog.nt"
    export(with_catalog, target, form=format_named("ntriples"), prefixes={}, selection=Graphs(["catalog"]))
    assert len(target.read_text().splitlines()) == len(set(catalog_triples(source, small_project)))
