"""Property paths: read from a shapes graph, written as SPARQL and as Turtle (SHACL, section 2.3.1)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from citykg.errors import CannotRun

from .graph import Graph
from .vocabulary import Resource, Term, rdf, sh

__all__ = [
    "Alternative",
    "Inverse",
    "Path",
    "Predicate",
    "Repeat",
    "Sequence",
    "path_triples",
    "predicates_of",
    "read_path",
]

_REPEATS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A path of one predicate."""

    iri: NamedNode

    def __str__(self) -> str:
        return f"<{self.iri.value}>"


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards."""

    path: "Path"

    def __str__(self) -> str:
        return f"^{_group(self.path)}"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths one after the other."""

    steps: tuple["Path", ...]

    def __str__(self) -> str:
        return "/".join(_group(step) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several paths."""

    choices: tuple["Path", ...]

    def __str__(self) -> str:
        return "|".join(_group(choice) for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked again and again.

    Args:
        path: what is repeated.
        sign: ``*``, ``+`` or ``?``, as in SPARQL.
    """

    path: "Path"
    sign: str

    def __str__(self) -> str:
        return f"{_group(self.path)}{self.sign}"


Path = Predicate | Inverse | Sequence | Alternative | Repeat
"""A property path; ``str(path)`` is its SPARQL form, without prefixes."""


def read_path(graph: Graph, node: Term) -> Path:
    """Read the path that a node of a shapes graph describes.

    Raises:
        CannotRun: ``ill-formed-shape`` for what is no path.
    """
    return _read(graph, node, ())


def predicates_of(path: Path) -> Iterator[NamedNode]:
    """Yield every predicate that a path walks along."""
    match path:
        case Predicate(iri):
            yield iri
        case Inverse(inner) | Repeat(inner, _):
            yield from predicates_of(inner)
        case Sequence(parts) | Alternative(parts):
            for part in parts:
                yield from predicates_of(part)


def path_triples(path: Path, *, fresh: Callable[[], BlankNode] = BlankNode) -> tuple[Resource, list[Triple]]:
    """Return the node that stands for a path in RDF, and the triples that describe it.

    Args:
        path: the path.
        fresh: makes a blank node that is not in use.
    """
    writer = _Writer([], fresh)
    return writer.write(path), writer.triples


def _read(graph: Graph, node: Term, above: tuple[Term, ...]) -> Path:
    if isinstance(node, NamedNode):
        return Predicate(node)
    if not isinstance(node, BlankNode) or node in above:
        raise CannotRun("ill-formed-shape", f"{node} is not a property path")
    above = (*above, node)
    if graph.is_list(node):
        steps = tuple(_read(graph, step, above) for step in graph.items(node))
        if len(steps) < 2:
            raise CannotRun("ill-formed-shape", "a sequence path has at least two members")
        return Sequence(steps)
    inverse = graph.value(node, sh("inversePath"))
    if inverse is not None:
        return Inverse(_read(graph, inverse, above))
    choices = graph.value(node, sh("alternativePath"))
    if choices is not None:
        return Alternative(tuple(_read(graph, choice, above) for choice in graph.items(choices)))
    for name, sign in _REPEATS.items():
        repeated = graph.value(node, sh(name))
        if repeated is not None:
            return Repeat(_read(graph, repeated, above), sign)
    raise CannotRun("ill-formed-shape", f"{node} is not a property path")


def _group(path: Path) -> str:
    return str(path) if isinstance(path, Predicate) else f"({path})"


@dataclass(slots=True)
class _Writer:
    triples: list[Triple]
    fresh: Callable[[], BlankNode]

    def write(self, path: Path) -> Resource:
        if isinstance(path, Predicate):
            return path.iri
        if isinstance(path, Sequence):
            return self._list(path.steps)
        node = self.fresh()
        match path:
            case Inverse(inner):
                self.triples.append(Triple(node, sh("inversePath"), self.write(inner)))
            case Alternative(choices):
                self.triples.append(Triple(node, sh("alternativePath"), self._list(choices)))
            case Repeat(inner, sign):
                name = next(name for name, known in _REPEATS.items() if known == sign)
                self.triples.append(Triple(node, sh(name), self.write(inner)))
        return node

    def _list(self, parts: tuple[Path, ...]) -> Resource:
        head: Resource = rdf("nil")
        for part in reversed(parts):
            node = self.fresh()
            self.triples.append(Triple(node, rdf("first"), self.write(part)))
            self.triples.append(Triple(node, rdf("rest"), head))
            head = node
        return head
