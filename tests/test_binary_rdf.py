"""Graphs in the binary format of RDF4J: every kind of term, cut anywhere; what is not whole is refused."""

from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citykg.endpoints import Credentials, connect
from citykg.endpoints.binary_rdf import MEDIA_TYPE, lines_of_binary
from citykg.errors import CannotRun
from citykg.export import from_quads
from citykg.export.selection import CLOSURE
from citykg.load.plan import make_plan
from citykg.verify import verify

from .test_endpoints import reply, serving

XSD = "http://www.w3.org/2001/XMLSchema#"
TRIPLES = [
    ox.Triple(ox.NamedNode(f"urn:s{number}"), ox.NamedNode("urn:p"), value)
    for number, value in enumerate(
        [
            ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")),
            ox.Literal("01", datatype=ox.NamedNode(XSD + "integer")),
            ox.Literal('标签 "引号" \\ \t\r\n \u0001\u007f 😀'),
            ox.Literal("七台河" * 100, language="zh-Hans"),
            ox.Literal(""),
            ox.NamedNode("https://example.org/七台河"),
        ]
    )
]


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes((*found, value))


def _text(text: str) -> bytes:
    return _number(len(text.encode())) + text.encode()


def _term(term: object, declared: Sequence[object] = ()) -> bytes:
    if term in declared:
        return b"\x06" + _number(declared.index(term) + 300)
    match term:
        case ox.NamedNode():
            return b"\x01" + _text(term.value)
        case ox.BlankNode():
            return b"\x02" + _text(term.value)
        case ox.Literal() if term.language:
            return b"\x04" + _text(term.value) + _text(term.language)
        case ox.Literal() if term.datatype.value == XSD + "string":
            return b"\x03" + _text(term.value)
        case ox.Literal():
            return b"\x05" + _text(term.value) + _text(term.datatype.value)
    raise TypeError(term)


def _document(triples: Sequence[ox.Triple], declared: Sequence[object] = ()) -> bytes:
    """Write a document as the format's page says, with a prefix, a comment and declared terms."""
    parts = [
        b"BRDF\x00\x00\x00\x02",
        _text("UTF-8"),
        b"\x00",
        _text("p"),
        _text("urn:"),
        b"\x02",
        _text("注"),
    ]
    for number, term in enumerate(declared):
        parts += b"\x03", _number(number + 300), _term(term)
    for triple in triples:
        terms = (triple.subject, triple.predicate, triple.object)
        parts += b"\x01", *(_term(term, declared) for term in terms), b"\x00"
    return b"".join((*parts, b"\x7f"))


def _read(chunks: Sequence[bytes]) -> set[ox.Triple]:
    lines = b"".join(lines_of_binary(iter(chunks), answer=5))
    return {quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES)}


@given(st.integers(1, 40), st.booleans())
def test_every_kind_of_term_arrives_however_the_answer_is_cut(size: int, declares: bool) -> None:
    declared = [TRIPLES[0].predicate, *(triple.object for triple in TRIPLES)] if declares else []
    document = _document(TRIPLES, declared)
    assert _read([document[at : at + size] for at in range(0, len(document), size)]) == set(TRIPLES)


def test_lines_are_canonical() -> None:
    lines = b"".join(lines_of_binary(iter([_document(TRIPLES)]), answer=5))
    assert lines == ox.serialize(TRIPLES, format=ox.RdfFormat.N_TRIPLES)


def test_blank_nodes_of_two_answers_are_two() -> None:
    document = _document([ox.Triple(ox.BlankNode("x"), ox.NamedNode("urn:p"), ox.BlankNode("x"))])
    first, second = (b"".join(lines_of_binary(iter([document]), answer=number)) for number in (1, 2))
    assert first != second
    (quad,) = ox.parse(first, ox.RdfFormat.N_TRIPLES)
    assert quad.subject == quad.object


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"<urn:s> <urn:p> <urn:o> .\n", "not the binary format"),
        (b"BRDF\x00\x00\x00\x01", "version 2"),
        (b"BRDF\x00\x00\x00\x02" + _text("UTF-16BE"), "UTF-16BE"),
        (_document(TRIPLES)[:-1], "no end"),
        (_document(TRIPLES)[:-9], "no end"),
        (_document([])[:-1] + b"\x01\x06\x09\x06\x09\x06\x09\x00\x7f", "not declared"),
        (_document([])[:-1] + b"\x01\x03\x01a\x01\x01b\x01\x01c\x00\x7f", "not in their places"),
        (_document([])[:-1] + b"\x01\x01\x03a b", "no IRI"),
        (_document([])[:-1] + b"\x01\x07", "a term of kind 7"),
        (_document([])[:-1] + b"\x09", "a record of kind 9"),
    ],
)
def test_what_is_no_such_document_is_refused(document: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list(lines_of_binary(iter([document]), answer=5))


class _Rdf4j:
    """A server of that kind with one graph; what it is asked for is noted.

    Args:
        binary: what it answers to who asks for the binary format; None to refuse.
    """

    def __init__(self, binary: bytes | None) -> None:
        self.binary = binary
        self.asked: list[str] = []

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a GET of the graph, or count."""
        if request.command != "GET":
            self.asked.append("a query")
            size = int(request.headers["Content-Length"])
            request.rfile.read(size)
            request.headers.replace_header("Content-Length", "0")
            store = ox.Store()
            store.extend(ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(CLOSURE)) for t in TRIPLES)
            query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
            found = store.query(query)
            assert isinstance(found, ox.QuerySolutions)
            body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
            reply(request, body=body, media_type="application/sparql-results+json")
            return
        accept = request.headers["Accept"]
        self.asked.append(accept)
        if accept != MEDIA_TYPE:
            body = ox.serialize(TRIPLES, format=ox.RdfFormat.N_TRIPLES) or b""
            reply(request, body=body, media_type="application/n-triples")
        elif self.binary is None:
            reply(request, 406, b"", "text/plain")
        else:
            reply(request, body=self.binary, media_type=MEDIA_TYPE)


def _quads(triples: Sequence[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def _verified(server: _Rdf4j, triples: Sequence[ox.Triple] = TRIPLES) -> tuple[bool, int]:
    source = from_quads(_quads(triples))
    with serving(server.answer) as url:
        endpoint = connect(url, kind="rdf4j", credentials=Credentials(), timeout=30)
        found = verify(source, endpoint, make_plan({None: len(triples)}, endpoint))
    return found.whole, len(found.miscounts)


def test_one_graph_that_holds_as_many_as_it_should_is_not_counted_besides() -> None:
    server = _Rdf4j(_document(TRIPLES))
    assert _verified(server) == (True, 0)
    assert server.asked == [MEDIA_TYPE]


def test_one_that_holds_more_is_counted_and_told() -> None:
    server = _Rdf4j(_document(TRIPLES))
    assert _verified(server, TRIPLES[1:]) == (False, 1)
    assert server.asked == [MEDIA_TYPE, "a query"]


@pytest.mark.parametrize("binary", [None, b"<urn:s> <urn:p> <urn:o> .\n"])
def test_a_server_that_does_not_write_it_is_read_otherwise(binary: bytes | None) -> None:
    server = _Rdf4j(binary)
    assert _verified(server) == (True, 0)
    assert server.asked == [MEDIA_TYPE, "a query", "application/n-triples"]


def test_an_answer_that_breaks_off_is_no_smaller_graph() -> None:
    with pytest.raises(CannotRun, match="broke off: the document has no end"):
        _verified(_Rdf4j(_document(TRIPLES)[:-9]))
