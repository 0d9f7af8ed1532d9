"""Loading into real stores: everything arrives, nothing is doubled, what was cut goes on."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.diff import compare
from citykg.endpoints import Endpoint
from citykg.export import DatasetSource, Graphs, StoreSource, from_quads
from citykg.load import (
    Loaded,
    Plan,
    check_access,
    graph_counts,
    load,
    make_plan,
    open_journal,
    prune,
)
from citykg.verify import verify

pytestmark = pytest.mark.stores

XSD = "http://www.w3.org/2001/XMLSchema#"
GRAPH = ox.NamedNode("https://w3id.org/citykg/article/literals#p01")


def _load(source: StoreSource | DatasetSource, endpoint: Endpoint) -> tuple[Plan, Loaded]:
    plan = make_plan(graph_counts(source), endpoint)
    loaded = load(source, endpoint, plan)
    prune([graph for graph in endpoint.source().graphs() if graph not in plan.counts], endpoint)
    return plan, loaded


def test_the_kind_is_found_by_asking(endpoint: Endpoint, server: object) -> None:
    assert endpoint.kind.name == server.kind  # type: ignore[attr-defined]


def test_the_shipped_graph_arrives_whole_and_twice_is_once(
    endpoint: Endpoint, shipped_source: StoreSource
) -> None:
    check_access(endpoint)
    for _ in range(2):
        plan, _loaded = _load(shipped_source, endpoint)
        found = verify(shipped_source, endpoint, plan)
        assert found.whole, (found.miscounts, found.difference.removed[:3], found.difference.added[:3])
        assert not found.miscounts
        assert found.triples == plan.triples


def test_a_smaller_dataset_replaces_a_larger_one(endpoint: Endpoint) -> None:
    first = _articles(range(40))
    plan, _ = _load(first, endpoint)
    assert verify(first, endpoint, plan).whole
    second = _articles(range(20, 30))
    plan = make_plan(graph_counts(second), endpoint)
    load(second, endpoint, plan)
    found = verify(second, endpoint, plan)
    assert len(found.stale) == 30
    assert not found.whole
    prune(found.stale, endpoint)
    assert verify(second, endpoint, plan).whole


def test_graphs_of_the_dataset_that_are_not_loaded_this_time_are_not_left_from_an_earlier_load(
    endpoint: Endpoint,
) -> None:
    source = _articles(range(30))
    plan, _ = _load(source, endpoint)
    counts = graph_counts(source)
    some = dict(list(counts.items())[:12])
    plan = make_plan(some, endpoint, aside=counts.keys() - some.keys())
    load(source, endpoint, plan)
    found = verify(source, endpoint, plan)
    assert found.whole
    assert not found.stale
    prune(list(filter(None, counts)), endpoint)


def test_thousands_of_small_graphs_arrive_and_are_read_back(endpoint: Endpoint) -> None:
    quads = []
    for number in range(3_000):
        graph = ox.NamedNode(
            f"https://w3id.org/citykg/article/a-city-with-a-long-name-2023-05-17#p{number:05}"
        )
        quads.append(ox.Quad(graph, ox.NamedNode("urn:p"), ox.Literal(f"{number}"), graph))
    source = from_quads([*quads, *(ox.Quad(q.subject, q.predicate, q.object) for q in quads)])
    plan, _ = _load(source, endpoint)
    found = verify(source, endpoint, plan)
    assert found.whole, (found.miscounts[:3], found.difference.removed[:3])
    prune(list(filter(None, plan.counts)), endpoint)


def test_a_load_that_is_cut_goes_on_where_it_stopped(endpoint: Endpoint, tmp_path: Path) -> None:
    source = _articles(range(900))
    plan = make_plan(graph_counts(source), endpoint)
    assert len(plan.steps) > 3
    arrived = []

    def cut(number: int) -> None:
        arrived.append(number)
        if len(arrived) == 2:
            raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        open_journal(tmp_path, target=endpoint.url, dataset="x") as journal,
    ):
        load(source, endpoint, plan, journal=journal, progress=cut)
    with open_journal(tmp_path, target=endpoint.url, dataset="x") as journal:
        loaded = load(source, endpoint, plan, journal=journal)
    assert loaded.resumed
    assert loaded.triples < plan.triples
    prune([graph for graph in endpoint.source().graphs() if graph not in plan.counts], endpoint)
    assert verify(source, endpoint, plan).whole


def test_blank_nodes_arrive_once_in_each_graph(endpoint: Endpoint) -> None:
    text = "<urn:a> <urn:p> [ <urn:q> 1, [ <urn:r> 2 ] ], ( 1 2 3 ) . [] <urn:q> 7 ."
    quads = [ox.Quad(*triple, GRAPH) for triple in (q.triple for q in ox.parse(text, ox.RdfFormat.TURTLE))]
    source = from_quads(quads)
    for _ in range(2):
        plan, _loaded = _load(source, endpoint)
        assert verify(source, endpoint, plan).whole


def test_what_a_store_does_to_literals_is_found_out(endpoint: Endpoint) -> None:
    source = from_quads(_literals(endpoint))
    plan, _ = _load(source, endpoint)
    found = verify(source, endpoint, plan)
    if endpoint.kind.name == "virtuoso":
        assert set(found.damaged) == {"xsd:decimal"}
        assert found.difference.removed_count == sum(one.count for one in found.damaged.values())
    else:
        assert found.whole, (found.difference.removed, found.difference.added)
    expected = {
        "oxigraph": {"xsd:decimal", "xsd:integer", "xsd:double", "xsd:boolean"},
        "fuseki": {"xsd:decimal", "xsd:integer", "xsd:double", "xsd:boolean"},
        "rdf4j": set(),
        "virtuoso": {"xsd:decimal", "xsd:integer", "xsd:double", "xsd:boolean"},
    }
    assert set(found.difference.rewritten) >= expected[endpoint.kind.name]
    if endpoint.kind.name == "rdf4j":
        assert not found.difference.rewritten


def test_what_is_lost_or_changed_there_is_found(endpoint: Endpoint) -> None:
    source = _articles(range(5))
    plan, _ = _load(source, endpoint)
    graph = "https://w3id.org/citykg/article/made-up#p0003"
    endpoint.updates.run(f"DELETE DATA {{ GRAPH <{graph}> {{ <{graph}.m0> <urn:text> '正文 3-0'@zh }} }}")
    endpoint.updates.run(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:x> <urn:y> <urn:z> }} }}")
    found = verify(source, endpoint, plan)
    assert not found.whole
    assert (found.difference.removed_count, found.difference.added_count) == (1, 1)
    assert "正文 3-0" in found.difference.removed[0]


def test_the_store_is_read_back_as_it_was(endpoint: Endpoint) -> None:
    source = _articles(range(30))
    _load(source, endpoint)
    assert compare(source, endpoint.source(), selection=Graphs(["asserted"])).equal


def test_a_store_with_a_union_for_default_graph_answers_from_the_closure(endpoint: Endpoint) -> None:
    quads = [ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal("x")) for n in range(3)]
    named = [ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH) for quad in quads[:2]]
    _load(from_quads([*quads, *named]), endpoint)
    queries = endpoint.queries()
    assert [row[0].value for row in queries.rows("SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }")] == ["3"]  # type: ignore[union-attr]
    inside = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <urn:p> ?o }} FILTER(?g = <{GRAPH.value}>) }}"
    assert [row[0].value for row in queries.rows(inside)] == ["2"]  # type: ignore[union-attr]


def test_jena_and_oxigraph_read_the_same_evidence(
    endpoint: Endpoint, shipped_source: StoreSource, tmp_path: Path
) -> None:
    from citykg.export import export, format_named

    if endpoint.kind.name not in ("fuseki", "oxigraph"):
        pytest.skip(f"{endpoint.kind.title} has no RDF 1.2 triple terms")
    target = tmp_path / "evidence.ttl.gz"
    export(shipped_source, target, form=format_named("turtle"), prefixes={}, rdf12=True)
    content = gzip.decompress(target.read_bytes())
    http, where = endpoint.http, [("graph", "urn:evidence")]
    http.request(
        "PUT", endpoint.addresses.graphs, parameters=where, content=content, media_type="text/turtle"
    )
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:evidence> { ?r <%s> <<( ?s ?p ?o )>> } }"
    (row,) = endpoint.queries().rows(count % "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
    reified = [q for q in ox.parse(content, ox.RdfFormat.TURTLE) if isinstance(q.object, ox.Triple)]
    assert row[0].value == str(len(reified))  # type: ignore[union-attr]
    assert len(reified) > 10
    endpoint.updates.drop("urn:evidence")


def _articles(numbers: range) -> DatasetSource:
    def quads() -> Iterator[ox.Quad]:
        for number in numbers:
            graph = ox.NamedNode(f"https://w3id.org/citykg/article/made-up#p{number:04}")
            for node in range(10):
                subject = ox.NamedNode(f"{graph.value}.m{node}")
                text = ox.Literal(f"正文 {number}-{node}", language="zh")
                yield ox.Quad(subject, ox.NamedNode("urn:text"), text, graph)
                yield ox.Quad(subject, ox.NamedNode("urn:in"), graph, graph)

    return from_quads(quads())


def _literals(endpoint: Endpoint) -> Iterator[ox.Quad]:
    forms = {
        "decimal": ["3.10", "1.50", "-0.5", "1000000000000", "1.12345678901234567890"],
        "integer": ["7", "007", "-1", "999999999999999999"],
        "double": ["1.0E3", "-2.5e-7"],
        "boolean": ["true", "1", "0"],
        "date": ["2023-05-17"],
        "gYear": ["2023"],
        "gYearMonth": ["2023-05"],
        "dateTime": ["2023-05-17T08:30:00Z", "2023-05-17T08:30:00.5+08:00"],
        "string": ["", "七台河\n\t\"'\\ 🚄", "x" * 5000, "a\rb"],
        "anyURI": ["http://example.org/?a=b&c=d"],
    }
    if endpoint.kind.name != "virtuoso":  # which refuses the whole request
        forms["integer"].append("123456789012345678901234567890")
        forms["duration"] = ["P1Y", "PT36H"]
    predicate = ox.NamedNode("urn:p")
    for datatype, lexicals in forms.items():
        for number, lexical in enumerate(lexicals):
            value = ox.Literal(lexical, datatype=ox.NamedNode(XSD + datatype))
            yield ox.Quad(ox.NamedNode(f"urn:{datatype}{number}"), predicate, value, GRAPH)
    for number, tag in enumerate(["zh", "zh-Hans", "en"]):
        yield ox.Quad(ox.NamedNode(f"urn:tag{number}"), predicate, ox.Literal("名", language=tag), GRAPH)
    yield ox.Quad(
        ox.NamedNode("urn:other"), predicate, ox.Literal("1", datatype=ox.NamedNode("urn:kind")), GRAPH
    )
    yield ox.Quad(ox.NamedNode("urn:七台河"), predicate, ox.NamedNode("http://example.org/七台河"), GRAPH)
