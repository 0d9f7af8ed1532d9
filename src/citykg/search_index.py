"""The index for searching: labels, aliases, wordings of passages and definitions, kept beside a store."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .index_rows import table
from .store import Store

if TYPE_CHECKING:
    from .ask.words.index import Index

__all__ = ["FILE_NAME", "Named", "SearchIndex", "build", "index_of"]

FILE_NAME = "search.json"
_VERSION = 1
_ALIAS = "altLabel"
#: Things come before the terms that describe them.
_GRAPHS = ("entities", "articles", "background", "ontology")
_LAST = len(_GRAPHS)


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a thing, or a text about it.

    Args:
        thing: its IRI.
        name: the name or the text.
        kind: label, alias, wording (how a passage names it) or text (a definition).
        layer: the lower the nearer to things, the higher to terms.
    """

    thing: str
    name: str
    kind: str
    layer: int


@dataclass(slots=True)
class SearchIndex:
    """Everything that things can be found by.

    Args:
        named: names and texts.
        words: the words that names consist of, by which a text is cut.
    """

    named: list[Named] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def build(store: Store, asked: "Index") -> bytes:
    """Return the index of a store as bytes, the same ones for the same content.

    Args:
        store: a whole store.
        asked: the index for questions, whose words cut the names.
    """
    index = _read(store, asked)
    content = {
        "version": _VERSION,
        "named": [[n.thing, n.name, n.kind, n.layer] for n in index.named],
        "words": index.words,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def index_of(store: Store) -> SearchIndex:
    """Return the index beside a built store; where there is none, one made for this time."""
    folder = getattr(store, "folder", None)
    if folder is not None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            content = json.loads((Path(folder).parent / FILE_NAME).read_bytes())
            if content["version"] == _VERSION:
                return SearchIndex([Named(*fields) for fields in content["named"]], content["words"])
    return _read(store, None)


def _read(store: Store, asked: "Index | None") -> SearchIndex:
    named = list(dict.fromkeys([*_names(store), *_wordings(store), *_texts(store)]))
    return SearchIndex(named, _words(named, asked) if asked is not None else [])


def _names(store: Store) -> Iterator[Named]:
    for row in table(store, "search-containing"):
        kind = "alias" if row["property"].endswith(_ALIAS) else "label"
        yield Named(row["thing"], row["name"], kind, _layer(row["graph"]))


def _wordings(store: Store) -> Iterator[Named]:
    for row in table(store, "ask-mentions"):
        yield Named(row["thing"], row["wording"], "wording", _LAST)


def _texts(store: Store) -> Iterator[Named]:
    for row in table(store, "search-texts"):
        yield Named(row["thing"], row["text"], "text", _layer(row["graph"]))


def _layer(graph: str) -> int:
    return _GRAPHS.index(graph.rpartition("/")[2])


def _words(named: list[Named], asked: "Index") -> list[str]:
    from .ask.words.cutting import Cutter
    from .ask.words.index import LONGEST_NAME

    names = {n.name for n in named}
    known = {word: senses for word, senses in asked.words.items() if word not in names or len(word) < 5}
    cutter = Cutter(known, asked.common)
    cut = {n.name for n in named if n.kind != "text" and len(n.name) <= LONGEST_NAME}
    found = {word for name in cut for word in cutter.cut(name)}
    return sorted(word for word in found if len(word) > 1)
