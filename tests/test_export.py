"""The exporter: every format says the same, in the same bytes, whole or not at all."""

import gzip
import json
import os
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citykg.canonical import canonical_nquads
from citykg.errors import CannotRun, NegativeAnswer, UsageError
from citykg.export import (
    FORMATS,
    Construct,
    Format,
    Graphs,
    StoreSource,
    Thing,
    export,
    export_context,
    format_named,
    format_of_file,
    from_quads,
)

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "city": "https://w3id.org/citykg/ontology#",
    "firm": "https://w3id.org/citykg/id/enterprise/",
    "article": "https://w3id.org/citykg/article/",
    "graph": "https://w3id.org/citykg/graph/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
}
DATA = """
graph:ontology {
    city:Firm a owl:Class ; rdfs:label "企业"@zh, "firm"@en ;
        rdfs:subClassOf [ a owl:Restriction ; owl:onProperty city:partner ;
                          owl:someValuesFrom [ owl:unionOf ( city:Firm [ owl:complementOf city:Place ] ) ] ] .
    [] a owl:AllDisjointClasses ; owl:members ( city:Firm city:Place ) .
    city:partner a owl:ObjectProperty .
    city:value a owl:DatatypeProperty ; rdfs:range xsd:decimal .
    _:a city:near _:b . _:b city:near _:a .
    city:Firm city:near _:shared . city:Place city:near _:shared .
}
graph:entities {
    firm:lianshun a city:Firm ; rdfs:label "联顺"@zh ; city:note "a\\n\\"b\\" _:c \\u0085 \\u2028 \\\\" .
    firm:other a city:Firm ; city:flag true ; city:founded "2003-05-17"^^xsd:date .
}
graph:articles { article:x\\#p01 a city:Passage ; city:ofArticle article:x . article:x a city:Article . }
article:x\\#p01 {
    firm:lianshun city:partner firm:other .
    article:x\\#p01.m1 a city:Measurement ; city:about firm:lianshun ; city:value 3.10 ;
        city:inPassage article:x\\#p01 .
}
"""
INFERRED = "firm:other city:partner firm:lianshun ."


def _store() -> ox.Store:
    header = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
    store = ox.Store()
    store.load((header + DATA).encode(), ox.RdfFormat.TRIG)
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in list(store))
    store.load((header + INFERRED).encode(), ox.RdfFormat.TURTLE)
    store.load(b"<urn:dataset> a <urn:Dataset> .", ox.RdfFormat.TURTLE, to_graph=_graph("catalog"))
    return store


def _graph(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["graph"] + name)


@pytest.fixture(scope="module")
def source() -> StoreSource:
    return StoreSource(_store())


def _canonical(path: Path, form: Format) -> bytes:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return canonical_nquads(ox.parse(content, form.parser))


def _written(source: object, tmp_path: Path, name: str, **options: object) -> str:
    target = tmp_path / "out"
    export(source, target, form=format_named(name), prefixes=PREFIXES, **options)  # type: ignore[arg-type]
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_round_trips_to_the_same_canonical_form(
    source: StoreSource, tmp_path: Path, form: Format
) -> None:
    target = tmp_path / f"graph{form.ending}"
    export(source, target, form=form, prefixes=PREFIXES, selection=Graphs(["asserted"]))
    quads = [quad for quad in source.store if quad.graph_name not in (ox.DefaultGraph(), _graph("catalog"))]
    if not form.graphs:
        quads = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    assert _canonical(target, form) == canonical_nquads(quads)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_same_dataset_makes_the_same_bytes_whatever_its_blank_nodes_are_called(
    tmp_path: Path, form: Format
) -> None:
    for name in ("one.gz", "two.gz"):
        export(
            StoreSource(_store()), tmp_path / name, form=form, prefixes=PREFIXES, selection=Graphs(["all"])
        )
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_nquads_are_the_canonical_form_itself(source: StoreSource, tmp_path: Path) -> None:
    written = _written(source, tmp_path, "nquads", selection=Graphs(["all"]))
    assert written.encode() == canonical_nquads(source.store)


def test_turtle_puts_types_and_labels_first_and_nests_blank_nodes(
    source: StoreSource, tmp_path: Path
) -> None:
    written = _written(source, tmp_path, "turtle", selection=Graphs(["ontology"]))
    assert 'city:Firm a owl:Class ;\n    rdfs:label "firm"@en, "企业"@zh ;' in written
    assert "owl:unionOf ( city:Firm [ owl:complementOf city:Place ] )" in written
    assert "[] a owl:AllDisjointClasses ;\n    owl:members ( city:Firm city:Place ) ." in written
    assert written.count("_:") == 6  # the two that mention each other, and the one that two mention


