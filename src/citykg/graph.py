"""The graph for Python programs: stored queries, SPARQL, search, things, and an rdflib Dataset."""

from pathlib import Path
from typing import TYPE_CHECKING

from .opening import open_store
from .prefixes import Prefixes, read_prefixes
from .project import Project
from .store import EmbeddedStore, Store

if TYPE_CHECKING:
    import rdflib

    from .card import Card
    from .library import Library
    from .results import Answer
    from .search import Hit

__all__ = ["Graph", "open_graph"]


class Graph:
    """A built graph, open for reading.

    Args:
        project: whose stored queries and prefixes are used.
        store: what answers.
    """

    def __init__(self, project: Project, store: Store) -> None:
        self.project = project
        self.store = store
        self.prefixes: Prefixes = read_prefixes(project.prefix_file())

    @property
    def queries(self) -> "Library":
        """The stored queries, by name."""
        from .library import Library

        return Library(self.project.queries(), cache=self.project.cache_dir / "headers")

    def query(self, name: str, **parameters: object) -> "Answer":
        """Run a stored query.

        Args:
            name: the query's.
            parameters: its parameters; a number or date is written as text is, True as ``true``.

        Raises:
            UsageError: ``unknown-query``, ``unknown-parameter``, ``missing-parameter``, ``wrong-parameter``.
            NegativeAnswer: ``not-found`` or ``ambiguous`` for the name of a thing.
        """
        from .query import prepare_stored, run_query

        values = {name: _as_text(value) for name, value in parameters.items()}
        stored = self.queries[name]
        return run_query(self.store, prepare_stored(stored, values, store=self.store, prefixes=self.prefixes))

    def sparql(self, text: str, **parameters: object) -> "Answer":
        """Run a SPARQL 1.1 query text; PREFIX lines may be left out.

        Args:
            text: the query; ``?_name`` is a parameter.
            parameters: values of these.

        Raises:
            UsageError: ``query-is-update``, and those of parameters.
            CannotRun: ``query-syntax``, ``undeclared-prefix``, ``query-failed``.
        """
        from .query import prepare, run_query

        values = {name: _as_text(value) for name, value in parameters.items()}
        return run_query(self.store, prepare(text, values, store=self.store, prefixes=self.prefixes))

    def search(self, text: str, *, limit: int | None = None) -> "list[Hit]":
        """Find things by label and alias; see `citykg.search.search`."""
        from .search import search

        return search(self.store, text, limit=limit)

    def show(self, name: str, *, language: str = "zh") -> "Card":
        """Gather everything about a thing.

        Args:
            name: label, alias, ``prefix:name`` or IRI.
            language: of all names, where there is one in it.

        Raises:
            NegativeAnswer: ``not-found`` or ``ambiguous``.
        """
        from .search import find_thing
        from .show import show

        return show(self.store, find_thing(self.store, name, prefixes=self.prefixes), language=language)

    def dataset(self) -> "rdflib.Dataset":
        """Copy the graph into an rdflib Dataset: the closure as default graph, the asserted graphs by name.

        Raises:
            TypeError: the store is remote.
        """
        if not isinstance(self.store, EmbeddedStore):
            raise TypeError("a remote store is not copied; query it, or load an export")
        from .rdflib_store import dataset_of

        dataset = dataset_of(self.store.graph)
        for prefix, namespace in self.prefixes.items():
            dataset.bind(prefix, namespace)
        return dataset


def open_graph(project: str | Path | None = None, store: str | Path | None = None) -> Graph:
    """Open a built graph.

    Args:
        project: a project folder; None for the nearest one upwards, else the packaged graph, which is built
            on first use.
        store: a built store's folder or the URL of a SPARQL 1.1 endpoint; None for the project's.

    Raises:
        CannotRun: ``no-project``, ``no-store``, ``store-locked``, ``store-damaged``, ``store-older-layout``.

    >>> import citykg
    >>> graph = citykg.open_graph()  # doctest: +SKIP
    >>> graph.search("制药")[0].label  # doctest: +SKIP
    '联顺制药'
    """
    found = Project.find(Path(project) if project is not None else None)
    return Graph(found, open_store(found, store=None if store is None else str(store)))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
