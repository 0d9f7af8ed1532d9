"""Statements by graph and subject: what the readable formats are written from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .lines import MEMORY_LIMIT, sorted_lines
from .selection import Part

__all__ = ["RDF", "BlankNodes", "Subject", "flattened", "subjects"]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
# What a reader wants to see first.
_FIRST = {
    f"<{iri}>": rank
    for rank, iri in enumerate(
        (RDF + "type", _RDFS + "label", _SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "definition")
    )
}


@dataclass(frozen=True, slots=True)
class Subject:
    """All that one graph says of one subject; terms as N-Triples writes them, UTF-8 read as Latin-1.

    Args:
        graph: the name of the graph; empty for the default graph.
        subject: the subject.
        properties: predicates, types and names first, each with its objects in order.
    """

    graph: str
    subject: str
    properties: list[tuple[str, list[str]]]


@dataclass(slots=True)
class BlankNodes:
    """What a graph says of blank nodes, and which of them can stand where they are mentioned.

    Args:
        by_subject: the properties of each blank subject.
        nested: blank nodes that are mentioned exactly once, in a way that leads to them.
        unmentioned: blank nodes that nothing mentions: they need no name.
    """

    by_subject: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)
    nested: frozenset[str] = frozenset()
    unmentioned: frozenset[str] = frozenset()


def subjects(
    ground: Iterable[Part], blank: list[Part], *, merge: bool, limit: int = MEMORY_LIMIT
) -> Iterator[tuple[Subject, BlankNodes]]:
    """Sort statements and put together what is said of each subject.

    Args:
        ground: statements without blank nodes; used up before ``blank`` is looked at.
        blank: those with blank nodes.
        merge: whether graphs are put together into one.
        limit: bytes of text to sort at once.

    Yields:
        Subjects by graph, then by IRI, blank ones that cannot be nested last; each with the blank nodes of
        its graph.
    """
    per_graph: dict[str, BlankNodes] = {}

    def texts() -> Iterator[str]:
        for part in ground:
            yield _graph_first(part, merge=merge)
        held = "".join(_graph_first(part, merge=merge) for part in blank)
        per_graph.update(_blank_nodes(held))
        yield held

    nothing = BlankNodes()
    for subject in _grouped(sorted_lines(texts(), limit=limit)):
        nodes = per_graph.get(subject.graph, nothing)
        if subject.subject not in nodes.nested:
            yield subject, nodes


def flattened(pairs: Iterable[tuple[Subject, BlankNodes]]) -> Iterator[Subject]:
    """Yield all of `subjects`, for formats that nest nothing: nested ones after the first of their graph."""
    begun: set[str] = set()
    for subject, nodes in pairs:
        yield subject
        if subject.graph not in begun:
            begun.add(subject.graph)
            for node in sorted(nodes.nested):
                yield Subject(subject.graph, node, nodes.by_subject[node])


def _graph_first(part: Part, *, merge: bool) -> str:
    """Write the graph before the subject, and no full stop, so that sorting brings a graph together."""
    if merge or part.graph is None:
        name = ""
    else:
        name = part.graph if part.graph.startswith("_:") else f"<{part.graph}>"
        name = name.encode("utf-8").decode("latin-1")
    text = part.text.replace("\n", f"\n{name} ")
    return f"{name} {text[: len(text) - len(name) - 1]}"


def _grouped(blocks: Iterable[list[str]]) -> Iterator[Subject]:
    graph = subject = last = ""
    properties: list[tuple[str, list[str]]] = []
    values: list[str] = []
    for block in blocks:
        for line in block:
            name, node, predicate, rest = line.split(" ", 3)
            if node != subject or name != graph:
                if properties:
                    yield Subject(graph, subject, _ordered(properties))
                graph, subject, properties, last = name, node, [], ""
            if predicate == last:
                values.append(rest[:-2])
            else:
                values, last = [rest[:-2]], predicate
                properties.append((predicate, values))
    if properties:
        yield Subject(graph, subject, _ordered(properties))


def _ordered(properties: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Put what a reader wants to see first before the rest, which is sorted already."""
    first = [(_FIRST[item[0]], item) for item in properties if item[0] in _FIRST]
    if not first:
        return properties
    first.sort()
    return [item for _, item in first] + [item for item in properties if item[0] not in _FIRST]


def _blank_nodes(text: str) -> dict[str, BlankNodes]:
    """Find, graph by graph, the blank nodes that can be written inside what mentions them."""
    lines = sorted(set(text.split("\n")) - {""})
    found: dict[str, BlankNodes] = {}
    mentions: dict[str, list[tuple[str, str]]] = {}
    homes: dict[str, set[str]] = {}
    for subject in _grouped([lines]):
        if subject.subject.startswith("_:"):
            found.setdefault(subject.graph, BlankNodes()).by_subject[subject.subject] = subject.properties
            homes.setdefault(subject.subject, set()).add(subject.graph)
        homes.setdefault(subject.graph, set()).update(("graph", "name"))
        for _, values in subject.properties:
            for value in values:
                if value.startswith("_:"):
                    mentions.setdefault(value, []).append((subject.graph, subject.subject))
                    homes.setdefault(value, set()).add(subject.graph)
                elif "_:" in value and value.startswith("<<("):
                    for token in value.split(" "):
                        homes.setdefault(token, set()).update(("triple", "term"))
    for graph, nodes in found.items():
        once = {
            node: mentions[node][0][1]
            for node in nodes.by_subject
            if len(mentions.get(node, ())) == 1 and homes[node] == {graph}
        }
        nodes.nested = _leading_out(once)
        nodes.unmentioned = frozenset(
            node for node in nodes.by_subject if node not in mentions and homes[node] == {graph}
        )
    return found


def _leading_out(parents: dict[str, str]) -> frozenset[str]:
    """Return the blank nodes from which following the mentions ends outside of them, not in a circle."""
    leads: dict[str, bool] = {}
    for start in parents:
        node, way = start, []
        while node in parents and node not in leads:
            leads[node] = False  # until the end of the way is known: who comes back here goes in a circle
            way.append(node)
            node = parents[node]
        leads.update(dict.fromkeys(way, leads.get(node, True)))
    return frozenset(node for node, outside in leads.items() if outside)
