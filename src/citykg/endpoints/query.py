"""SPARQL 1.1 Protocol, query operation (section 2.1): by POST of a form, so that no query is too long."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

import pyoxigraph as ox

from ..export.selection import pattern
from ..export.sources import Term, blocks_of, lines_of
from ..tokens import Kind, Token, code_tokens
from .errors import EndpointError, too_many_graphs, too_many_rows
from .http import Http

__all__ = ["Dataset", "Queries", "canonical_lines", "next_answer", "renamed"]

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_MOST_ROWS = "X-SPARQL-MaxRows"
_LABEL = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
_ANSWERS = count(1)
# From here on a request may be too long for a server: Jetty takes forms of 200 kB.
_MANY_PARAMETERS = 1_000
_MENTION = re.compile(r"\b(?:GRAPH|FROM)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")
_FORM = re.compile(
    r"(?:\s|#[^\n]*(?:\n|$)|PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)


class Dataset:
    """The graphs that a request names (SPARQL 1.1 Protocol, section 2.1.4).

    A request that names its default graph must name those that ``GRAPH`` is to find too. A query with its own
    ``FROM`` is left alone.

    Args:
        default: IRI of the default graph; None leaves all to the server.
        at_most: graphs that are named for ``GRAPH ?g``; where there are more, the server is known to find
            them without. None for all, whatever their number.
    """

    def __init__(self, *, default: str | None = None, at_most: int | None = None) -> None:
        self.default = default
        self.at_most = at_most


class Queries:
    """The query operation of an endpoint.

    Args:
        http: the connection.
        url: the endpoint.
        dataset: what requests name.
    """

    def __init__(self, http: Http, url: str, dataset: Dataset | None = None) -> None:
        self.http = http
        self.url = url
        self.dataset = dataset or Dataset()
        self._counts: dict[str, int] | None = None

    def run(
        self, text: str, *, whole: bool = True
    ) -> ox.QuerySolutions | ox.QueryBoolean | bool | list[ox.Triple]:
        """Run a query and read its answer.

        Args:
            text: complete SPARQL 1.1 Query text.
            whole: refuse an answer that the server says it has ended after the most rows that it gives.

        Raises:
            SyntaxError: the text is not SPARQL.
            CannotRun: the server could not answer; ``endpoint-too-many-rows``.
        """
        form = _FORM.match(text)
        makes_triples = form is not None and form[1].upper() in ("CONSTRUCT", "DESCRIBE")
        parameters = self._form(text)
        try:
            response = self.http.request(
                "POST", self.url, form=parameters, accept=_TRIPLES if makes_triples else _ROWS
            )
        except EndpointError as error:
            if error.status in (400, 500):
                _check_syntax(text)
            if len(parameters) > _MANY_PARAMETERS:
                raise too_many_graphs(error, len(parameters) - 2) from error
            raise
        most = response.headers.get(_MOST_ROWS, "") if whole else ""
        if most.isdecimal() and not _asks_for_at_most(text, int(most)):
            number = response.content.count(b"\n") if makes_triples else _number_of_rows(response.content)
            if number >= int(most):  # whether there are more than these, the server does not say
                raise too_many_rows(self.url, int(most))
        if makes_triples:
            return [quad.triple for quad in ox.parse(response.content, ox.RdfFormat.N_TRIPLES)]
        answer = _results(response.content)
        if form is not None and form[1].upper() == "ASK" and isinstance(answer, ox.QuerySolutions):
            # Virtuoso answers ASK with a table of one cell.
            return any(row[0] is not None and row[0].value in ("1", "true") for row in answer)
        return answer

    def check_whole(self, text: str, rows: int) -> None:
        """Count the rows of a SELECT query there when as many have come as a silent limit would let through.

        Limits are round: of hundreds, or powers of two. Counting runs in a subquery, which no limit of rows
        cuts. A server that cannot count so tells nothing.

        Raises:
            CannotRun: ``endpoint-too-many-rows`` when there are more.
        """
        form = _FORM.match(text)
        round_number = rows >= 100 and (rows % 100 == 0 or rows & (rows - 1) == 0)
        if form is None or not round_number or _asks_for_at_most(text, rows):
            return
        if any(token.text.upper() == "FROM" for token in code_tokens(text)):  # not in a subquery
            return
        before, query = text[: form.start(1)], text[form.start(1) :]
        try:
            counted = list(self.rows(f"{before}SELECT (COUNT(*) AS ?citykgRows) WHERE {{ {{\n{query}\n}} }}"))
        except (EndpointError, TypeError):
            return
        for (number,) in counted:
            if isinstance(number, ox.Literal) and int(number.value) > rows:
                raise too_many_rows(self.url, rows)

    def rows(self, text: str, *, whole: bool = True) -> Iterator[tuple[Term | None, ...]]:
        """Run a SELECT query and yield its rows in the order of the columns; see `run`."""
        yield from _rows_of(self.run(text, whole=whole))

    def ask(self, text: str) -> bool:
        """Run an ASK query."""
        return bool(self.run(text))

    def triples(self, text: str, *, answer: int | None = None) -> Iterator[bytes]:
        """Run a CONSTRUCT or DESCRIBE query and yield lines of N-Triples in blocks; see `canonical_lines`."""
        with self.http.stream("POST", self.url, form=self._form(text), accept=_TRIPLES) as chunks:
            yield from canonical_lines(chunks, answer=answer)

    def counts(self) -> Mapping[str, int]:
        """Return the triples of each graph that holds any, by name, sorted; asked once, until `forget`."""
        if self._counts is None:
            # Counting is quicker than SELECT DISTINCT: a thousand times on Virtuoso. No graph is named: then
            # all are found, by stores without a default graph of their own too.
            found = {}
            for graph, number in Queries(self.http, self.url).rows(pattern("endpoint-counts")):
                if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal):
                    found[graph.value] = int(number.value)
            self._counts = {graph: found[graph] for graph in sorted(found)}
        return self._counts

    def graphs(self) -> Sequence[str]:
        """Return the names of the graphs that hold anything, sorted."""
        return list(self.counts())

    def forget(self) -> None:
        """Ask for the graphs again the next time."""
        self._counts = None

    def _form(self, text: str) -> list[tuple[str, str]]:
        form = [("query", text)]
        default = self.dataset.default
        mentioned = _mentioned(text) if default is not None and _MENTION.search(text) else set()
        if default is None or mentioned is None:
            return form
        form.append(("default-graph-uri", default))
        named = sorted(graph for graph in mentioned if graph is not None)
        if None in mentioned:
            others = [graph for graph in self.graphs() if graph != default]
            at_most = self.dataset.at_most
            named = others if named or at_most is None or len(others) <= at_most else []
        form.extend(("named-graph-uri", graph) for graph in named)
        return form


def _mentioned(text: str) -> set[str | None] | None:
    """Return the graphs that a query names after GRAPH, None for a variable; None for one with FROM."""
    found: set[str | None] = set()
    prefixes: dict[str, str] = {}
    before: list[Token] = []
    for token in code_tokens(text):
        words = [word.text.upper() for word in before]
        if token.kind is Kind.WORD and token.text.upper() == "FROM":
            return None
        if token.kind is Kind.IRI and words[:1] == ["PREFIX"] and len(before) == 2:
            prefixes[before[1].text] = token.text[1:-1]
        elif words[1:] == ["GRAPH"]:
            found.add(_graph(token, prefixes))
        before = [*before[-1:], token]
    return found


def _graph(token: Token, prefixes: Mapping[str, str]) -> str | None:
    """Return the IRI of a token, None when it does not say which."""
    if token.kind is Kind.IRI and ":" in token.text:
        return token.text[1:-1]
    if token.kind is Kind.NAME:
        prefix, _, local = token.text.partition(":")
        if f"{prefix}:" in prefixes:
            return prefixes[f"{prefix}:"] + _ESCAPED.sub(r"\1", local)
    return None


def _asks_for_at_most(text: str, number: int) -> bool:
    """Whether a query's own LIMIT, the last one outside of braces, is no more than a number."""
    depth, limit, before = 0, None, ""
    for token in code_tokens(text):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and before == "LIMIT" and token.text.isdecimal():
            limit = int(token.text)
        before = token.text.upper()
    return limit is not None and limit <= number