def test_trig_keeps_each_passage_together(source: StoreSource, tmp_path: Path) -> None:
    written = _written(source, tmp_path, "trig")
    assert written.count("article:x\\#p01 {") == 1
    assert "city:value 3.1 ." in written


def test_inferred_is_what_no_asserted_graph_says(source: StoreSource, tmp_path: Path) -> None:
    written = _written(source, tmp_path, "ntriples", selection=Graphs(["inferred"]))
    firm, city = PREFIXES["firm"], PREFIXES["city"]
    assert written == f"<{firm}other> <{city}partner> <{firm}lianshun> .\n"


def test_asserted_leaves_catalog_and_closure_out(source: StoreSource, tmp_path: Path) -> None:
    written = _written(source, tmp_path, "nquads")
    assert "urn:dataset" not in written
    assert f"<{PREFIXES['firm']}lianshun> ." not in written


def test_single_graphs_are_chosen_by_iri(source: StoreSource, tmp_path: Path) -> None:
    written = _written(source, tmp_path, "ntriples", selection=Graphs([PREFIXES["article"] + "x#p01"]))
    assert len(written.splitlines()) == 5


def test_an_article_stands_for_its_passages(source: StoreSource, tmp_path: Path) -> None:
    article = PREFIXES["article"] + "x"
    written = _written(source, tmp_path, "nquads", selection=Graphs([article]))
    assert {line.split()[-2] for line in written.splitlines()} == {f"<{article}#p01>"}


