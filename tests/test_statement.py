"""Which triple three names mean."""

import pyoxigraph as ox
import pytest

from citykg.errors import NegativeAnswer
from citykg.opening import open_store
from citykg.prefixes import Prefixes, read_prefixes
from citykg.project import Project
from citykg.statement import find_statement
from citykg.store import MemoryStore, Store

ID = "https://w3id.org/citykg/id/"
CITY = "https://w3id.org/citykg/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
WITHIN = ox.NamedNode(CITY + "within")
LIULIN, BAIHE = (ox.NamedNode(f"{ID}place/{name}") for name in ("liulin", "baihe"))


@pytest.fixture(scope="module")
def store(made_up_city: Project) -> Store:
    return open_store(made_up_city)


@pytest.fixture(scope="module")
def prefixes(made_up_city: Project) -> Prefixes:
    return read_prefixes(made_up_city.prefix_file())


def test_names_mean_triples(store: Store, prefixes: Prefixes) -> None:
    assert find_statement(store, "柳林园区", "位于", "place:baihe", prefixes=prefixes) == (
        LIULIN,
        WITHIN,
        BAIHE,
    )
    _, kind, _ = find_statement(store, "白河", "a", "city:City", prefixes=prefixes)
    assert kind == ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    label = find_statement(store, "白河", "rdfs:label", "Baihe", prefixes=prefixes)
    assert label[2] == ox.Literal("Baihe", language="en")
    quoted = find_statement(store, "白河", "rdfs:label", '"Baihe"@en', prefixes=prefixes)
    assert quoted == label


def test_a_literal_that_is_none_is_refused(store: Store, prefixes: Prefixes) -> None:
    with pytest.raises(NegativeAnswer, match="not a literal"):
        find_statement(store, "白河", "rdfs:label", '"Baihe', prefixes=prefixes)


VALUES = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn://x> <urn://p> 120000000.0 , 1.5e3 , 7 , true , "2023-05-17"^^xsd:date , "05" , "老城"@zh .
"""


@pytest.fixture(scope="module")
def values() -> Store:
    graph = ox.Store()
    graph.load(VALUES.encode(), ox.RdfFormat.TURTLE)
    return MemoryStore(graph)


@pytest.mark.parametrize(
    ("text", "value", "datatype"),
    [
        ("120000000.0", "120000000", "decimal"),
        ("120000000", "120000000", "decimal"),
        ("120,000,000", "120000000", "decimal"),
        ("1.2e8", "120000000", "decimal"),
        ('"120000000.00"^^xsd:decimal', "120000000", "decimal"),
        ("1500", "1500", "double"),
        ("7.0", "7", "integer"),
        ("true", "true", "boolean"),
        ("2023-05-17", "2023-05-17", "date"),
        ("05", "05", "string"),
    ],
)
def test_a_value_is_meant_in_whatever_form_it_is_written(
    values: Store, text: str, value: str, datatype: str
) -> None:
    _, _, found = find_statement(values, "urn://x", "urn://p", text, prefixes=Prefixes({"xsd": XSD}))
    assert isinstance(found, ox.Literal)
    assert float(found.value) == float(value) if datatype == "double" else found.value == value
    assert found.datatype.value == XSD + datatype


@pytest.mark.parametrize(
    "text", ["5", "1,20000000", "12", "nan", "sNaN", "1e9999999999", "老城区", "2023-05-18"]
)
def test_a_value_that_is_not_there_is_said_with_those_that_are(values: Store, text: str) -> None:
    with pytest.raises(NegativeAnswer) as raised:
        find_statement(values, "urn://x", "urn://p", text, prefixes=Prefixes({}))
    assert raised.value.code == "not-found"
    assert raised.value.message == f"not in the graph: urn://x urn://p {text}"
    assert raised.value.hint.startswith("urn://p of urn://x: ")
    for value in ("120000000", "7", "true", "2023-05-17", '"05"', '"老城"@zh'):
        assert value in raised.value.hint


def test_a_number_of_what_has_no_values_is_no_name(values: Store) -> None:
    with pytest.raises(NegativeAnswer, match="not in the graph: urn://x urn://q 12") as raised:
        find_statement(values, "urn://x", "urn://q", "12", prefixes=Prefixes({}))
    assert raised.value.hint == "no number, date or text is urn://q of urn://x"
    with pytest.raises(NegativeAnswer, match="nothing is called '无名'"):
        find_statement(values, "urn://x", "urn://q", "无名", prefixes=Prefixes({}))
