"""Stored queries say what they answer, in both languages, and are written in one way."""

import re

import pyoxigraph as ox
import pytest

from citykg.library import Library, StoredQuery
from citykg.prefixes import Prefixes

_LINES = 48  # fits on a screen
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HIDDEN = re.compile(r'"[^"\n]*"|<[^<>\s]*>|#[^\n]*')
_CONTRACTS = {
    "measurements": "measurement article subject subjectLabel indicatorLabel value unit asStated period "
    "modality passage start end",
    "entities": "entity label type typeLabel",
    "relations": "subject subjectLabel predicate predicateLabel object objectLabel modality article passage",
    "passages": "passage article order start end speaker facts",
}
#: Prefixes of terms of the model; every other prefix is one of things of some city.
_MODEL = {
    "city", "dcterms", "graph", "indicator", "modality", "oa", "org", "owl", "prov", "rdf", "rdfs", "skos",
}  # fmt: skip
_USES_GRAPHS = {"relations", "entities", "passages", "passage-facts", "evidence-for"}


def _columns(stored: StoredQuery) -> tuple[str, ...]:
    text = re.sub(r"\?__?([A-Za-z0-9]+)", r"?parameter\1", stored.sparql).replace("LIMIT ?parameterlimit", "")
    found = ox.Store().query(text)
    assert isinstance(found, ox.QuerySolutions)
    return tuple(variable.value for variable in found.variables)


def test_there_are_many_queries_on_every_topic(library: Library) -> None:
    queries = list(library)
    assert len(queries) >= 50
    assert sum(bool(query.parameters) for query in queries) >= 18
    assert {query.topic for query in queries} == {
        "economy", "enterprises", "environment", "events", "evidence", "finance", "measurements", "people",
        "places", "plans", "policies", "projects",
    }  # fmt: skip


def test_title_and_question_tell_queries_apart(library: Library) -> None:
    queries = list(library)
    for told in ([q.title for q in queries], [q.question for q in queries], [q.summary for q in queries]):
        assert len(set(told)) == len(told)


def test_header_is_complete(stored: StoredQuery) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", stored.name)
    assert stored.summary
    assert not _HAN.search(stored.summary)
    assert not stored.summary.endswith(".")
    assert stored.tags[:1] == (stored.topic,)
    assert _HAN.search(stored.title)
    assert stored.question.endswith("？")
    assert stored.question_en.endswith("?")
    assert not _HAN.search(stored.question_en)


def test_columns_of_the_header_are_those_of_the_query(stored: StoredQuery) -> None:
    assert tuple(stored.columns) == _columns(stored)
    assert all(_HAN.search(heading) for heading in stored.columns.values())
    assert len(set(stored.columns.values())) == len(stored.columns)


def test_parameters_are_described_and_can_be_left_out_or_say_that_they_cannot(stored: StoredQuery) -> None:
    for parameter in stored.parameters:
        assert _HAN.search(parameter.label)
        assert parameter.description
        assert parameter.required == ("必填" in parameter.description)
        assert parameter.optional == ("可省略" in parameter.description)


def test_prefixes_are_those_of_the_project_and_only_the_used_ones(
    stored: StoredQuery, prefixes: Prefixes
) -> None:
    declared = re.findall(r"^PREFIX (\w+): <([^>]*)>$", stored.sparql, re.MULTILINE)
    assert declared == sorted(declared)
    assert dict(declared).items() <= dict(prefixes).items()
    body = _HIDDEN.sub("", re.sub(r"^PREFIX .*$", "", stored.sparql, flags=re.MULTILINE))
    assert set(dict(declared)) == set(re.findall(r"(?<![\w?])(\w+):\w", body))


def test_query_knows_no_city(stored: StoredQuery) -> None:
    declared = set(re.findall(r"^PREFIX (\w+):", stored.sparql, re.MULTILINE))
    assert declared <= _MODEL
    assert not re.search("七台河|黑龙江|Qitaihe", stored.text)


def test_rows_have_an_order(stored: StoredQuery) -> None:
    assert re.search(r"^ORDER BY .*\n(LIMIT .*\n)?\Z", stored.sparql, re.MULTILINE)


def test_query_fits_on_a_screen(stored: StoredQuery) -> None:
    lines = stored.text.splitlines()
    assert len(lines) <= _LINES
    assert max(len(line) for line in lines if not line.startswith(("#+", "PREFIX"))) <= 120


def test_only_queries_about_bare_triples_look_into_graphs(stored: StoredQuery) -> None:
    if stored.name in _USES_GRAPHS:
        assert "rdf:type city:Passage" in stored.sparql or "GRAPH graph:entities" in stored.sparql
    else:
        assert "GRAPH" not in stored.sparql


@pytest.mark.parametrize("name", _CONTRACTS)
def test_contract_has_exactly_its_columns(library: Library, name: str) -> None:
    assert " ".join(_columns(library[name])) == _CONTRACTS[name]
