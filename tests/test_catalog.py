"""The catalog: what is counted is there, and nothing changes from run to run."""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.build import build
from citykg.catalog import DATASET, WithCatalog, catalog_triples
from citykg.distributions import Published
from citykg.errors import CannotRun
from citykg.export import (
    CATALOG,
    Graphs,
    StoreSource,
    export,
    format_named,
    format_of_file,
    from_quads,
)
from citykg.export.opening import open_source
from citykg.export.sources import Source
from citykg.project import Project

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
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
    part = f"<{DATASET}> <{VOID}propertyPartition> ?p"
    query = f"SELECT ?q ?n {{ {part} . ?p <{VOID}property> ?q ; <{VOID}triples> ?n }}"
    total = sum(int(number) for _, number in _values(catalog, query))
    assert total == sum(1 for _ in source.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def test_an_editor_completes_the_properties_of_a_class(catalog: ox.Store, source: Source) -> None:
    """What editors of the SIB kind ask for."""
    assert isinstance(source, StoreSource)
    rows = _values(
        catalog,
        f"SELECT ?class ?prop ?n {{ ?cp <{VOID}class> ?class ; <{VOID}propertyPartition> ?pp . "
        f"?pp <{VOID}property> ?prop ; <{VOID}triples> ?n }}",
    )
    assert len(rows) > 20
    for cls, prop, number in rows:
        query = f"SELECT (COUNT(*) AS ?n) {{ ?s a <{cls}> ; <{prop}> ?o FILTER(isIRI(?s)) }}"
        assert _values(source.store, query) == [(number,)]


@pytest.mark.parametrize("name", ["nquads", "ntriples"])
def test_each_distribution_has_the_checksum_of_the_export(
    catalog: ox.Store, source: Source, tmp_path: Path, name: str
) -> None:
    export(source, tmp_path / name, form=format_named(name), prefixes={})
    spdx = "http://spdx.org/rdf/terms#"
    node = f"<{DATASET}#distribution-{name}>"
    found = _values(catalog, f"SELECT ?v {{ {node} <{spdx}checksum> ?c . ?c <{spdx}checksumValue> ?v }}")
    assert found == [(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest(),)]
    assert len(_values(catalog, "SELECT ?d { ?d a <http://www.w3.org/ns/dcat#Distribution> }")) == 2


def test_published_files_are_described_as_they_are(
    source: Source, small_project: Project, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    names = ("city.ttl", "city.nq.gz", "城市.jsonld")
    for name in names:
        form = format_of_file(Path(name))
        assert form is not None
        export(source, site / name, form=form, prefixes={})
    (site / "readme.txt").write_text("none of them")
    (site / ".hidden.nt").write_text("")
    published = Published(site, "https://example.org/data/", beside=site / "catalog.ttl")

    def described() -> dict[str, tuple[str, ...]]:
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in catalog_triples(source, small_project, published))
        query = """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
            SELECT ?title ?size ?sum ?type ?address (BOUND(?packed) AS ?gz) {
              ?set dcat:distribution ?d . ?d a dcat:Distribution ; <http://purl.org/dc/terms/title> ?title ;
              dcat:byteSize ?size ; dcat:mediaType ?type ; dcat:downloadURL ?address ;
              spdx:checksum [ spdx:checksumValue ?sum ] OPTIONAL { ?d dcat:compressFormat ?packed } }"""
        return {title: tuple(rest) for title, *rest in _values(store, query)}

    found = described()
    types = ("text/turtle", "application/n-quads", "application/ld+json")
    addresses = ("city.ttl", "city.nq.gz", "%E5%9F%8E%E5%B8%82.jsonld")
    for name, media_type, address in zip(names, types, addresses, strict=True):
        content = (site / name).read_bytes()
        assert found.pop(name) == (
            str(len(content)),
            hashlib.sha256(content).hexdigest(),
            f"https://www.iana.org/assignments/media-types/{media_type}",
            f"https://example.org/data/{address}",
            "true" if name.endswith(".gz") else "false",
        )
    assert not found
    with_catalog = WithCatalog(source, small_project, published)
    export(
        with_catalog,
        site / "catalog.ttl",
        form=format_named("turtle"),
        prefixes={},
        selection=Graphs(["catalog"]),
    )
    first = (site / "catalog.ttl").read_bytes()
    again = WithCatalog(source, small_project, published)
    export(
        again, site / "catalog.ttl", form=format_named("turtle"), prefixes={}, selection=Graphs(["catalog"])
    )
    assert (site / "catalog.ttl").read_bytes() == first  # it does not describe itself


def test_a_catalog_of_no_files_is_refused(source: Source, small_project: Project, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="no RDF files") as none:
        catalog_triples(source, small_project, Published(tmp_path))
    assert none.value.code == "no-distributions"
    with pytest.raises(CannotRun, match="no such folder") as missing:
        catalog_triples(source, small_project, Published(tmp_path / "nowhere"))
    assert missing.value.code == "file-not-found"


def test_the_version_before_is_named(small_project: Project) -> None:
    ontology = "https://w3id.org/citykg/ontology"
    text = f"""PREFIX owl: <http://www.w3.org/2002/07/owl#>
        <{ontology}> a owl:Ontology ; owl:versionInfo "2" ; owl:priorVersion <{ontology}/1> ."""
    quads = ox.parse(text, ox.RdfFormat.TURTLE)
    graph = ox.NamedNode("https://w3id.org/citykg/graph/ontology")
    source = from_quads(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
    found = {triple.predicate.value: triple.object for triple in catalog_triples(source, small_project)}
    assert found["http://www.w3.org/ns/dcat#version"] == ox.Literal("2")
    assert found["http://www.w3.org/ns/dcat#previousVersion"] == ox.NamedNode(f"{ontology}/1")


def test_stored_queries_are_examples_that_run(catalog: ox.Store, source: Source) -> None:
    assert isinstance(source, StoreSource)
    texts = _values(catalog, "SELECT ?t { ?q <http://www.w3.org/ns/shacl#select> ?t }")
    assert texts
    for (text,) in texts:
        list(source.store.query(text))  # type: ignore[call-overload]


def test_an_editor_lists_each_stored_query_once(catalog: ox.Store) -> None:
    """What editors of the SIB kind ask for."""
    rows = _values(
        catalog,
        f"""PREFIX sh: <http://www.w3.org/ns/shacl#>
            SELECT DISTINCT ?q ?comment ?text {{ ?q a sh:SPARQLExecutable ; <{RDFS}comment> ?comment ;
            sh:select|sh:ask|sh:construct|sh:describe ?text }}""",
    )
    executables = _values(catalog, "SELECT ?q { ?q a <http://www.w3.org/ns/shacl#SPARQLExecutable> }")
    assert sorted((query,) for query, _, _ in rows) == sorted(executables)
    assert rows


def test_a_store_without_a_catalog_is_exported_with_one(
    source: Source, small_project: Project, tmp_path: Path
) -> None:
    with_catalog = WithCatalog(source, small_project)
    assert CATALOG in with_catalog.graphs()
    target = tmp_path / "catalog.nt"
    export(with_catalog, target, form=format_named("ntriples"), prefixes={}, selection=Graphs(["catalog"]))
    assert len(target.read_text().splitlines()) == len(set(catalog_triples(source, small_project)))
