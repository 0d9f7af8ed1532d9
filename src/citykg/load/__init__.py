"""Put a dataset into a triple store: every graph replaced, nothing doubled, cut and continued at will."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from ..canonical import has_blank_node
from ..endpoints import Endpoint
from ..endpoints.errors import EndpointError
from ..endpoints.graph_store import GraphStore
from ..errors import CannotRun
from ..export.ahead import ahead
from ..export.sources import Source
from .journal import Journal, open_journal
from .ledger import Ledger, open_ledger
from .leftovers import Leftovers, leftovers, stale_graphs
from .plan import Plan, Step, Way, graph_counts, make_plan, refuse_known
from .standing import Standing, look, refuse_strange
from .targets import Target, find_target

__all__ = [
    "Journal",
    "Ledger",
    "Leftovers",
    "Loaded",
    "Plan",
    "Standing",
    "Step",
    "Target",
    "Way",
    "check_access",
    "find_target",
    "graph_counts",
    "leftovers",
    "load",
    "look",
    "make_plan",
    "open_journal",
    "open_ledger",
    "prune",
    "refuse_known",
    "refuse_strange",
    "stale_graphs",
]

Progress = Callable[[int], None]

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    Args:
        triples: sent by this run.
        resumed: whether an earlier run had done a part.
    """

    triples: int
    resumed: bool


def check_access(endpoint: Endpoint) -> None:
    """Make sure that the store can be written to, by an update that changes nothing.

    Raises:
        CannotRun: ``endpoint-denied`` for missing or wrong credentials or a read-only server;
            ``endpoint-not-found`` for a dataset that is not there; ``endpoint-unreachable``.
    """
    endpoint.updates.drop("urn:citykg:nothing")


