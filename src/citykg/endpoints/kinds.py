"""What is known of each triple store: its endpoints, where the closure goes, what it does to literals."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ..errors import UsageError
from ..nearest import nearest_hint

__all__ = ["KIND_NAMES", "Addresses", "Kind", "kind_named"]

#: Each has a module of its name here that holds ``KIND``; ``sparql`` is any other store.
KIND_NAMES = (
    "oxigraph",
    "fuseki",
    "rdf4j",
    "virtuoso",
    "graphdb",
    "qlever",
    "stardog",
    "blazegraph",
    "neptune",
    "sparql",
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The URLs of one dataset.

    Args:
        query: SPARQL 1.1 Protocol, query operation.
        update: SPARQL 1.1 Protocol, update operation; empty when there is none.
        graphs: SPARQL 1.1 Graph Store Protocol, indirect; empty when there is none.
    """

    query: str
    update: str = ""
    graphs: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One make of triple store.

    Args:
        name: what ``--kind`` calls it.
        title: what people call it.
        addresses: from the URL that a person gives to the endpoints.
        own_default_graph: whether it has a default graph apart from the named ones. If not, the closure is
            loaded as a named graph, and requests name it as their default graph.
        named_at_most: graphs that a request names for ``GRAPH ?g``, where the store finds more of them
            without being told; None where all must be named.
        digest: it wants digest authentication.
        graph_parameter: how its Graph Store Protocol calls the graph.
        packed: it reads gzip-compressed requests.
        large: triples from which on a graph is sent by `large_parameters`.
        large_parameters: added to the request for a large graph.
        large_is_atomic: whether that leaves the old graph when it fails.
        put_limit: triples of one graph in one request of known length; more goes in several. None for one
            request of any length, sent as it is read.
        parts_at_once: how many parts of a graph that goes in several it takes at the same time.
        update_limit: triples of one update.
        update_blank: updates may insert blank nodes.
        update_form: updates must be sent as forms.
        sliced: a large graph comes back quicker in several answers at once, in all of which a blank node has
            one name.
        binary: graphs come quicker in the binary format of RDF4J, which it writes.
        unlimited: its answers are never cut after so many rows without a word.
        rewrites: literals that it is known to write in another form.
        refuses: what it is known to refuse or to damage.
        written: turns a block of N-Triples into the forms of the same values that the store can handle.
        refused: finds in lines of N-Triples what it refuses the whole request for.
        tested: whether the project's tests run against it.
    """

    name: str
    title: str
    addresses: Callable[[str], Addresses]
    own_default_graph: bool = True
    named_at_most: int | None = None
    digest: bool = False
    graph_parameter: str = "graph"
    packed: bool = False
    large: int | None = None
    large_parameters: tuple[tuple[str, str], ...] = ()
    large_is_atomic: bool = True
    put_limit: int | None = None
    parts_at_once: int = 1
    update_limit: int = 2_000
    update_blank: bool = True
    update_form: bool = False
    sliced: bool = False
    binary: bool = False
    unlimited: bool = False
    rewrites: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    refused: re.Pattern[bytes] | None = None
    written: Callable[[bytes], bytes] | None = None
    tested: bool = False


def kind_named(name: str) -> Kind:
    """Return what is known of a kind of store.

    Raises:
        UsageError: ``unknown-kind``.
    """
    if name not in KIND_NAMES:
        hint = nearest_hint(name, KIND_NAMES, otherwise="known: " + ", ".join(KIND_NAMES))
        raise UsageError("unknown-kind", f"no kind of store {name!r}", hint)
    kind = import_module(f"{__package__}.{name}").KIND
    if not isinstance(kind, Kind):
        raise TypeError(f"{name} has no KIND")
    return kind