def test_an_unknown_graph_is_refused_and_no_file_appears(source: StoreSource, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no graph 'assertd'") as error:
        _written(source, tmp_path, "trig", selection=Graphs(["assertd"]))
    assert error.value.hint == "did you mean asserted?"
    assert not list(tmp_path.iterdir())


def test_a_thing_comes_with_what_is_said_of_it_and_its_passages(source: StoreSource, tmp_path: Path) -> None:
    written = _written(source, tmp_path, "turtle", selection=Thing(PREFIXES["firm"] + "lianshun"))
    for said in (
        "city:note",
        "city:partner firm:other",
        "city:value 3.1",
        "a city:Passage",
        "a city:Article",
    ):
        assert said in written
    assert "city:founded" not in written


def test_a_thing_of_which_nothing_is_said_is_not_found(source: StoreSource, tmp_path: Path) -> None:
    with pytest.raises(NegativeAnswer, match="nothing is said"):
        _written(source, tmp_path, "turtle", selection=Thing(PREFIXES["firm"] + "nobody"))


def test_framed_json_is_a_tree_from_the_thing_and_says_the_same(source: StoreSource, tmp_path: Path) -> None:
    thing = Thing(PREFIXES["firm"] + "lianshun")
    written = _written(source, tmp_path, "jsonld", selection=thing, framed=True)
    (root,) = json.loads(written)["@graph"]
    assert root["@id"] == "firm:lianshun"
    assert root["label"] == {"zh": "联顺"}
    assert root["@reverse"]["city:about"][0]["value"] == "3.1"
    plain = _written(source, tmp_path, "ntriples", selection=thing)
    assert canonical_nquads(ox.parse(written, ox.RdfFormat.JSON_LD)) == plain.encode()


def test_json_keys_come_from_the_ontology(source: StoreSource, tmp_path: Path) -> None:
    export_context(source, tmp_path / "context.jsonld", prefixes=PREFIXES)
    context = json.loads((tmp_path / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert context["partner"] == {"@id": PREFIXES["city"] + "partner", "@type": "@id"}
    assert context["value"] == {"@id": PREFIXES["city"] + "value", "@type": XSD + "decimal"}
    written = _written(source, tmp_path, "jsonld", context_iri="https://w3id.org/citykg/context.jsonld")
    assert json.loads(written)["@context"] == "https://w3id.org/citykg/context.jsonld"


@pytest.mark.parametrize("name", ["turtle", "ntriples"])
def test_rdf12_says_in_which_passage_a_bare_triple_stands(
    source: StoreSource, tmp_path: Path, name: str
) -> None:
    written = _written(source, tmp_path, name, rdf12=True)
    triples = {quad.triple for quad in ox.parse(written, format_named(name).parser)}
    bare = ox.Triple(
        ox.NamedNode(PREFIXES["firm"] + "lianshun"),
        ox.NamedNode(PREFIXES["city"] + "partner"),
        ox.NamedNode(PREFIXES["firm"] + "other"),
    )
    assert bare in triples
    (reifier,) = {triple.subject for triple in triples if triple.object == bare}
    passage = ox.NamedNode(PREFIXES["article"] + "x#p01")
    assert ox.Triple(reifier, ox.NamedNode(PREFIXES["city"] + "inPassage"), passage) in triples


def test_what_rdfxml_cannot_express_is_said_and_the_old_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "graph.rdf"
    target.write_text("before")
    node = ox.NamedNode("urn:x:y")
    bad = from_quads([ox.Quad(node, node, ox.Literal("\x07"), node)])
    with pytest.raises(CannotRun, match="RDF/XML cannot express a control character"):
        export(bad, target, form=format_named("rdfxml"), prefixes={})
    assert [path.name for path in tmp_path.iterdir()] == ["graph.rdf"]
    assert target.read_text() == "before"


def test_a_full_disk_leaves_the_old_file(source: StoreSource, tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    target.write_text("before")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, limits[1]))
    try:
        with pytest.raises(CannotRun, match=r"graph\.ttl: File too large"):
            export(source, target, form=format_named("turtle"), prefixes=PREFIXES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    assert target.read_text() == "before"


def test_a_device_is_written_to_and_not_replaced(source: StoreSource, tmp_path: Path) -> None:
    pipe = tmp_path / "graph.ttl"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(pipe.read_text, encoding="utf-8")
        export(source, pipe, form=format_named("turtle"), prefixes=PREFIXES)
        assert "a city:" in read.result(timeout=60)
    assert pipe.is_fifo()
    with pytest.raises(CannotRun, match="Is a directory"):
        export(source, tmp_path, form=format_named("turtle"), prefixes=PREFIXES)


def test_the_ending_names_the_format_through_gz() -> None:
    for form in FORMATS:
        assert format_of_file(Path(f"X{form.ending.upper()}.gz")) == form
    assert format_of_file(Path("graph.txt")) is None


def test_a_query_result_is_exported(source: StoreSource, tmp_path: Path) -> None:
    triples = list(source.store.query("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }"))
    written = _written(source, tmp_path, "turtle", selection=Construct(triples))
    assert "firm:lianshun a city:Firm ." in written


_DATATYPES = ["integer", "decimal", "double", "float", "boolean", "date", "gYear", "duration", "anyURI"]
_FORMS = ["1", "01", "-0", "1.50", ".5", "1.", "1E3", "1e400", "INF", "NaN", "true", "TRUE", "2023-05-17"]
_IRIS = ["urn:a", "http://e/a?b=c&d", *(PREFIXES["city"] + name for name in ("", "x", "x.y", "x.", "七台河"))]
_words = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=8)
_literals = st.one_of(
    st.builds(ox.Literal, _words),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), _words, st.sampled_from(["zh", "zh-Hans"])),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(kind)),
        st.sampled_from([*_FORMS, "", "9" * 30]),
        st.sampled_from([XSD + name for name in _DATATYPES] + ["urn:kind"]),
    ),
)
_iris = st.sampled_from([ox.NamedNode(iri) for iri in (*_IRIS, PREFIXES["article"] + "x#p01.m1")])
_predicates = st.sampled_from(
    [ox.NamedNode(PREFIXES["city"] + "p"), ox.NamedNode(PREFIXES["rdfs"] + "label")]
)
_nodes = _iris | st.sampled_from([ox.BlankNode(name) for name in "abc"])
_graphs = _iris | st.just(ox.DefaultGraph())
_quads = st.lists(st.builds(ox.Quad, _nodes, _predicates, _nodes | _literals, _graphs), max_size=12)


@settings(max_examples=60, deadline=None)
@given(quads=_quads, form=st.sampled_from([form for form in FORMATS if form.graphs]))
def test_every_kind_of_literal_survives(
    quads: list[ox.Quad], form: Format, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("export") / "graph"
    names = sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)})
    selection = Graphs(["closure", *names])
    export(from_quads(quads), target, form=form, prefixes=PREFIXES, selection=selection)
    assert _canonical(target, form) == canonical_nquads(quads)
