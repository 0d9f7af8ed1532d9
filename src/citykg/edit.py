"""What an edit of files does to what a project asserts, told from these files and the store as it stood."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from .project import Layer
from .quads import in_graph
from .reason.proof import asserts
from .repeated import Places, Repeated
from .shacl.literals import REWRITTEN
from .sources import SourceFile
from .written import as_kept

__all__ = ["Edit", "NotFollowed", "are_distinct", "edit_of", "repetitions", "respelled"]

#: More statements than this are not followed one by one.
_MOST = 20_000


class NotFollowed(Exception):
    """An edit that is not told from the files that have changed.

    Args:
        why: ``spellings``: two spellings of one triple may stand in the files now, where a store has one;
            ``large``: with so many statements a whole build costs no more.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Edit:
    """What a project asserts no longer, and what it asserts now.

    Attributes:
        unwritten: statements that are no longer written, literals as the files wrote them.
        written: statements that are written now, literals as the files write them.
        removed: statements that a named graph had and has no longer, in the form of a store.
        added: statements that a named graph has now and had not, in the form of a store.
        lost: triples that some graph asserted and none asserts now.
        gained: triples that no graph asserted and one asserts now.
        repeated: triples that stand in several files or graphs now.
        layers: how many statements more, or fewer, each layer has.
    """

    unwritten: frozenset[Quad]
    written: frozenset[Quad]
    removed: frozenset[Quad]
    added: frozenset[Quad]
    lost: frozenset[Triple]
    gained: frozenset[Triple]
    repeated: Repeated
    layers: Mapping[Layer, int]


def respelled(source: SourceFile) -> list[Quad]:
    """Return the statements of a file whose value a store has in another form, in their graph."""
    kept = list(as_kept(source.statements))
    graph = source.layer.graph
    return kept if graph is None else list(in_graph((quad.triple for quad in kept), NamedNode(graph)))


def are_distinct(respelled: Collection[Quad], merged: Collection[Triple]) -> bool:
    """Whether no two triples of a project are one to a store, which rewrites values.

    Args:
        respelled: the statements whose value a store has in another form.
        merged: the triples that reasoning sees.
    """
    kept = as_kept(respelled)
    triples = {quad.triple for quad in respelled}
    stored = {_stored(quad, kept).triple for quad in respelled}
    return len(stored) == len(triples) and stored.isdisjoint(merged)


def repetitions(files: Iterable[tuple[str, SourceFile]], merged: Mapping[Triple, int]) -> Repeated:
    """Return the triples that stand in several files or graphs of a project.

    Args:
        files: every file with its name.
        merged: every triple with the place of the file that states it first.
    """
    files = list(files)
    owned = [0] * len(files)
    for place in merged.values():
        owned[place] += 1
    found: dict[Triple, Places] = defaultdict(set)
    firsts: dict[int, set[Triple]] = defaultdict(set)
    for place, (name, source) in enumerate(files):
        if not source.layer.reasoned or owned[place] == len(source.statements):
            continue
        seen: set[Triple] = set()
        for quad in source.statements:
            triple = quad.triple
            first = merged[triple]
            if first != place:
                found[triple].add((name, _graph_of(source, quad)))
            if first != place or triple in seen:
                firsts[first].add(triple)
            seen.add(triple)
    for place, triples in firsts.items():
        name, source = files[place]
        for quad in source.statements:
            if quad.triple in triples:
                found[quad.triple].add((name, _graph_of(source, quad)))
    several = [Quad(*triple) for triple, places in found.items() if len(places) > 1]
    kept = as_kept(several)
    return Repeated.of({str(_stored(quad, kept).triple): found[quad.triple] for quad in several})


