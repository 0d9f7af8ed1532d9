"""The rows that the indexes for questions and for names are made of, kept from build to build by their term.

To ask a store on disk for these rows takes nine tenths of what an index takes. An edit changes those of a
few terms: they are asked for again, and the indexes are made of all rows as before. ``index-rows.jsonl``
beside the store has a line for each term: its IRI, a tab, and JSON of the rows by pattern, without the term.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from .kept_lines import KeptLines
from .results import Answer
from .sparql import pattern
from .store import Store, answer_of, rows, texts_of

__all__ = ["IndexRows", "IndexedStore", "hanging_on", "table"]

_FILE = "index-rows.jsonl"
_TAB = b"\t"
#: The patterns whose rows are kept, and the column that each is sorted by first.
_KEYS: Mapping[str, str] = {
    "ask-names": "term",
    "ask-kinds": "term",
    "ask-types": "term",
    "ask-mentions": "thing",
    "ask-homes": "article",
    "ask-counted": "about",
    "search-containing": "thing",
    "search-texts": "thing",
}
_TERMS = {"search-containing": {"text": '""'}}
#: With more terms than this, all rows are asked for again.
_MOST = 5_000

Row = dict[str, str]
_Tables = dict[str, list[Row]]


class IndexRows:
    """Rows of the patterns that indexes are made of.

    Args:
        lines: a line for each term.
    """

    def __init__(self, lines: KeptLines) -> None:
        self._lines = lines
        self._tables: _Tables | None = None

    @classmethod
    def of(cls, graph: ox.Store) -> "IndexRows":
        """Return the rows of a whole store."""
        store = _OpenStore(graph)
        found: dict[str, _Tables] = defaultdict(dict)
        for name, key in _KEYS.items():
            for row in store.rows(_text(name)):
                found[row[key]].setdefault(name, []).append(row)
        terms = sorted(found)
        kept = cls(KeptLines((_line(term, found[term]) for term in terms), separator=_TAB))
        kept._tables = {name: [row for term in terms for row in found[term].get(name, ())] for name in _KEYS}
        return kept

    @classmethod
    def read(cls, folder: Path) -> "IndexRows | None":
        """Open what `write` has written into the folder of a build; None where it has not."""
        try:
            return cls(KeptLines.read(folder, _FILE, separator=_TAB))
        except (OSError, ValueError):
            return None

    def write(self, folder: Path) -> None:
        """Write this into the folder of a build."""
        self._lines.write(folder, _FILE)

    def changed(self, graph: ox.Store, terms: Collection[str]) -> "IndexRows":
        """Return the rows after a change.

        Args:
            graph: the whole store after it.
            terms: IRIs of the terms whose rows it can have changed.
        """
        if len(terms) > _MOST:
            return IndexRows.of(graph)
        groups: dict[bytes, list[bytes]] = {}
        for term in terms:
            tables = {}
            for name, key in _KEYS.items():
                if found := list(_OpenStore(graph, {key: term}).rows(_text(name))):
                    tables[name] = found
            groups[term.encode()] = [_line(term, tables)] if tables else []
        return IndexRows(self._lines.replaced(groups))

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a pattern, those of one term in the order of the pattern, terms by their IRIs."""
        if self._tables is None:
            self._tables = {kept: [] for kept in _KEYS}
            for line in self._lines:
                term, _, written = line.decode().partition("\t")
                for kept, found in json.loads(written).items():
                    self._tables[kept] += [{_KEYS[kept]: term, **row} for row in found]
        return iter(self._tables[name])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IndexRows) and list(self._lines) == list(other._lines)

    __hash__ = None  # type: ignore[assignment]


class _OpenStore:
    """A store that is open already, as something that can be asked about one term, or all."""

    def __init__(self, graph: ox.Store, about: Mapping[str, str] | None = None) -> None:
        self._graph = graph
        self._about: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): ox.NamedNode(term) for name, term in (about or {}).items()
        }

    def query(self, text: str) -> Answer:
        """Run one of our own patterns."""
        return answer_of(self._graph.query(text, substitutions=self._about or None))

    def rows(self, text: str) -> Iterator[Row]:
        """Yield the rows of one of our own SELECT patterns as `store.rows` does, each when it is found."""
        found = cast(ox.QuerySolutions, self._graph.query(text, substitutions=self._about or None))
        return texts_of([variable.value for variable in found.variables], found)


class IndexedStore(_OpenStore):
    """A store of which the rows for its indexes are known."""

    def __init__(self, graph: ox.Store, kept: IndexRows) -> None:
        super().__init__(graph)
        self.kept = kept


def hanging_on(nodes: Iterable[str], graph: ox.Store) -> set[str]:
    """Return the other terms whose rows can hang on what a store says of some nodes, all by their IRIs."""
    found: set[str] = set()
    for node in nodes:
        about = _OpenStore(graph, {"subject": node})
        found.update(row["term"] for row in about.rows(pattern("index-terms")))
    return found


def table(store: Store, name: str) -> Iterator[Row]:
    """Yield the rows of one of the patterns that indexes are made of, kept ones where they are."""
    if isinstance(store, IndexedStore):
        return store.kept.rows(name) if name in _KEYS else store.rows(_text(name))
    return rows(store, _text(name))


def _text(name: str) -> str:
    return pattern(name, **_TERMS.get(name, {}))


def _line(term: str, tables: Mapping[str, Iterable[Row]]) -> bytes:
    others = {
        name: [{column: value for column, value in row.items() if column != _KEYS[name]} for row in found]
        for name, found in tables.items()
    }
    return f"{term}\t{_encode(others)}".encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
