"""How the index of questions is made: from a store's names, terms and lexicon."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citykg import search_index
from citykg.index_rows import IndexedStore, IndexRows, table
from citykg.store import Store

from .index import FILE_NAME, GAP, LEX, LONGEST_NAME, Index
from .normalise import plain_name
from .short_forms import (
    add_bare,
    add_counted,
    add_forms_of_address,
    add_heads,
    add_kinds,
    add_namesakes,
    add_parts,
    add_proper,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["build", "read_index", "write_beside"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_MANNERS = ("says", "maySay", "hints", "saysInverse", "asks", "counts")
#: Classes of the lexicon's own words, and the kind of sense that each gives.
_WORD_KINDS = {
    "QuestionWord": "question",
    "Operator": "operator",
    "ModalWord": "modal",
    "Particle": "particle",
    "Conjunction": "conjunction",
    "RelativeYear": "time",
    "TimeMark": "mark",
    "PartOfYear": "time",
    "TimeWord": "time",
    "RecurringTime": "time",
    "Message": "message",
    "Magnitude": "magnitude",
    "UnitWord": "unit",
    "FigureWord": "figure",
    "Numeral": "numeral",
    "Topic": "topic",
    "LightVerb": "light",
    "Aside": "aside",
}
#: Relations that hold whole tables, which are read first.
_TABLES = ("words", "pairs", "syllables", "sameBeginning", "sameEnding", "alikeInShape")
#: Kinds of words that questions join to others.
_JOINING = ("question", "particle", "unit", "mark", "operator", "modal", "time", "conjunction")
_LEAST_TYPO = 3


def build(store: Store, *, lexicon: Mapping[str, Any] | None = None) -> bytes:
    """Return the index of a store as bytes, the same ones for the same content.

    Args:
        store: a built store with its lexicon graph.
        lexicon: rows of another lexicon, for a store that has none.
    """
    return read_index(store, lexicon=lexicon).to_bytes()


def write_beside(graph: "ox.Store", folder: Path, kept: IndexRows | None = None) -> None:
    """Write the indexes of a store that is being built, for questions and for names, into the folder of
    the build.

    Args:
        graph: the whole store, closure included.
        folder: the build's folder, in which the store's own folder lies.
        kept: the rows of this store, where they are known.
    """
    kept = IndexRows.of(graph) if kept is None else kept
    kept.write(folder)
    opened = IndexedStore(graph, kept)
    index = read_index(opened)
    (folder / FILE_NAME).write_bytes(index.to_bytes())
    (folder / search_index.FILE_NAME).write_bytes(search_index.build(opened, index))


def read_index(store: Store, *, lexicon: Mapping[str, Any] | None = None) -> Index:
    """Make the index of a store in memory."""
    index = Index()
    entries = list(lexicon["rows"]) if lexicon else _in_order(table(store, "ask-lexicon"))
    if not entries:
        entries = _shipped_lexicon()
    _read_tables(index, entries)
    kinds = {row["term"]: row["kind"] for row in table(store, "ask-kinds")}
    index.properties = sorted(term for term, kind in kinds.items() if kind == "property")
    _read_terms(index, store)
    names = list(_names(index, store, kinds))
    for name, kind, iri, how in names:
        index.add(name, kind, iri, how)
    _read_wordings(index, entries, kinds)
    _drop_compounds(index)
    _read_mentions(index, store, kinds)
    add_counted(index, store)
    add_parts(index, names)
    add_bare(index, names)
    add_heads(index, names)
    add_proper(index, names)
    add_kinds(index, names)
    add_namesakes(index, store)
    add_forms_of_address(index, store)
    _add_typos(index, names)
    for row in table(store, "ask-homes"):
        index.homes.setdefault(row["article"], row["thing"])
    for row in table(store, "ask-years"):
        index.year = int(row["issued"][:4])
        break
    return index


def _in_order(entries: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows sorted by their text, which takes a store several times as long."""
    return sorted(entries, key=lambda row: (row["term"], row["relation"], row["value"]))


