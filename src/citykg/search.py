"""Find things by the names that people know them by, and by the words of names and definitions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from .errors import NegativeAnswer, UsageError
from .names import labels
from .parameters import literal_text
from .prefixes import Prefixes
from .results import Truth
from .search_index import Named, SearchIndex, index_of
from .sparql import pattern
from .store import Store, rows

__all__ = ["Hit", "Match", "find_thing", "search"]

_CANDIDATES = 8  # things that the message about an ambiguous name lists
_LABEL_LANGUAGES = ("zh", "en")
_ALIAS = "altLabel"
#: Things come before the terms that describe them.
_GRAPHS = ("entities", "articles", "background", "ontology")
_KINDS = ("label", "alias", "wording", "text")
_CURIE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*:[^\s:/]\S*")
_LEAST_TYPO = 3
_LEAST_TYPO_BEGINNING = 4


class Match(IntEnum):
    """How a name matches, the best first."""

    EXACT = 0
    PREFIX = 1
    SUBSTRING = 2
    WORDS = 3
    TYPO = 4
    TEXT = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found.

    Args:
        thing: its IRI.
        label: what it is called.
        name: the label, alias, wording or definition that matched.
        match: how it matched.
        alias: whether that name is an alias.
        types: IRIs of its most specific asserted types.
        type_labels: what these are called, in the same order; the IRI where a type has no label.
    """

    thing: str
    label: str
    name: str
    match: Match
    alias: bool
    types: tuple[str, ...]
    type_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    thing: str
    name: str
    alias: bool
    layer: int


def search(store: Store, text: str, *, limit: int | None = None, language: str = "zh") -> list[Hit]:
    """Find things by a name, its beginning, a part, its words in any order, or with one wrong character;
    where no name will do, by their definitions. Case does not count.

    Args:
        store: where to look.
        text: what to look for; spaces around it do not count.
        limit: how many things at most; None for all.
        language: of the labels of types.

    Returns:
        Each thing once, by its best name: exact before prefix before substring before words before slips
        before definitions; labels before aliases before wordings of passages, things before the terms of
        the ontology, short names before long ones.

    Raises:
        UsageError: ``empty-search`` when nothing is left to look for.
    """
    wanted = text.strip()
    if not wanted:
        raise UsageError("empty-search", "nothing to search for", "for example: citykg search 制药")
    index = index_of(store)
    key = wanted.casefold()
    words = _words(key, index)
    found = [(match, named) for named in index.named if (match := _match(named, key, words)) is not None]
    found.sort(
        key=lambda f: (f[0], _KINDS.index(f[1].kind), f[1].layer, len(f[1].name), f[1].name, f[1].thing)
    )
    best: dict[str, tuple[Match, Named]] = {}
    for match, named in found:
        best.setdefault(named.thing, (match, named))
    return _hits(store, list(best.values())[:limit], language=language)


def _words(key: str, index: SearchIndex) -> list[str]:
    """Return the words of a text: by the words of the names, and by what stands between letters."""
    from .ask.words.cutting import Cutter

    cutter = Cutter(dict.fromkeys(word.casefold() for word in index.words), ())
    found = []
    for part in re.findall(r"\w+", key):
        found += [word for word in cutter.cut(part) if len(word) > 1] or [part]
    return found


def _match(named: Named, key: str, words: Sequence[str]) -> Match | None:
    folded = named.name.casefold()
    if named.kind == "text":
        return Match.TEXT if key in folded or (len(words) > 1 and all(w in folded for w in words)) else None
    if folded == key:
        return Match.EXACT
    if folded.startswith(key):
        return Match.PREFIX
    if key in folded:
        return Match.SUBSTRING
    if len(words) > 1 and all(word in folded for word in words):
        return Match.WORDS
    return Match.TYPO if _slips(folded, key) else None


def _slips(name: str, key: str) -> bool:
    """Whether a text is a name, or the beginning of one, but for one character."""
    if len(key) >= _LEAST_TYPO and abs(len(name) - len(key)) <= 1 and _one_apart(name, key):
        return True
    return len(key) >= _LEAST_TYPO_BEGINNING and len(name) > len(key) and _one_apart(name[: len(key)], key)


