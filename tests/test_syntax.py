"""Where a text stops being a query."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.library import read_query_text
from citykg.syntax import first_error

_ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("text", "found", "hint"),
    [
        ("SELECT * {\n ?s ?p ?o } }", "unexpected }", "GROUP"),
        ("SELCT * {}", "unexpected SELCT", "SELECT"),
        ("SELECT ?x { ?x a <b:c> FILTR(?x) }", "unexpected FILTR", "FILTER"),
        ("SELECT ?x { ?x a <b:c> ORDER BY ?x", "unexpected ORDER", ""),
        ("SELECT * { ?s ?p 'abc }", "a string that does not end", "close it with '"),
        ("SELECT * { ?s a <b:c> ", "the query ends too early", ""),
        ("SELECT * { ?s ?p ?o } LIMIT x", "unexpected x", "a whole number"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", "unexpected ;", ""),
        ("", "the query ends too early", "SELECT"),
    ],
)
def test_the_first_token_that_cannot_stand_there_is_named(text: str, found: str, hint: str) -> None:
    mistake = first_error(text)
    assert mistake is not None
    assert mistake.message == found
    assert hint in mistake.hint
    if mistake.message.startswith("unexpected"):
        assert text.startswith(found.removeprefix("unexpected "), mistake.start)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x a <b:c>, ?y ; <b:d> [ a <e:e> ], (1 -2 'x'@en '3'^^<x:y>) . FILTER(?x >= -1 && "
        "?y IN (1,2) || !EXISTS { ?s ^<a:b>/(<c:d>|!a)* ?o}) } GROUP BY ?x HAVING(COUNT(*) > 1) "
        "ORDER BY DESC(?x) LIMIT 1 OFFSET 2",
        "SELECT (COUNT(DISTINCT *) AS ?n) { {SELECT ?x {?x ?y ?z} LIMIT 1} UNION {?a ?b ?c. ?d ?e ?f .}"
        " VALUES (?a ?b) {(1 UNDEF) (<a:a> true)} GRAPH ?g {} MINUS {?a ?b ?c} SERVICE SILENT <s:s> {} }",
        "CONSTRUCT WHERE { ?a ?b ?c }",
        "DESCRIBE <a:b>",
        "BASE <a:b> ASK FROM NAMED <a:c> { OPTIONAL { ?a ?b 1.5e3 } BIND(IF(?a, 1, 2)+3*-4 AS ?c) }"
        " VALUES ?a { 1 }",
    ],
)
def test_what_pyoxigraph_takes_has_no_mistake(text: str) -> None:
    ox.Store().query(text)
    assert first_error(text) is None


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem) for path in sorted((_ROOT / "src/citykg/sparql").glob("*.rq"))]
)
def test_our_own_patterns_have_no_mistake(path: Path) -> None:
    # A pattern may ask for several terms in VALUES, or several rows of them, where SPARQL has no variables.
    text = re.sub(r"(VALUES \([^)]*\) \{ )\?_\w+", r"\1", read_query_text(path))
    text = re.sub(r"\?_\w+", "<urn:x>", text)
    assert first_error(text) is None