def _shipped_lexicon() -> list[dict[str, str]]:
    """Return the lexicon that comes with citykg, for a project that has none of its own."""
    from pyoxigraph import RdfFormat, parse

    from citykg.project import Project

    found = []
    for path in Project.shipped().lexicon():
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            found.append(
                {
                    "term": quad.subject.value,
                    "relation": quad.predicate.value,
                    "value": getattr(quad.object, "value", ""),
                }
            )
    return found


def _read_tables(index: Index, entries: list[dict[str, str]]) -> None:
    common, words, pairs = set(index.common), LEX + "words", LEX + "pairs"
    alike: list[tuple[str, ...]] = []
    for row in entries:
        if row["relation"] == words:
            common.update(word for word in row["value"].split() if len(word) <= LONGEST_NAME)
        elif row["relation"] == pairs:
            index.pairs = {pair[0]: pair[1] for pair in row["value"].split() if len(pair) == 2}
        elif row["relation"] == LEX + "syllables":
            index.sounds = {key: text for key, _, text in (s.partition(":") for s in row["value"].split())}
        elif row["relation"] in (LEX + "sameBeginning", LEX + "sameEnding"):
            alike.extend((row["relation"], *pair.split(":")) for pair in row["value"].split())
        elif row["relation"] == LEX + "alikeInShape":
            index.shapes = row["value"].split()
    index.common = sorted(common)
    for syllable, characters in index.sounds.items():
        for where, one, other in alike:
            if where == LEX + "sameBeginning" and syllable.startswith(one):
                syllable = other + syllable.removeprefix(one)
            elif where == LEX + "sameEnding" and syllable.endswith(one):
                syllable = syllable.removesuffix(one) + other
        index.near_sounds[syllable] = index.near_sounds.get(syllable, "") + characters


def _read_terms(index: Index, store: Store) -> None:
    above: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    for row in table(store, "ask-classes"):
        (above if row["relation"] == "above" else apart)[row["class"]].add(row["other"])
    sides: dict[str, dict[str, set[str]]] = {
        "inverse": defaultdict(set),
        "domain": defaultdict(set),
        "range": defaultdict(set),
    }
    for row in table(store, "ask-properties"):
        if row["relation"] == "above":
            above[row["property"]].add(row["other"])
        else:
            sides[row["relation"]][row["property"]].add(row["other"])
            if row["relation"] == "inverse":
                sides["inverse"][row["other"]].add(row["property"])
    units: dict[str, set[str]] = defaultdict(set)
    for row in table(store, "ask-indicators"):
        if row["relation"] == "rate":
            index.rates[row["indicator"]] = row["other"]
        else:
            (above if row["relation"] == "above" else units)[row["indicator"]].add(row["other"])
    types: dict[str, set[str]] = defaultdict(set)
    for row in table(store, "ask-types"):
        types[row["term"]].add(row["class"])
    index.above, index.apart, index.units, index.types = map(_sorted, (above, apart, units, types))
    index.inverse, index.domain, index.range = (_sorted(sides[n]) for n in ("inverse", "domain", "range"))
    index.symmetric = [row["property"] for row in table(store, "ask-symmetric")]


def _sorted(relation: Mapping[str, set[str]]) -> dict[str, list[str]]:
    return {key: sorted(values) for key, values in sorted(relation.items())}


