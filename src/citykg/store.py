"""Built stores, opened for reading: on disk by pyoxigraph, or in rdflib, the reference engine.

Whatever answers a query text is a `Store`; operations know nothing else of it. In every store the default
graph is the closure and the named graphs are the asserted ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from .errors import CannotRun
from .results import Answer, Solutions, Triples, Truth

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object

__all__ = ["EmbeddedStore", "MemoryStore", "Store", "answer_of", "rows", "texts_of"]

_BUILD_ANEW = "run: citykg build --force"
_SILENT = "is the endpoint right, and running? SERVICE SILENT goes on without it"


class Store(Protocol):
    """What can be asked in SPARQL."""

    def query(self, text: str) -> Answer:
        """Run a query.

        Args:
            text: complete SPARQL 1.1 Query text.

        Raises:
            SyntaxError: the text is not SPARQL to this store.
            CannotRun: the store could not answer.
        """


class EmbeddedStore:
    """A store folder on disk, opened read-only; any number of readers may do so.

    Args:
        folder: a RocksDB folder as pyoxigraph writes it.

    Raises:
        CannotRun: ``no-store``, ``store-locked``, ``store-damaged``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.graph = _open_read_only(folder)

    def query(self, text: str) -> Answer:
        """Run a query; see `Store.query`."""
        try:
            return answer_of(self.graph.query(text))
        except RuntimeError as error:  # what pyoxigraph raises for an evaluation that cannot go on
            raise CannotRun("query-failed", f"the query stopped: {error}") from error
        except OSError as error:
            from .tokens import asks_another_store

            if asks_another_store(text):
                raise CannotRun("service-failed", f"SERVICE did not answer: {error}", _SILENT) from error
            raise CannotRun("store-damaged", f"{self.folder}: {error}", _BUILD_ANEW) from error


class MemoryStore(EmbeddedStore):
    """A dataset in memory that is asked like a built store.

    Args:
        graph: its default graph is the closure, its named graphs are what was asserted.
    """

    def __init__(self, graph: ox.Store) -> None:
        self.folder = Path("memory")
        self.graph = graph


def answer_of(result: "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples") -> Answer:
    """Read what pyoxigraph returns, for a query or for a results file, to its end."""
    if isinstance(result, ox.QueryBoolean):
        return Truth(bool(result))
    if isinstance(result, ox.QueryTriples):
        return Triples(tuple(dict.fromkeys(result)))
    return Solutions(tuple(variable.value for variable in result.variables), [tuple(row) for row in result])


def rows(store: Store, text: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our own SELECT patterns as column to text; what is unbound is absent."""
    answer = store.query(text)
    if not isinstance(answer, Solutions):
        raise TypeError("not a SELECT query")
    yield from texts_of(answer.variables, answer.rows)


def texts_of(names: Sequence[str], found: "Iterable[Iterable[object]]") -> Iterator[dict[str, str]]:
    """Yield solutions as column to text, without the columns that are unbound.

    Args:
        names: of the columns.
        found: the terms of each solution, in the order of the names; what pyoxigraph returns will do.
    """
    for row in found:
        pairs = zip(names, row, strict=True)
        try:
            yield {name: term.value for name, term in pairs if term is not None}  # type: ignore[attr-defined]
        except AttributeError:  # a triple term
            pairs = zip(names, row, strict=True)
            yield {name: getattr(term, "value", str(term)) for name, term in pairs if term is not None}


def _open_read_only(folder: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder))
    except FileNotFoundError as error:
        raise CannotRun("no-store", f"{folder} is not a store", "build one with: citykg build") from error
    except (OSError, RuntimeError, ValueError) as error:
        if "lock" in str(error).lower():
            raise CannotRun(
                "store-locked",
                f"another program holds {folder}",
                "wait for it to end, or name another --store",
            ) from error
        raise CannotRun("store-damaged", f"{folder} cannot be opened: {error}", _BUILD_ANEW) from error
