"""Queries against a store, in both engines."""

from collections import Counter
from decimal import Decimal

import pyoxigraph as ox
import pytest

from citykg.errors import CannotRun, NegativeAnswer, UsageError
from citykg.library import Library
from citykg.opening import open_store
from citykg.prefixes import read_prefixes
from citykg.project import Project
from citykg.query import prepare, prepare_stored, run_query
from citykg.results import Answer, Solutions, Triples, Truth
from citykg.store import Store

_CITY = "https://w3id.org/citykg/"


@pytest.fixture(scope="module", params=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest, made_up_city: Project) -> Store:
    return open_store(made_up_city, engine=request.param)


def _ask(store: Store, project: Project, text: str, **values: str) -> Answer:
    prefixes = read_prefixes(project.prefix_file())
    return run_query(store, prepare(text, values, store=store, prefixes=prefixes))


def _stored(store: Store, project: Project, name: str, **values: str) -> Solutions:
    query = Library(project.queries())[name]
    prefixes = read_prefixes(project.prefix_file())
    answer = run_query(store, prepare_stored(query, values, store=store, prefixes=prefixes))
    assert isinstance(answer, Solutions)
    return answer


def _column(answer: Solutions, name: str) -> list[str]:
    return [getattr(row[answer.variables.index(name)], "value", "") for row in answer.rows]


def test_a_stored_query_takes_parameters_and_has_defaults(store: Store, made_up_city: Project) -> None:
    both = _stored(store, made_up_city, "project-investments")
    assert [Decimal(amount) for amount in _column(both, "amount")] == [1500000000, 20000000]
    large = _stored(store, made_up_city, "project-investments", min="100000000.0")
    assert _column(large, "project") == [f"{_CITY}id/project/hekang-plant"]


@pytest.mark.parametrize(
    "name", ["和康制药", "和康", "enterprise:hekang-pharma", f"{_CITY}id/enterprise/hekang-pharma"]
)
def test_a_thing_is_meant_by_label_alias_curie_or_iri(store: Store, made_up_city: Project, name: str) -> None:
    answer = _stored(store, made_up_city, "project-investments", investor=name)
    assert _column(answer, "investor") == [f"{_CITY}id/enterprise/hekang-pharma"]


def test_an_ambiguous_thing_lists_its_candidates(store: Store, made_up_city: Project) -> None:
    with pytest.raises(NegativeAnswer, match="明月食品") as caught:
        _stored(store, made_up_city, "project-investments", investor="明月")
    assert caught.value.code == "ambiguous"
    assert "project:mingyue" in caught.value.message


def test_an_unknown_thing_gets_the_nearest_names(store: Store, made_up_city: Project) -> None:
    with pytest.raises(NegativeAnswer, match="和糠制药") as caught:
        _stored(store, made_up_city, "project-investments", investor="和糠制药")
    assert caught.value.code == "not-found"
    assert "和康制药" in caught.value.hint


@pytest.mark.parametrize("value", ["} DROP ALL", '"} ; DROP ALL #', "'''\n{{\\", "白河 ?_count"])
def test_a_value_full_of_syntax_is_a_value(store: Store, made_up_city: Project, value: str) -> None:
    answer = _stored(store, made_up_city, "echo", text=value)
    assert _column(answer, "text") == [value]
    assert _column(answer, "count") == ["1"]


def test_missing_prefix_lines_are_added_only_where_needed(store: Store, made_up_city: Project) -> None:
    answer = _ask(store, made_up_city, "SELECT ?s { ?s a city:City }")
    assert isinstance(answer, Solutions)
    assert _column(answer, "s") == [f"{_CITY}id/place/baihe"]
    own = "PREFIX city: <urn:other:> ASK { ?s a city:City }"
    assert _ask(store, made_up_city, own) == Truth(False)
    prepared = prepare(own, store=store, prefixes=read_prefixes(made_up_city.prefix_file()))
    assert prepared.text == own


def test_an_undeclared_prefix_is_named_with_its_place_and_the_nearest(
    store: Store, made_up_city: Project
) -> None:
    with pytest.raises(CannotRun) as caught:
        _ask(store, made_up_city, "ASK {\n  ?s a cty:City }")
    assert caught.value.code == "undeclared-prefix"
    assert caught.value.message.startswith("the query:2:8: the prefix cty:")
    *_, line, below = caught.value.message.split("\n")
    assert below.index("^") == line.index("cty")
    assert "city:" in caught.value.hint


def test_a_syntax_error_points_into_the_text_as_it_was_written(store: Store, made_up_city: Project) -> None:
    with pytest.raises(CannotRun) as caught:
        _ask(store, made_up_city, "ASK {\n  ?s a city:City ; rdfs:label\n}")
    assert caught.value.code == "query-syntax"
    assert caught.value.message.startswith("the query:3:1: unexpected }")


@pytest.mark.parametrize(
    "text",
    ["SELECT (1 AS ?x) (2 AS ?x) {}", "SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", "ASK { FILTER(nope(1)) }"],
)
def test_what_the_grammar_allows_and_the_store_does_not_is_a_syntax_error_too(
    made_up_city: Project, text: str
) -> None:
    with pytest.raises(CannotRun) as caught:
        _ask(open_store(made_up_city), made_up_city, text)
    assert caught.value.code == "query-syntax"


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <a:a> <a:b> 1 }", "PREFIX a: <a:> DROP ALL", "CLEAR DEFAULT"]
)
def test_an_update_is_refused(store: Store, made_up_city: Project, text: str) -> None:
    with pytest.raises(UsageError, match="only read") as caught:
        _ask(store, made_up_city, text)
    assert caught.value.code == "query-is-update"


def test_the_default_graph_is_the_closure_and_no_union(store: Store, made_up_city: Project) -> None:
    inferred = "ASK { enterprise:hekang-pharma city:within place:baihe }"
    asserted = "ASK { GRAPH ?g { enterprise:hekang-pharma city:within place:baihe } }"
    assert _ask(store, made_up_city, inferred) == Truth(True)
    assert _ask(store, made_up_city, asserted) == Truth(False)
    once = _ask(store, made_up_city, "SELECT ?o { place:liulin city:within ?o . FILTER(?o = place:dongqu) }")
    assert isinstance(once, Solutions)
    assert len(once.rows) == 1


def test_construct_and_describe_give_each_triple_once(store: Store, made_up_city: Project) -> None:
    text = "CONSTRUCT { ?c a city:City } { ?c a city:City . ?x city:within ?c }"
    answer = _ask(store, made_up_city, text)
    assert isinstance(answer, Triples)
    assert len(answer.triples) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?o { ?s city:within ?o }",
        "SELECT ?s ?v { ?s city:value ?v }",
        "SELECT ?s ?l { ?s rdfs:label ?l }",
        "SELECT ?o (COUNT(*) AS ?n) { ?s city:within ?o } GROUP BY ?o",
        "SELECT ?s ?x { ?s a city:Enterprise OPTIONAL { ?s city:amount ?x } }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    ],
)
def test_both_engines_give_the_same_by_value(made_up_city: Project, text: str) -> None:
    answers = [
        _ask(open_store(made_up_city, engine=engine), made_up_city, text) for engine in ("oxigraph", "rdflib")
    ]
    first, second = (
        Counter(tuple(map(_by_value, answer.rows))) if isinstance(answer, Solutions) else None
        for answer in answers
    )
    assert first == second
    assert first


def _by_value(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(
        Decimal(term.value)
        if isinstance(term, ox.Literal) and term.datatype.value.endswith(("#integer", "#decimal"))
        else term
        for term in row
    )
