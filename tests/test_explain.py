"""Explanations of a made-up city: where asserted triples stand, why others follow, what the rest lack."""

import pyoxigraph as ox
import pytest
from tests.reason.graphs import example, triples

from citykg.endpoints.query import renamed
from citykg.explain import Kind, Step, explain
from citykg.explain_formats import as_json, as_mermaid, as_rdf
from citykg.opening import open_store
from citykg.prefixes import Prefixes, read_prefixes
from citykg.project import Project
from citykg.reason import infer
from citykg.reason.missing import near_misses
from citykg.reason.proof import StoreFacts
from citykg.store import MemoryStore, Store

ID = "https://w3id.org/citykg/id/"
CITY = "https://w3id.org/citykg/ontology#"
WITHIN = ox.NamedNode(CITY + "within")
LIULIN, DONGQU, BAIHE = (ox.NamedNode(f"{ID}place/{name}") for name in ("liulin", "dongqu", "baihe"))


@pytest.fixture(scope="module")
def store(made_up_city: Project) -> Store:
    return open_store(made_up_city)


@pytest.fixture(scope="module")
def prefixes(made_up_city: Project) -> Prefixes:
    return read_prefixes(made_up_city.prefix_file())


def inferred(store: Store) -> Step:
    step = explain(store, LIULIN, WITHIN, BAIHE).step
    assert step is not None
    return step


def test_an_inferred_triple_names_its_rule_and_leads_to_passage_background_and_axiom(store: Store) -> None:
    step = inferred(store)
    assert step.rule == "prp-trp"
    assert step.sources == ()
    axiom, first, second = step.premises
    assert [premise.rule for premise in step.premises] == [None, None, None]
    assert [source.kind for source in axiom.sources] == [Kind.AXIOM]
    assert first.statement == (LIULIN, WITHIN, DONGQU)
    (passage,) = first.sources
    assert (passage.kind, passage.paragraph, passage.sentence) == (Kind.PASSAGE, 1, 1)
    assert (passage.start, passage.end) == (0, 24)
    assert passage.speakers == (f"{ID}person/li",)
    assert [source.kind for source in second.sources] == [Kind.BACKGROUND]


def test_a_declared_type_is_a_declaration(store: Store) -> None:
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    step = explain(store, BAIHE, kind, ox.NamedNode(CITY + "City")).step
    assert step is not None
    assert [source.kind for source in step.sources] == [Kind.DECLARATION]


def test_labels_are_in_the_language_that_was_asked_for(store: Store) -> None:
    assert explain(store, LIULIN, WITHIN, BAIHE, language="zh").labels[WITHIN.value] == "位于"
    assert explain(store, LIULIN, WITHIN, BAIHE, language="en").labels[WITHIN.value] == "within"


def test_what_is_not_in_the_graph_has_no_proof_but_says_what_it_lacks(store: Store) -> None:
    explanation = explain(store, BAIHE, WITHIN, LIULIN)
    assert explanation.step is None
    lacking = {(miss.rule, miss.statement) for miss in explanation.missing}
    assert ("prp-inv2", (LIULIN, ox.NamedNode(CITY + "contains"), BAIHE)) in lacking


def test_a_step_of_a_path_is_what_a_broken_path_lacks() -> None:
    graph = triples(":within a owl:TransitiveProperty . :a :within :b . :c :within :d .")
    facts = StoreFacts.of(graph, infer(graph).inferred)
    goal = example("a", "within", "d")
    found = near_misses(facts, (goal.subject, goal.predicate, goal.object))
    wanted = [example("b", "within", "d"), example("a", "within", "c")]
    assert {miss.statement for miss in found} == {(t.subject, t.predicate, t.object) for t in wanted}
    assert {miss.rule for miss in found} == {"prp-trp"}


def test_of_proofs_of_one_length_the_same_is_shown_whatever_the_store_calls_its_nodes() -> None:
    graph = triples(
        ":Shop owl:equivalentClass [ owl:intersectionOf ( :Firm [ a owl:Restriction ; "
        "owl:onProperty :sells ; owl:someValuesFrom :Goods ] ) ] . "
        ":sells rdfs:domain :Firm . :owns rdfs:domain :Firm . :x :owns :h ; :sells :g . :g a :Goods ."
    )
    goals = triples(":x a :Firm, :Shop .")
    said = set()
    for stated in (graph, [renamed(triple, 1) for triple in reversed(graph)]):
        store = ox.Store()
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode("urn:g")) for t in stated)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in stated)
        store.bulk_extend(infer(stated).quads())
        explanations = [
            explain(MemoryStore(store), goal.subject, goal.predicate, goal.object) for goal in goals
        ]
        assert None not in [explanation.step for explanation in explanations]
        said.add(str([as_json(explanation) for explanation in explanations]))
    assert len(said) == 1
    assert "_:b" in said.pop()


def test_json_tells_the_proof_with_its_sources(store: Store) -> None:
    members = as_json(explain(store, LIULIN, WITHIN, BAIHE))
    assert members["status"] == "inferred"
    proof = members["proof"]
    assert isinstance(proof, dict)
    assert proof["rule"] == "prp-trp"
    assert proof["premises"][1]["sources"][0]["paragraph"] == 1
    assert as_json(explain(store, LIULIN, WITHIN, DONGQU))["status"] == "asserted"
    assert as_json(explain(store, BAIHE, WITHIN, LIULIN))["status"] == "missing"


def test_mermaid_draws_every_statement_once(store: Store) -> None:
    chart = as_mermaid(inferred(store), text=lambda step: str(step.statement[0]), where=lambda _: "here")
    assert chart.startswith("flowchart TD\n")
    assert chart.count("-- prp-trp -->") == 3
    assert chart.count("here") == 3
    assert "<https" not in chart


def test_rdf_says_what_was_derived_from_what_by_which_rule(store: Store, prefixes: Prefixes) -> None:
    graph = ox.Store()
    graph.load(as_rdf(inferred(store), prefixes=prefixes), format=ox.RdfFormat.TURTLE)
    rule = "https://www.w3.org/TR/owl2-profiles/#prp-trp"
    found = graph.query(
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX sh: <http://www.w3.org/ns/shacl#> "
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
        f"SELECT ?place WHERE {{ ?proved sh:sourceRule <{rule}> ; prov:wasDerivedFrom ?premise . "
        "?premise rdf:subject ?place ; prov:wasQuotedFrom ?passage ; prov:wasAttributedTo ?who }"
    )
    assert [row["place"] for row in found] == [LIULIN]  # type: ignore[index, union-attr]
