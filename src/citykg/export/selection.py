"""What of a dataset is exported: named kinds of graphs, single graphs, one thing, or what a query makes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from ..canonical import canonical_labels, has_blank_node
from ..errors import NegativeAnswer, UsageError
from ..nearest import nearest_hint
from ..prefixes import Prefixes
from ..project import GRAPHS
from .sources import Source, from_quads, lines_of

__all__ = [
    "CATALOG",
    "CLOSURE",
    "KINDS",
    "Construct",
    "Graphs",
    "Part",
    "Selection",
    "Thing",
    "named_graph",
    "pattern",
    "settle",
]

CATALOG = GRAPHS + "catalog"
CLOSURE = GRAPHS + "closure"
KINDS = ("asserted", "closure", "inferred", "ontology", "catalog", "all")


@dataclass(frozen=True, slots=True)
class Graphs:
    """Whole graphs.

    Args:
        names: of `KINDS`, or IRIs of named graphs, an article's IRI for all of its passages.
        lenient: whether a graph that is not there is an empty one.
    """

    names: Sequence[str] = ("asserted",)
    lenient: bool = False

    @property
    def has_catalog(self) -> bool:
        """Whether the catalog is among them, which no build keeps."""
        return not {"all", "catalog", CATALOG}.isdisjoint(self.names)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: what is said of it and about it, with the passages.

    Args:
        iri: of the thing.
    """

    iri: str


@dataclass(frozen=True, slots=True)
class Construct:
    """What a CONSTRUCT or DESCRIBE query has made.

    Args:
        triples: its answer.
    """

    triples: Sequence[ox.Triple]


Selection = Graphs | Thing | Construct


@dataclass(frozen=True, slots=True)
class Part:
    """Statements of one graph of the output: whole lines of N-Triples, UTF-8 read as Latin-1.

    Args:
        graph: name of the graph; None for the default graph.
        text: the lines.
    """

    graph: str | None
    text: str

    @property
    def nquads(self) -> str:
        """The same as N-Quads."""
        if self.graph is None:
            return self.text
        # " .\n" ends a line and stands nowhere else: within a literal a line feed is escaped.
        return self.text.replace(" .\n", f" {_written(self.graph)} .\n")


@cache
def pattern(name: str) -> str:
    """Return the text of ``sparql/<name>.rq``, which ships with the package."""
    return files("citykg").joinpath("sparql", f"{name}.rq").read_text(encoding="utf-8")


def named_graph(name: str, prefixes: Prefixes, *, kinds: Sequence[str] = KINDS) -> str:
    """Return what a person's name for graphs means: one of the kinds, or the IRI of a graph.

    Raises:
        UsageError: ``unknown-graph`` for a word that is no kind; ``unknown-prefix``.
    """
    if name in kinds:
        return name
    if ":" not in name:
        hint = nearest_hint(name, kinds, otherwise=_known(kinds))
        raise UsageError("unknown-graph", f"no graphs are called {name!r}", hint)
    return prefixes.expand(name)


def _known(kinds: Sequence[str]) -> str:
    return f"give the IRI or CURIE of a graph, or one of {', '.join(kinds)}"


def settle(source: Source, selection: Selection) -> tuple[list[Part], Iterator[Part]]:
    """Turn a selection into statements.

    Returns:
        Those with blank nodes, named canonically over the whole selection, and the others as they
        come. The second must be used up before the first is complete.

    Raises:
        UsageError: ``unknown-graph`` for a name that is no kind, and a graph that the source does not have.
        NegativeAnswer: ``not-found`` for a thing of which nothing is said.
    """
    blank: list[Part] = []
    return blank, _ground(_parts(source, selection), blank)


def _ground(parts: Iterator[tuple[str | None, bytes]], blank: list[Part]) -> Iterator[Part]:
    """Yield the statements without blank nodes; gather, and at the end name, those with one."""
    held: list[tuple[str | None, str]] = []
    for graph, block in parts:
        text = block.decode("latin-1")
        if "_:" not in text and not (graph or "").startswith("_:"):
            yield Part(graph, text)
            continue
        ground = []
        for line in text.split("\n"):
            if line and ((graph or "").startswith("_:") or has_blank_node(line)):
                held.append((graph, line))
            elif line:
                ground.append(line)
        if ground:
            yield Part(graph, "\n".join(ground) + "\n")
    if held:
        nquads = "".join(
            f"{line}\n" if graph is None else f"{line[:-1]}{_written(graph)} .\n" for graph, line in held
        )
        named = canonical_labels(ox.parse(nquads.encode("latin-1"), ox.RdfFormat.N_QUADS))
        for name, lines in sorted(from_quads(named).by_graph.items(), key=lambda item: item[0] or ""):
            blank.append(Part(name, b"".join(lines).decode("latin-1")))


def _written(graph: str) -> str:
    name = graph if graph.startswith("_:") else f"<{graph}>"
    return name.encode("utf-8").decode("latin-1")


def _parts(source: Source, selection: Selection) -> Iterator[tuple[str | None, bytes]]:
    match selection:
        case Construct(triples):
            yield None, lines_of(triples)
        case Thing(iri):
            yield from _thing(source, iri)
        case Graphs():
            yield from _graphs(source, selection)


def _graphs(source: Source, selection: Graphs) -> Iterator[tuple[str | None, bytes]]:
    existing = source.graphs()
    wanted: list[str] = []
    closure = inferred = False
    for name in selection.names:
        if name in ("asserted", "all"):
            wanted += [graph for graph in existing if graph not in (CATALOG, CLOSURE)]
        if name in ("catalog", "all"):
            wanted += [CATALOG] if CATALOG in existing else []
        if name in ("closure", "all"):
            closure = True
        elif name == "inferred":
            inferred = True
        elif name not in KINDS or name == "ontology":
            graph = GRAPHS + name if name == "ontology" else name
            if graph not in existing and (passages := _passages(graph, existing)):
                wanted += passages
                continue
            if graph not in existing and not selection.lenient:
                hint = nearest_hint(name, [*KINDS, *existing], otherwise=_known(KINDS))
                raise UsageError("unknown-graph", f"no graph {name!r} in the store", hint)
            wanted.append(graph)
    if closure:
        yield from ((None, block) for block in source.read(None))
    elif inferred:
        yield from ((None, block) for block in source.construct(pattern("export-inferred")))
    yield from source.read_many(list(dict.fromkeys(wanted)))


def _passages(article: str, graphs: Sequence[str]) -> list[str]:
    return [graph for graph in graphs if graph.startswith(f"{article}#")]


def _thing(source: Source, iri: str) -> Iterator[tuple[str | None, bytes]]:
    query = pattern("export-thing").replace("?_thing", str(ox.NamedNode(iri)))
    quads = []
    for graph, subject, predicate, value in source.rows(query):
        if (
            isinstance(graph, ox.NamedNode | ox.BlankNode)
            and isinstance(subject, ox.NamedNode | ox.BlankNode)
            and isinstance(predicate, ox.NamedNode)
            and value is not None
        ):
            quads.append(ox.Quad(subject, predicate, value, graph))
    if not quads:
        raise NegativeAnswer(
            "not-found", f"nothing is said of <{iri}>", "citykg search finds things by their names"
        )
    for graph_name, lines in sorted(from_quads(quads).by_graph.items(), key=lambda item: item[0] or ""):
        yield graph_name, b"".join(lines)