def edit_of(
    store: Store, old: Mapping[str, SourceFile], new: Mapping[str, SourceFile], repeated: Repeated
) -> Edit:
    """Tell what an edit of files has changed.

    Args:
        store: the store as it was before; no two spellings of one triple were asserted.
        old: the files that have changed or gone, as they were, by name.
        new: the files that have changed or come, as they are.
        repeated: triples that stood in several files or graphs.

    Raises:
        NotFollowed: what was said of it.
    """
    gone = {name: set(source.quads) for name, source in old.items()}
    come = {name: set(source.quads) for name, source in new.items()}
    for name in gone.keys() & come.keys():
        both = gone[name] & come[name]
        gone[name] -= both
        come[name] -= both
    if sum(map(len, (*gone.values(), *come.values()))) > _MOST:
        raise NotFollowed("large")
    kept = as_kept([quad for quads in (*gone.values(), *come.values()) for quad in quads])
    left: dict[Triple, Places] = defaultdict(set)
    taken: dict[Triple, Places] = defaultdict(set)
    spellings: dict[Triple, set[Literal]] = defaultdict(set)
    for name, quads in gone.items():
        for quad in quads:
            left[_stored(quad, kept).triple].add((name, _graph(quad)))
    for name, quads in come.items():
        for quad in quads:
            triple = _stored(quad, kept).triple
            taken[triple].add((name, _graph(quad)))
            if isinstance(quad.object, Literal):
                spellings[triple].add(quad.object)
    places = _Owners(store, repeated)
    several: dict[str, Places] = {}
    removed: set[Quad] = set()
    added: set[Quad] = set()
    lost: set[Triple] = set()
    gained: set[Triple] = set()
    for triple in left.keys() | taken.keys():
        before = places.before(triple, left[triple])
        after = places.without(before, left[triple]) | taken[triple]
        if _is_rewritable(triple.object) and (len(after) > 1 or len(spellings[triple]) > 1):
            raise NotFollowed("spellings")
        graphs = [{graph for _, graph in owners} for owners in (before, after)]
        removed.update(_in(triple, graph) for graph in graphs[0] - graphs[1])
        added.update(_in(triple, graph) for graph in graphs[1] - graphs[0])
        if not after:
            lost.add(triple)
        elif not before:
            gained.add(triple)
        several[str(triple)] = after
    unwritten = frozenset(quad for quads in gone.values() for quad in quads)
    written = frozenset(quad for quads in come.values() for quad in quads)
    both_sides = {_stored(quad, kept) for quad in unwritten} & {_stored(quad, kept) for quad in written}
    no_longer, now = removed | both_sides, added | both_sides
    unwritten = frozenset(quad for quad in unwritten if _stored(quad, kept) in no_longer)
    written = frozenset(quad for quad in written if _stored(quad, kept) in now)
    layers: dict[Layer, int] = defaultdict(int)
    for sign, files in ((-1, old), (1, new)):
        for source in files.values():
            layers[source.layer] += sign * len(source.statements)
    return Edit(
        unwritten - written,
        written - unwritten,
        frozenset(removed),
        frozenset(added),
        frozenset(lost),
        frozenset(gained),
        repeated.changed(several),
        layers,
    )


class _Owners:
    """Which files stated a triple, and in which graph."""

    def __init__(self, store: Store, repeated: Repeated) -> None:
        self._store = store
        self._repeated = repeated

    def before(self, triple: Triple, left: Places) -> Places:
        """The places that stated a triple before an edit; that of an unknown file has no name.

        Args:
            triple: the triple, in the form of the store.
            left: the places that state it no longer.
        """
        known = self._repeated.places(str(triple))
        if known is not None:
            return known
        if left:
            return set(left)  # the only one
        found = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return {("", _graph(quad)) for quad in found if asserts(quad)}

    def without(self, places: Places, left: Places) -> Places:
        """Places without those that have left; the one without a name is the one that is not among them."""
        named = {place for place in left if place in places}
        unnamed = {("", graph) for _, graph in left - named}
        return places - named - unnamed


def _stored(quad: Quad, kept: Mapping[Quad, Literal]) -> Quad:
    value = kept.get(quad)
    return quad if value is None else Quad(quad.subject, quad.predicate, value, quad.graph_name)


def _in(triple: Triple, graph: str) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))


def _graph_of(source: SourceFile, quad: Quad) -> str:
    return source.layer.graph or _graph(quad)


def _graph(quad: Quad) -> str:
    return cast(NamedNode, quad.graph_name).value


def _is_rewritable(term: object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in REWRITTEN
