"""Literals: well-formed as XML Schema says, told from what a store makes of them, compared as SPARQL does."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from citykg.shacl.constraints.values import Datatype
from citykg.shacl.data import Data, find_rewrites
from citykg.shacl.expression import Variables
from citykg.shacl.literals import as_stored, is_canonical, is_well_formed, less, less_or_equal
from citykg.shacl.shapes import Scope
from citykg.shacl.vocabulary import xsd

RIGHT = {
    "integer": ["0", "-5", "+7", "007", "123456789012345678901234567890"],
    "decimal": ["1", "1.0", "1.", ".5", "-0.10"],
    "double": ["1", "1e5", "1.5E-3", "INF", "-INF", "NaN"],
    "boolean": ["true", "false", "1", "0"],
    "date": ["2023-05-17", "2020-02-29", "2023-05-17Z", "2023-05-17+08:00", "12023-01-01"],
    "dateTime": ["2023-05-17T11:09:54+08:00", "2023-05-17T24:00:00", "2023-05-17T00:00:00.5"],
    "time": ["11:09:54", "23:59:59.9Z", "24:00:00"],
    "gYear": ["2023", "-0044", "2023Z"],
    "gYearMonth": ["2023-05", "2023-12+08:00"],
    "gMonthDay": ["--02-29"],
    "duration": ["P1Y", "P1Y2M3DT4H5M6.7S", "-PT1S"],
    "dayTimeDuration": ["P1D", "PT5M"],
    "yearMonthDuration": ["P1Y2M"],
    "nonNegativeInteger": ["0", "12"],
    "byte": ["-128", "127"],
    "language": ["zh", "zh-Hans-CN"],
    "hexBinary": ["", "0aFF"],
    "anyURI": ["https://example.org/", "a b"],
}
WRONG = {
    "integer": ["", "five", "1.0", " 5", "٣", "1e3"],
    "decimal": ["1e5", "1,5", "."],
    "double": ["inf", "1e"],
    "boolean": ["True", "yes"],
    "date": ["2023-5-17", "2023-02-30", "2021-02-29", "2023-13-01", "2023-05-17+15:00"],
    "dateTime": ["2023-05-17", "2023-05-17T25:00:00"],
    "time": ["11:09", "24:00:01"],
    "gYear": ["23", "20x3", "abcd"],
    "gYearMonth": ["2023-13"],
    "gMonthDay": ["--02-30"],
    "duration": ["P", "P1YT", "1Y"],
    "dayTimeDuration": ["P1M", "P"],
    "yearMonthDuration": ["P1D"],
    "nonNegativeInteger": ["-1"],
    "byte": ["128"],
    "language": ["zh_CN", "中文"],
    "hexBinary": ["0"],
}


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=xsd(datatype))


@pytest.mark.parametrize("datatype", RIGHT)
def test_well_formed_literals_are_taken_for_such(datatype) -> None:
    assert [text for text in RIGHT[datatype] if not is_well_formed(literal(text, datatype))] == []


@pytest.mark.parametrize("datatype", WRONG)
def test_ill_formed_literals_are_found(datatype) -> None:
    assert [text for text in WRONG[datatype] if is_well_formed(literal(text, datatype))] == []


@pytest.mark.parametrize(
    "datatype", ["integer", "decimal", "double", "boolean", "date", "dateTime", "time", "gYear"]
)
def test_the_store_finds_the_ill_formed_literals(datatype) -> None:
    store = Store()
    subjects = {}
    # A store takes inf for INF: it is among the rewritten literals, which are looked at one by one.
    wrong = {text for text in WRONG[datatype] if text != "inf"}
    for number, text in enumerate([*RIGHT[datatype], *wrong]):
        subjects[f"urn:{number}"] = text
        store.add(Quad(NamedNode(f"urn:{number}"), NamedNode("urn:p"), literal(text, datatype)))
    condition = Datatype(xsd(datatype)).bad(Scope(Data(store), Variables()), "?value")
    rows = store.query(f"SELECT ?this WHERE {{ ?this <urn:p> ?value FILTER({condition.text}) }}")
    found = {subjects[row["this"].value] for row in rows}
    assert found >= wrong
    assert found - wrong <= {"123456789012345678901234567890"}


@pytest.mark.parametrize("datatype", RIGHT)
def test_what_is_taken_for_canonical_a_store_keeps(datatype) -> None:
    texts = RIGHT[datatype] + WRONG.get(datatype, [])
    kept = [literal(text, datatype) for text in texts if is_canonical(text, xsd(datatype).value)]
    store = Store()
    store.extend(Quad(NamedNode("urn:s"), NamedNode("urn:p"), value) for value in kept)
    assert {quad.object for quad in store} == set(kept)


def test_a_store_rewrites_these() -> None:
    written = [literal("3.10", "decimal"), literal("5", "nonNegativeInteger"), literal("1", "boolean")]
    stored = {value.value: new for value, new in as_stored(written).items()}
    assert stored["3.10"] == literal("3.1", "decimal")
    assert stored["5"] == literal("5", "integer")
    assert stored["1"] == literal("true", "boolean")


def test_all_values_of_a_node_with_a_rewritten_one_are_known_as_written() -> None:
    node, other, p = NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:p")
    values = [literal("1.5", "decimal"), literal("1.50", "decimal"), Literal("x")]
    quads = [Quad(node, p, value) for value in values] + [Quad(other, p, literal("2.5", "decimal"))]
    rewrites = find_rewrites(quads)
    assert rewrites == {p: {node: tuple(values[:2])}}
    store = Store()
    store.extend(quads)
    assert set(Data(store, rewrites).objects(node, p)) == set(values)
    assert Data(store, rewrites).subjects(p, values[1]) == (node,)
    assert Data(store, rewrites).subjects(p, literal("1.500", "decimal")) == ()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (literal("1", "integer"), literal("1.5", "decimal"), True),
        (literal("2", "integer"), literal("1.5", "double"), False),
        (literal("2020-01-01", "date"), literal("2020-01-02", "date"), True),
        (Literal("a"), Literal("b"), True),
        (Literal("a", language="en"), Literal("b", language="en"), None),
        (literal("five", "integer"), literal("6", "integer"), None),
        (Literal("a"), literal("1", "integer"), None),
        (literal("2020-01-01T00:00:00", "dateTime"), literal("2020-01-01T05:00:00Z", "dateTime"), None),
        (NamedNode("urn:a"), NamedNode("urn:b"), None),
    ],
)
def test_what_has_no_order_is_not_less(a, b, expected) -> None:
    assert less(a, b) is expected


def test_an_ill_typed_literal_is_not_even_equal_to_itself_in_order() -> None:
    assert less_or_equal(literal("abcd", "gYear"), literal("abcd", "gYear")) is None
    assert less_or_equal(literal("2020", "gYear"), literal("2020", "gYear")) is True