def _names(index: Index, store: Store, kinds: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    found = list(table(store, "ask-names"))
    # What labels are written with is simplified already: some characters are forms of their own in names.
    kept = {character for row in found if row["how"] == "label" for character in row["name"]}
    index.pairs = {one: other for one, other in index.pairs.items() if one not in kept}
    for row in found:
        kind = kinds.get(row["term"], "thing")
        if row["how"] == "label":
            index.labels.setdefault(row["term"], row["name"])
        if kind in ("evidence", "scheme", "detail", "bound"):
            continue
        name = plain_name(row["name"], pairs=index.pairs)
        if len(name) <= LONGEST_NAME:
            yield name, kind, row["term"], row["how"]


def _read_wordings(index: Index, entries: list[dict[str, str]], kinds: Mapping[str, str]) -> None:
    own = {
        row["term"]: _WORD_KINDS[row["value"].removeprefix(LEX)]
        for row in entries
        if row["relation"] == _RDF_TYPE and row["value"].removeprefix(LEX) in _WORD_KINDS
    }
    orders = {relation: _order(relation) for relation in {row["relation"] for row in entries}}
    for row in sorted(entries, key=lambda r: orders[r["relation"]]):
        manner = row["relation"].removeprefix(LEX)
        kind = own.get(row["term"]) or kinds.get(row["term"], "thing")
        if manner in _TABLES:
            continue
        if manner not in _MANNERS:
            if row["relation"].startswith(LEX):
                index.facts.setdefault(row["term"], {}).setdefault(manner, []).append(row["value"])
        elif kind == "message":
            index.messages[row["term"].removeprefix(LEX)] = row["value"]
        elif kind == "magnitude":
            index.facts.setdefault(row["term"], {})["label"] = [row["value"]]
        else:
            pieces = row["value"].split(GAP)
            word = GAP.join([plain_name(piece, pairs=index.pairs) for piece in pieces])
            if row["term"].startswith("http://www.w3.org/ns/prov#"):
                kind = "property"
            if kind != "topic" or not index.words.get(word):
                index.add(word, kind, row["term"], manner)


def _order(relation: str) -> int:
    manner = relation.removeprefix(LEX)
    return _MANNERS.index(manner) if manner in _MANNERS else len(_MANNERS)


def _words_of(index: Index, *kinds: str) -> frozenset[str]:
    return frozenset(word for word, senses in index.words.items() if any(s[0] in kinds for s in senses))


def _drop_compounds(index: Index) -> None:
    """Leave out common words that only join words of questions, such as how-many with its unit."""
    small = _words_of(index, *_JOINING)
    particles, properties = _words_of(index, "particle"), _words_of(index, "property")
    beginnings = {word[0] for word in small}

    def joins(word: str) -> bool:
        first = word[0]
        numeral = first not in index.words and unicodedata.numeric(first, None) is not None
        if not numeral and first not in beginnings:
            return False
        return any(
            (word[:end] in small or (end == 1 and numeral)) and (end == len(word) or joins(word[end:]))
            for end in range(1, len(word) + 1)
        )

    def trails(word: str) -> bool:
        return len(word) > 1 and word[-1] in particles and word[:-1] in properties

    index.common = [
        word
        for word in index.common
        if word in index.words or not (joins(word) or trails(word)) or index.begins_names(word)
    ]


def _read_mentions(index: Index, store: Store, kinds: Mapping[str, str]) -> None:
    """Take wordings of passages as names of last resort, where they mean nothing else."""
    wordings: dict[str, set[str]] = defaultdict(set)
    for row in table(store, "ask-mentions"):
        if kinds.get(row["thing"], "thing") == "thing":
            wordings[plain_name(row["wording"], pairs=index.pairs)].add(row["thing"])
    for word, things in sorted(wordings.items()):
        if len(word) > 1 and not index.words.get(word):
            for thing in sorted(things):
                index.add(word, "thing", thing, "mention")


def _add_typos(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    proper = set(index.having("hasProperNames"))
    for name, kind, iri, _ in names:
        if kind == "thing" and len(name) >= _LEAST_TYPO and index.is_a(iri, proper):
            for place in range(len(name)):
                key = name[:place] + GAP + name[place + 1 :]
                found = index.typos.setdefault(key, [])
                if name not in found:
                    found.append(name)
