"""pyshacl as the reference engine: on rdflib as it comes, and on a pyoxigraph store with two repairs."""

import logging
import pickle
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple
from pyshacl.errors import ValidationFailure
from pyshacl.graph_abstraction import OxigraphDataGraph

from citykg.errors import CannotRun

from .data import Data, Rewrites
from .graph import Graph
from .messages import by_language
from .paths import read_path
from .results import Result
from .vocabulary import Resource, Statement, Term, rdf, sh, xsd

__all__ = ["from_rdflib", "run_on_rdflib", "run_on_store", "shapes_of_shapes", "to_rdflib"]

_ADVANCED = tuple(sh(name) for name in ("target", "expression", "rule"))
_PLACE = re.compile(r"\\\{[?$](\w+)\\\}")


def run_on_rdflib(data: Iterable[Statement], shapes: Graph) -> list[Result]:
    """Validate with pyshacl on an rdflib graph; literals keep the lexical form that they are given in.

    Raises:
        CannotRun: ``ill-formed-shape`` when pyshacl refuses the shapes.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    with _quiet():
        for statement in data:
            graph.add(_to_rdflib_triple(statement))
    return _run(graph, shapes)


def run_on_store(store: Store, shapes: Graph, *, rewrites: Rewrites | None = None) -> list[Result]:
    """Validate the default graph of a store with pyshacl, which reads it in place.

    Three repairs make pyshacl right there: the store's plain strings come back typed as xsd:string, so
    those of the shapes are typed as well; the truth value of a graph does not count the whole store; and
    values are those that were written, not what the store has made of them. SPARQL constraints run on the
    store, and see its values.

    Raises:
        CannotRun: ``ill-formed-shape`` when pyshacl refuses the shapes.
    """
    return _run(_StoreGraph(Data(store, rewrites)), shapes, typed=True)


def shapes_of_shapes() -> Graph:
    """Return SHACL-SHACL (SHACL, appendix C), the shapes that shapes conform to, as pyshacl ships them."""
    path = Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.pickle"
    store, identifier = pickle.loads(path.read_bytes())
    graph = rdflib.Graph(store=store, identifier=identifier)
    return Graph(
        Triple(from_rdflib(s), from_rdflib(p), from_rdflib(o))  # type: ignore[arg-type]
        for s, p, o in graph
    )


class _StoreGraph(OxigraphDataGraph):
    """The default graph of a store, and nothing else of it."""

    def __init__(self, data: Data) -> None:
        super().__init__(data.store)
        self._written = data

    def objects(  # type: ignore[override]
        self, subject: Any = None, predicate: Any = None, unique: bool = False
    ) -> Iterator[Any]:
        """Yield the values of a property as they were written."""
        known = None if predicate is None else self._written.rewrites.get(NamedNode(str(predicate)))
        if known is None or subject is None or from_rdflib(subject) not in known:
            yield from super().objects(subject, predicate, unique)
        else:
            for value in self._written.objects(from_rdflib(subject), NamedNode(str(predicate))):
                yield to_rdflib(value, typed=True)

    def predicate_objects(  # type: ignore[override]
        self,
        subject: Any = None,
        unique: bool = False,  # noqa: ARG002 - rdflib's signature
    ) -> Iterator[Any]:
        """Yield the properties of a node with their values as they were written."""
        for predicate in self._written.predicates(from_rdflib(subject)):
            for value in self._written.objects(from_rdflib(subject), predicate):
                yield to_rdflib(predicate), to_rdflib(value, typed=True)

    def __bool__(self) -> bool:
        return True

    @property
    def default_union(self) -> bool:
        return False

    @default_union.setter
    def default_union(self, value: bool) -> None:
        """Stay with the default graph: it is merged already, and a union would count triples twice."""


def _run(data: Any, shapes: Graph, *, typed: bool = False) -> list[Result]:
    advanced = any(shapes.subjects(predicate) for predicate in _ADVANCED)
    try:
        with _quiet():
            _, report, text = pyshacl.validate(
                data,
                shacl_graph=_to_rdflib_graph(shapes, typed=typed),
                advanced=advanced,
                inplace=not advanced,
                do_owl_imports=False,
            )
    except Exception as error:
        raise CannotRun("ill-formed-shape", f"pyshacl refuses the shapes: {error}") from error
    if isinstance(report, ValidationFailure):
        raise CannotRun("ill-formed-shape", f"pyshacl refuses the shapes: {text}")
    return _results(report, shapes)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib's and pyshacl's remarks about ill-typed literals and recursion out of everybody's sight."""
    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl", "pyshacl-validate")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def to_rdflib(term: Term, *, typed: bool = False) -> Any:
    """Convert a term, without touching its lexical form.

    Args:
        term: a term of pyoxigraph.
        typed: give a plain string its datatype xsd:string, as terms that come from a store have it.
    """
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == xsd("string") and not typed:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def from_rdflib(term: Any) -> Term:
    """Convert a term of rdflib."""
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language is not None:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else None)