def load(
    source: Source,
    endpoint: Endpoint,
    plan: Plan,
    *,
    journal: Journal | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Do what a plan says; a step that an earlier run has done is left out.

    Args:
        source: the dataset.
        endpoint: where to.
        plan: made from both.
        journal: of this load.
        progress: called with the number of triples as they are sent.

    Raises:
        CannotRun: what the server answered, with what stands there now.
    """
    journal = journal or Journal(None, "")
    resumed = journal.resumed
    sent = 0
    if plan.empty_first and not resumed:
        prune([_place(graph, endpoint) for graph in plan.counts], endpoint)
    for number, step in enumerate(plan.steps):
        name = _name(step)
        if journal.is_done(name):
            if progress:
                progress(step.triples)
            continue
        try:
            _send(source, endpoint, step, progress or _ignore)
        except CannotRun as error:
            raise _explained(error, step, number, len(plan.steps)) from error
        journal.note(name)
        sent += step.triples
    journal.forget()
    return Loaded(sent, resumed)


def prune(graphs: Sequence[str | None], endpoint: Endpoint) -> None:
    """Remove graphs, many in one update; None is the default graph."""
    for start in range(0, len(graphs), _AT_ONCE):
        endpoint.updates.drop(*graphs[start : start + _AT_ONCE])


def _send(source: Source, endpoint: Endpoint, step: Step, progress: Progress) -> None:
    match step.way:
        case Way.UPDATE:
            held = [
                (_place(graph, endpoint), b"".join(_blocks(source, graph, endpoint))) for graph in step.graphs
            ]
            _replace(endpoint, held)
            progress(step.triples)
        case Way.PUT:
            _put(source, endpoint, step, progress)
        case Way.PARTS:
            _in_parts(source, endpoint, step.graphs[0], progress)


def _replace(endpoint: Endpoint, held: list[tuple[str | None, bytes]]) -> None:
    """Replace small graphs in one update; those with blank nodes alone where updates cannot have them."""
    alone = [] if endpoint.kind.update_blank else [item for item in held if b"_:" in item[1]]
    together = [item for item in held if item not in alone]
    if together:
        endpoint.updates.replace(together)
    for graph, lines in alone:
        _graph_store(endpoint).put(graph, lines, triples=0)


def _put(source: Source, endpoint: Endpoint, step: Step, progress: Progress) -> None:
    (graph,) = step.graphs
    store = _graph_store(endpoint)
    triples = 0 if step.atomic else step.triples  # what is not large is sent in a transaction
    if endpoint.kind.put_limit is not None:
        store.put(_place(graph, endpoint), b"".join(_blocks(source, graph, endpoint)), triples=triples)
        progress(step.triples)
        return
    told = _Told(progress)
    store.put(
        _place(graph, endpoint), lambda: told.counting(_blocks(source, graph, endpoint)), triples=triples
    )


def _in_parts(source: Source, endpoint: Endpoint, graph: str | None, progress: Progress) -> None:
    """Replace a graph by a first part and add the others; a part that is sent twice does no harm.

    That is so of statements without blank nodes. Those with some go last, and are not sent again when the
    answer is lost: the whole step is then done again.
    """
    place, limit = _place(graph, endpoint), endpoint.kind.put_limit
    blank: list[bytes] = []
    portions = _portions(_blocks(source, graph, endpoint), limit or endpoint.kind.update_limit)
    with ahead(portions) as read:  # the next is made ready while the server works on one
        grounds = _Shared(_without_blank_nodes(portion, blank) for portion in read)
        first = next(grounds, b"")
        if limit is None:
            endpoint.updates.replace([(place, first)])
        else:
            _graph_store(endpoint).put(place, first, triples=0)
        progress(first.count(b"\n"))
        with ahead(*(_added(grounds, endpoint, place) for _ in range(endpoint.kind.parts_at_once))) as added:
            for number in added:
                progress(number)
    if blank:
        _add(endpoint, place, b"".join(blank), once=True)
        progress(len(blank))


class _Shared:
    """An iterator that several threads take from."""

    def __init__(self, items: Iterator[bytes]) -> None:
        self._items = items
        self._one_at_a_time = Lock()
        self.alone = Lock()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self._one_at_a_time:
            return next(self._items)


def _added(grounds: _Shared, endpoint: Endpoint, place: str | None) -> Generator[int, None, None]:
    """Add parts to a graph; one that is refused beside another, as a deadlock is, once more by itself."""
    for ground in grounds:
        if not ground:
            continue
        try:
            _add(endpoint, place, ground)
        except EndpointError:
            if endpoint.kind.parts_at_once == 1:
                raise
            with grounds.alone:
                _add(endpoint, place, ground)
        yield ground.count(b"\n")


def _add(endpoint: Endpoint, place: str | None, lines: bytes, *, once: bool = False) -> None:
    if endpoint.kind.put_limit is None:
        endpoint.updates.add(place, lines, once=once)
    else:
        _graph_store(endpoint).post(place, lines, triples=0, once=once)


def _graph_store(endpoint: Endpoint) -> GraphStore:
    store = endpoint.graph_store
    if store is None:
        raise AssertionError("planned without a graph store")
    return store


def _portions(blocks: Iterator[bytes], size: int) -> Generator[bytes, None, None]:
    """Cut blocks of whole lines anew, into so many lines."""
    held: list[bytes] = []
    for block in blocks:
        # N-Triples ends its lines by a line feed alone; splitlines of bytes knows carriage returns too.
        held += block.split(b"\n")
        held.pop()  # what follows the last line feed: nothing
        start = 0
        while len(held) - start >= size:
            yield b"\n".join((*held[start : start + size], b""))
            start += size
        held = held[start:]
    if held:
        yield b"\n".join((*held, b""))


def _without_blank_nodes(lines: bytes, blank: list[bytes]) -> bytes:
    """Return the lines without blank nodes, and put the others aside."""
    if b"_:" not in lines:
        return lines
    ground: list[bytes] = []
    for line in lines.split(b"\n")[:-1]:
        named = b"_:" not in line or not has_blank_node(line.decode("utf-8"))
        (ground if named else blank).append(line + b"\n")
    return b"".join(ground)


class _Told:
    """Tells progress once, although a request that is tried again reads its content again."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._most = 0

    def counting(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        number = 0
        for block in blocks:
            yield block
            number += block.count(b"\n")
            if number > self._most:
                self._progress(number - self._most)
                self._most = number


def _blocks(source: Source, graph: str | None, endpoint: Endpoint) -> Iterator[bytes]:
    written = endpoint.kind.written
    blocks = source.read(graph)
    return blocks if written is None else map(written, blocks)


def _place(graph: str | None, endpoint: Endpoint) -> str | None:
    return endpoint.closure if graph is None else graph


def _name(step: Step) -> str:
    names = "\n".join(graph or "" for graph in step.graphs)
    return hashlib.sha256(f"{step.way.name}\n{step.triples}\n{names}".encode()).hexdigest()[:24]


def _explained(error: CannotRun, step: Step, number: int, steps: int) -> CannotRun:
    if step.atomic:
        state = "the store keeps the old content of what was not loaded"
    else:
        graph = step.graphs[0]
        state = f"{'the closure' if graph is None else f'<{graph}>'} may be partly written"
    message = f"{error.message} (step {number + 1} of {steps}; {state})"
    hint = (
        f"{error.hint}; then run the same command again: it goes on from here" if error.hint else error.hint
    )
    return CannotRun(error.code, message, hint)


def _ignore(_: int) -> None:
    pass