def canonical_lines(chunks: Iterator[bytes], *, answer: int | None = None) -> Iterator[bytes]:
    """Parse N-Triples as it arrives and write it canonically, in blocks: no server's spelling is trusted.

    Blank nodes get names that no other answer has, or with ``answer`` none of another number.
    """
    answer = next_answer() if answer is None else answer
    for block in blocks_of(chunks):
        quads = ox.parse(block, ox.RdfFormat.N_TRIPLES, lenient=True)
        lines = (
            lines_of(renamed(quad.triple, answer) for quad in quads) if b"_:" in block else lines_of(quads)
        )
        if lines:
            yield lines


def next_answer() -> int:
    """Return a number that no other answer has."""
    return next(_ANSWERS)


def renamed(triple: ox.Triple, answer: int) -> ox.Triple:
    """Give blank nodes names that tell the answers of a server apart."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.BlankNode(f"a{answer}x{subject.value}")
    if isinstance(value, ox.BlankNode):
        value = ox.BlankNode(f"a{answer}x{value.value}")
    return ox.Triple(subject, triple.predicate, value)


def _results(content: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read SPARQL 1.1 Query Results JSON, with the labels of blank nodes that Virtuoso writes like IRIs."""
    return ox.parse_query_results(_LABEL.sub(rb"\1n", content), ox.QueryResultsFormat.JSON)


def _rows_of(answer: object) -> list[tuple[Term | None, ...]]:
    """Return all rows at once: what pyoxigraph yields may be let go of in its own thread only."""
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    return [tuple(row) for row in answer]


def _number_of_rows(content: bytes) -> int:
    found = _results(content)
    return sum(1 for _ in found) if isinstance(found, ox.QuerySolutions) else 0


def _check_syntax(text: str) -> None:
    """Raise the syntax error, worded as for an embedded store, if it is one."""
    ox.Store().query(text)