def _one_apart(one: str, other: str) -> bool:
    """Whether one character is wrong, missing, too many, or has changed places with the next."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if left[1:] == right[1:] or left[1:] == right or left == right[1:]:
        return True
    return left[:2] == right[:2][::-1] and left[2:] == right[2:]


def find_thing(store: Store, name: str, *, prefixes: Prefixes) -> str:
    """Return the IRI of the one thing that a name means.

    Args:
        store: where to look.
        name: a label, an alias, ``prefix:name`` or an IRI.
        prefixes: for ``prefix:name``.

    Raises:
        NegativeAnswer: ``ambiguous`` with the candidates, ``not-found`` with the nearest names.
        UsageError: ``unknown-prefix`` for what nothing is called and a prefix begins that is not declared.
    """
    wanted = name.strip()
    iri = _as_iri(wanted, prefixes)
    if iri is not None and _is_known(store, iri):
        return iri
    found = _exactly(store, wanted) if wanted else []
    if not found:
        if _CURIE.fullmatch(wanted):
            prefixes.expand(wanted)  # says when the prefix is not declared
        raise _not_found(store, wanted, prefixes)
    best = min((found_name.layer, found_name.alias) for found_name in found)
    things = list(dict.fromkeys(n.thing for n in found if (n.layer, n.alias) == best))
    if len(things) > 1:
        raise _ambiguous(store, wanted, things, prefixes)
    return things[0]


def _exactly(store: Store, wanted: str) -> list[_Name]:
    terms = [literal_text(wanted), *(literal_text(wanted, language=tag) for tag in _LABEL_LANGUAGES)]
    found = _names(rows(store, pattern("search-exact", names=" ".join(terms))))
    if found:
        return found
    key = wanted.casefold()  # slower: every name is looked at
    containing = _names(rows(store, pattern("search-containing", text=literal_text(wanted))))
    return [name for name in containing if name.name.casefold() == key]


def _names(found: Iterable[dict[str, str]]) -> list[_Name]:
    return [
        _Name(
            row["thing"],
            row["name"],
            row["property"].endswith(_ALIAS),
            _GRAPHS.index(row["graph"].rpartition("/")[2]),
        )
        for row in found
    ]


def _hits(store: Store, found: Sequence[tuple[Match, Named]], *, language: str = "zh") -> list[Hit]:
    types: dict[str, list[str]] = {named.thing: [] for _, named in found}
    if found:
        things = " ".join(f"<{thing}>" for thing in types)
        for row in rows(store, pattern("search-types", things=things)):
            types[row["thing"]].append(row["type"])
    known = labels(store, types)
    kinds = labels(store, (kind for some in types.values() for kind in some), language=language)
    return [
        Hit(
            thing=named.thing,
            label=known.get(named.thing, named.name),
            name=named.name,
            match=match,
            alias=named.kind == "alias",
            types=tuple(types[named.thing]),
            type_labels=tuple(kinds.get(kind, kind) for kind in types[named.thing]),
        )
        for match, named in found
    ]


def _as_iri(name: str, prefixes: Prefixes) -> str | None:
    if name.startswith("<") or "://" in name or name.partition(":")[0] in prefixes:
        iri = prefixes.expand(name)
        return iri if not set(iri) & set('<>"{}|^`\\ \t\r\n') else None
    return None


def _is_known(store: Store, iri: str) -> bool:
    answer = store.query(pattern("search-known", thing=f"<{iri}>"))
    return isinstance(answer, Truth) and answer.value


def _ambiguous(store: Store, wanted: str, things: list[str], prefixes: Prefixes) -> NegativeAnswer:
    hits = _hits(store, [(Match.EXACT, Named(thing, wanted, "label", 0)) for thing in things[:_CANDIDATES]])
    lines = [_candidate(hit, prefixes) for hit in hits]
    if len(things) > len(lines):
        lines.append(f"  … and {len(things) - len(lines)} more")
    message = "\n".join([f"{wanted!r} is the name of {len(things)} things:", *lines])
    return NegativeAnswer("ambiguous", message, f"say which: {prefixes.shorten(things[0])}")


def _not_found(store: Store, wanted: str, prefixes: Prefixes) -> NegativeAnswer:
    near = search(store, wanted, limit=3) if wanted else []
    if near:
        hint = (
            "did you mean "
            + " or ".join(f"{hit.label} ({prefixes.shorten(hit.thing)})" for hit in near)
            + "?"
        )
    else:
        from .nearest import nearest_hint

        every = _names(rows(store, pattern("search-containing", text='""')))
        curie = wanted.partition(":")[0] in prefixes
        names = (prefixes.shorten(name.thing) if curie else name.name for name in every)
        hint = nearest_hint(wanted, dict.fromkeys(names), otherwise="citykg search finds names")
    return NegativeAnswer("not-found", f"nothing is called {wanted!r}", hint)


def _candidate(hit: Hit, prefixes: Prefixes) -> str:
    kinds = f" ({'、'.join(hit.type_labels)})" if hit.type_labels else ""
    return f"  {hit.label}{kinds}  {prefixes.shorten(hit.thing)}"
