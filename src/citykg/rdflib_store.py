"""The reference engine: the same data as an rdflib Dataset, queried by rdflib."""

import warnings
from collections.abc import Iterable

import pyoxigraph as ox
import rdflib
import rdflib.plugins.sparql
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Identifier, Node

from .errors import CannotRun
from .results import Answer, Row, Solutions, Term, Triples, Truth

__all__ = ["RdflibStore", "dataset_of"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"


class RdflibStore:
    """A dataset in memory whose queries rdflib answers.

    Args:
        graph: where the quads come from; they are copied.
    """

    def __init__(self, graph: Iterable[ox.Quad]) -> None:
        self.dataset = dataset_of(graph)

    def query(self, text: str) -> Answer:
        """Run a query; see `citykg.store.Store.query`."""
        rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = (
            False  # FROM names a graph of the dataset, not a file of the web
        )
        _check_syntax(text)
        try:
            with warnings.catch_warnings():
                # rdflib's own evaluation calls what rdflib has deprecated.
                warnings.simplefilter("ignore", DeprecationWarning)
                return self._answer(text)
        except SyntaxError:
            raise
        except Exception as error:  # rdflib raises whatever its evaluation meets
            raise CannotRun(
                "query-failed", f"rdflib could not run the query: {type(error).__name__}: {error}"
            ) from error

    def _answer(self, text: str) -> Answer:
        result = self.dataset.query(text)
        if result.type == "ASK":
            return Truth(bool(result.askAnswer))
        if result.type in {"CONSTRUCT", "DESCRIBE"}:
            return Triples(tuple(dict.fromkeys(_triple(triple) for triple in result.graph or ())))
        variables = tuple(str(variable) for variable in result.vars or ())
        return Solutions(variables, [_row(row, variables) for row in result.bindings])


def dataset_of(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Copy quads into an rdflib Dataset: the default graph is the closure, and no union of the others."""
    dataset = rdflib.Dataset(default_union=False)
    graphs: dict[str, rdflib.Graph] = {}
    for quad in quads:
        name = (
            DATASET_DEFAULT_GRAPH_ID
            if isinstance(quad.graph_name, ox.DefaultGraph)
            else quad.graph_name.value
        )
        graph = graphs.get(name)
        if graph is None:
            graph = graphs[name] = dataset.graph(rdflib.URIRef(name))
        graph.add((_to_rdflib(quad.subject), _to_rdflib(quad.predicate), _to_rdflib(quad.object)))
    return dataset


def _check_syntax(text: str) -> None:
    from pyparsing import ParseBaseException

    try:
        parseQuery(text)
    except ParseBaseException as error:
        raise SyntaxError(f"error at {error.lineno}:{error.column}: {error.msg}") from error


def _to_rdflib(term: Term) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise CannotRun("query-failed", "rdflib has no triple terms", "leave --engine rdflib out")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # For rdflib a plain string and an xsd:string are two terms; RDF 1.1 has one.
    datatype = None if term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype)


def _from_rdflib(node: Node | None) -> Term | None:
    if node is None:
        return None
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
    return ox.BlankNode(str(node)) if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))


def _row(bindings: object, variables: tuple[str, ...]) -> Row:
    return tuple(_from_rdflib(bindings.get(rdflib.Variable(name))) for name in variables)  # type: ignore[attr-defined]


def _triple(triple: tuple[Node, ...]) -> ox.Triple:
    return ox.Triple(*(_from_rdflib(node) for node in triple))  # type: ignore[arg-type]
