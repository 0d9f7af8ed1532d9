"""The W3C forms of results: what is written is read back as the same, and the W3C tests agree."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citykg.errors import UsageError
from citykg.results import Solutions, Term, Triples, Truth, write
from citykg.store import answer_of

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SRX = "{http://www.w3.org/2005/sparql-results#}"
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_IRIS = st.sampled_from(["urn:a", "https://w3id.org/citykg/id/place/qitaihe", "urn:七台河"]).map(ox.NamedNode)
_DATATYPES = st.sampled_from(["integer", "decimal", "double", "boolean", "date", "string"]).map(
    lambda name: ox.NamedNode(_XSD + name)
)
_LITERALS = st.one_of(
    _TEXT.map(ox.Literal),
    st.builds(lambda text: ox.Literal(text, language="zh"), _TEXT),
    st.builds(lambda text, datatype: ox.Literal(text, datatype=datatype), _TEXT, _DATATYPES),
    st.integers().map(lambda number: ox.Literal(str(number), datatype=ox.NamedNode(_XSD + "integer"))),
    st.integers().map(lambda number: ox.Literal(str(number), datatype=ox.NamedNode(_XSD + "decimal"))),
    st.decimals(allow_nan=False, allow_infinity=False).map(
        lambda number: ox.Literal(f"{number:f}", datatype=ox.NamedNode(_XSD + "decimal"))
    ),
)
_TERMS = st.one_of(st.none(), _IRIS, _LITERALS)
_ANSWERS = st.lists(st.tuples(_TERMS, _TERMS), max_size=4).map(lambda rows: Solutions(("a", "名"), rows))


def _in_xml(answer: Solutions) -> bool:
    """Whether XML has all characters (a form feed it has not)."""
    everything = "".join(str(getattr(term, "value", "")) for row in answer.rows for term in row)
    return not re.search("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", everything)


@given(_ANSWERS)
def test_json_is_read_back_as_the_same(answer: Solutions) -> None:
    data = write(answer, "json")
    assert answer_of(ox.parse_query_results(data, ox.QueryResultsFormat.JSON)) == answer
    json.loads(data)


@given(_ANSWERS)
def test_tsv_is_read_back_as_the_same(answer: Solutions) -> None:
    assert answer_of(ox.parse_query_results(write(answer, "tsv"), ox.QueryResultsFormat.TSV)) == answer


@given(_ANSWERS.filter(_in_xml))
def test_xml_is_read_back_as_the_same(answer: Solutions) -> None:
    # An XML parser, and not pyoxigraph's reader of results, which trims literals.
    root = ET.fromstring(write(answer, "xml"))
    rows = [
        {binding.get("name"): _read_xml(binding[0]) for binding in result}
        for result in root.iter(f"{_SRX}result")
    ]
    assert rows == [
        {name: term for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]


def _read_xml(element: ET.Element) -> Term:
    text = element.text or ""
    if element.tag == f"{_SRX}uri":
        return ox.NamedNode(text)
    if language := element.get("{http://www.w3.org/XML/1998/namespace}lang"):
        return ox.Literal(text, language=language)
    datatype = element.get("datatype")
    return ox.Literal(text, datatype=ox.NamedNode(datatype) if datatype else None)


def test_what_xml_lacks_is_replaced_rather_than_written_wrong() -> None:
    data = write(Solutions(("x",), [(ox.Literal("a\x0cb\x00"),)]), "xml")
    (literal,) = ET.fromstring(data).iter(f"{_SRX}literal")
    assert literal.text == "a\ufffdb\ufffd"


@given(_ANSWERS)
def test_csv_has_the_values_that_a_csv_reader_reads(answer: Solutions) -> None:
    text = write(answer, "csv").decode("utf-8")
    # A row of nothing but one empty field is an empty line to the reader; there are two columns here.
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [
        ["a", "名"],
        *([term.value if term is not None else "" for term in row] for row in answer.rows),  # type: ignore[union-attr]
    ]


def test_csv_ends_lines_with_crlf_and_quotes_only_what_needs_it() -> None:
    answer = Solutions(
        ("a", "b"), [(ox.Literal('say "是"'), None), (ox.Literal("x,y"), ox.NamedNode("urn:a"))]
    )
    assert write(answer, "csv") == 'a,b\r\n"say ""是""",\r\n"x,y",urn:a\r\n'.encode()


def test_tsv_shortens_only_what_is_read_as_the_same_type() -> None:
    numbers = [
        ("5", "integer"),
        ("5", "decimal"),
        ("5.0", "decimal"),
        ("1e3", "double"),
        ("1", "double"),
        ("1", "boolean"),
    ]
    answer = Solutions(
        ("n",), [(ox.Literal(value, datatype=ox.NamedNode(_XSD + kind)),) for value, kind in numbers]
    )
    assert write(answer, "tsv").decode().splitlines() == [
        "?n",
        "5",
        f'"5"^^<{_XSD}decimal>',
        "5.0",
        "1e3",
        f'"1"^^<{_XSD}double>',
        f'"1"^^<{_XSD}boolean>',
    ]


@pytest.mark.parametrize("value", [True, False])
def test_a_yes_or_no_has_every_form_of_rows(value: bool) -> None:
    word = str(value).lower()
    assert write(Truth(value), "tsv").decode() == f"{word}\n"
    assert write(Truth(value), "csv").decode() == f"{word}\r\n"
    assert answer_of(
        ox.parse_query_results(write(Truth(value), "json"), ox.QueryResultsFormat.JSON)
    ) == Truth(value)
    assert answer_of(ox.parse_query_results(write(Truth(value), "xml"), ox.QueryResultsFormat.XML)) == Truth(
        value
    )


@pytest.mark.parametrize(
    ("format", "parser"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdfxml", ox.RdfFormat.RDF_XML),
    ],
)
def test_triples_are_read_back_and_written_in_one_order(format: str, parser: ox.RdfFormat) -> None:
    subject, predicate = ox.NamedNode("https://w3id.org/citykg/id/place/a"), ox.NamedNode("urn:p:q")
    triples = [ox.Triple(subject, predicate, ox.Literal(text, language="zh")) for text in "乙甲丙"]
    prefixes = {"place": "https://w3id.org/citykg/id/place/", "unused": "urn:unused:"}
    data = write(Triples(triples), format, prefixes=prefixes)
    assert {quad.triple for quad in ox.parse(data, parser)} == set(triples)
    assert data == write(Triples(triples[::-1]), format, prefixes=prefixes)
    assert b"unused" not in data


def test_no_triples_are_an_empty_file() -> None:
    assert write(Triples(()), "ntriples") == b""


@pytest.mark.parametrize(
    ("answer", "format"), [(Truth(True), "turtle"), (Solutions(("x",), []), "jsonld"), (Triples(()), "csv")]
)
def test_a_form_that_an_answer_has_not_is_refused(answer: Truth | Solutions | Triples, format: str) -> None:
    with pytest.raises(UsageError) as caught:
        write(answer, format)
    assert caught.value.code == "wrong-format"