def _to_rdflib_triple(statement: Statement, *, typed: bool = False) -> tuple[Any, Any, Any]:
    return (
        to_rdflib(statement.subject),  # type: ignore[arg-type]
        to_rdflib(statement.predicate),
        to_rdflib(statement.object, typed=typed),  # type: ignore[arg-type]
    )


def _to_rdflib_graph(shapes: Graph, *, typed: bool) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    # Only what is compared with data is typed: pyshacl wants its own strings (patterns, queries) plain.
    compared = {rdf("first"), sh("hasValue")} if typed else set()
    with _quiet():
        for triple in shapes:
            graph.add(_to_rdflib_triple(triple, typed=triple.predicate in compared))
    return graph


def _results(report: rdflib.Graph, shapes: Graph) -> list[Result]:
    graph = Graph(
        Triple(from_rdflib(s), from_rdflib(p), from_rdflib(o))  # type: ignore[arg-type]
        for s, p, o in report
    )
    (top,) = graph.subjects(rdf("type"), sh("ValidationReport"))
    return [_result(graph, node, shapes) for node in graph.objects(top, sh("result"))]


def _result(graph: Graph, node: Term, shapes: Graph) -> Result:
    def value(name: str) -> Any:
        return graph.value(node, sh(name))

    path = value("resultPath")
    source, constraint = value("sourceShape"), value("sourceConstraint")
    found = graph.objects(node, sh("resultMessage"))
    return Result(
        focus=value("focusNode"),
        component=value("sourceConstraintComponent"),
        severity=value("resultSeverity"),
        source_shape=source,
        path=read_path(graph, path) if path is not None else None,
        value=value("value"),
        messages=_messages(shapes, source, constraint, value("sourceConstraintComponent"), found),
        details=tuple(_result(graph, detail, shapes) for detail in graph.objects(node, sh("detail"))),
        source_constraint=constraint,
    )


def _messages(
    shapes: Graph,
    source: Resource,
    constraint: Resource | None,
    component: NamedNode,
    found: Iterable[Term],
) -> dict[str, str]:
    """Return the messages that are declared, with the language that pyshacl loses when it fills one in.

    What pyshacl makes up when nothing is declared is left out, and so is the shape's message beside the
    constraint's own.
    """
    texts = [literal.value for literal in found]
    validators = [
        node
        for name in ("validator", "nodeValidator", "propertyValidator")
        for node in shapes.objects(component, sh(name))
    ]
    for node in (constraint, *validators, component, source):
        templates = by_language(shapes.objects(node, sh("message"))) if node is not None else {}
        matched = {
            tag: next((text for text in texts if _template(template).fullmatch(text)), None)
            for tag, template in templates.items()
        }
        messages = {tag: text for tag, text in matched.items() if text is not None}
        if messages:
            return messages
    return {}


def _template(text: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(".*", re.escape(text).replace(r"\?", "?").replace(r"\$", "$")), re.DOTALL)


def default_graph(store: Store) -> Iterator[Statement]:
    """Yield the triples of a store's default graph."""
    return store.quads_for_pattern(None, None, None, DefaultGraph())
