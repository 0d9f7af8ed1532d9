"""How the index of questions is made: from a store's names, terms and lexicon."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citykg import search_index
from citykg.index_rows import IndexedStore, IndexRows, table
from citykg.sparql import pattern
from citykg.store import Store, rows

from .cutting import Cutter
from .index import FILE_NAME, GAP, LEX, Index
from .normalise import plain_name

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
    "Message": "message",
    "Magnitude": "magnitude",
    "UnitWord": "unit",
    "FigureWord": "figure",
    "Numeral": "numeral",
    "Topic": "topic",
    "LightVerb": "light",
    "Aside": "aside",
}
#: Kinds of words that questions join to others.
_JOINING = ("question", "particle", "unit", "mark", "operator", "modal", "time", "conjunction")
_LEAST_TYPO = 3
_LEAST_PART = 4


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
        _add(index, name, kind, iri, how)
    _read_wordings(index, entries, kinds)
    _drop_compounds(index)
    _read_mentions(index, store, kinds)
    _add_counted(index, store)
    _add_parts(index, names)
    _add_bare(index, names)
    _add_heads(index, names)
    _add_namesakes(index, store)
    _add_forms_of_address(index, store)
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
    for row in entries:
        if row["relation"] == words:
            common.update(row["value"].split())
        elif row["relation"] == pairs:
            index.pairs = {pair[0]: pair[1] for pair in row["value"].split() if len(pair) == 2}
    index.common = sorted(common)


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
        yield plain_name(row["name"], pairs=index.pairs), kind, row["term"], row["how"]


def _add(index: Index, word: str, kind: str, iri: str, how: str) -> None:
    if GAP in word:
        pieces = [piece for piece in word.split(GAP) if piece]
        if (pieces, kind, iri, how) not in index.patterns:
            index.patterns.append((pieces, kind, iri, how))
        for piece in pieces:
            index.words.setdefault(piece, [])
    elif word:
        senses = index.words.setdefault(word, [])
        for sense in senses:
            if sense[0] == kind and sense[1] == iri:
                return
        senses.append((kind, iri, how))


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
        if manner in ("words", "pairs"):
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
                _add(index, word, kind, row["term"], manner)


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
                _add(index, word, "thing", thing, "mention")


def _add_counted(index: Index, store: Store) -> None:
    """Let so many of a kind stand for the group that is so large (28个项目), or for each such group."""
    for row in table(store, "ask-counted"):
        label, stated = index.label(row["about"]), plain_name(row["asStated"], pairs=index.pairs)
        if not index.counts(row["indicator"]) or not stated[:1].isdigit():
            continue
        for size in range(2, len(label)):
            if any(sense[0] == "class" for sense in index.words.get(label[-size:], ())):
                known = index.words.get(stated + label[-size:], ())
                if all(sense[2] in ("mention", "counted") for sense in known):
                    index.words[stated + label[-size:]] = [s for s in known if s[1] != row["about"]]
                    _add(index, stated + label[-size:], "thing", row["about"], "counted")


def _add_parts(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    """Take the first or last words of a long name as its short form, where they mean nothing else."""
    parts: dict[str, set[str]] = defaultdict(set)
    common = set(index.common)
    for name, kind, iri, _ in names:
        if kind != "thing" or len(name) < _LEAST_PART:
            continue
        inside = {name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1)}
        known = [word for word in inside if word != name and word in index.words]
        cutter = Cutter(dict.fromkeys(known), inside & common)
        words = cutter.cut(name)
        for size in range(2, len(words)):
            for part, inner in (
                ("".join(words[:size]), words[size - 1]),
                ("".join(words[-size:]), words[-size]),
            ):
                if len(part) >= _LEAST_PART and len(inner) > 1 and part.isalnum() and not part.isdecimal():
                    parts[part].add(iri)
        first = _unknown_beginning(words, index)
        if len(first) > 1 and first.isalpha():
            parts[first].add(iri)
    whole = {name for name, kind, _, _ in names if kind == "thing"}
    for part, things in sorted(parts.items()):
        if any(part[:size] in whole or part[-size:] in whole for size in range(2, len(part))):
            continue  # a name with something else before or behind it
        if part not in index.words and part not in common and len(things) < 4:
            for thing in sorted(things):
                _add(index, part, "thing", thing, "part")


def _add_bare(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    """Let a name be said without a particle that it begins with, such as the-whole-city's."""
    particles = {
        w for w, senses in index.words.items() if len(w) > 1 and any(s[0] == "particle" for s in senses)
    }
    for name, kind, iri, _ in names:
        for size in range(2, len(name) - _LEAST_PART + 1):
            bare = name[size:]
            if (
                kind == "thing"
                and name[:size] in particles
                and not (index.words.get(bare) or _is_named_kind(bare, index))
            ):
                _add(index, bare, "thing", iri, "part")


def _is_named_kind(word: str, index: Index) -> bool:
    """Whether a word is a name with a kind behind it: what is meant are all of that kind."""
    return any(
        any(s[0] == "thing" and s[2] == "label" for s in index.words.get(word[:size], ()))
        and any(s[0] == "class" for s in index.words.get(word[size:], ()))
        for size in range(2, len(word))
    )


def _add_heads(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    """Take the last word of a group's name as its short form, where it is that of one group only."""
    groups = set(index.having("summarises"))
    heads: dict[str, set[str]] = defaultdict(set)
    for name, kind, iri, _ in names:
        if kind == "thing" and index.is_a(iri, groups):
            for size in range(2, len(name)):
                word = name[-size:]
                senses = index.words.get(word)
                if senses and all(s[0] == "class" for s in senses):
                    heads[word].add(iri)
    for word, things in sorted(heads.items()):
        if len(things) == 1:
            for thing in things:
                _add(index, word, "thing", thing, "part")


def _add_namesakes(index: Index, store: Store) -> None:
    """Let the name of a thing stand for what is named after it as well."""
    for name in sorted(index.having("namesake")):
        for row in rows(store, pattern("ask-links", property=f"<{name}>")):
            for word in list(index.words):
                if any(s[1] == row["object"] and s[2] in ("label", "alias") for s in index.words[word]):
                    _add(index, word, "thing", row["subject"], "namesake")


def _add_forms_of_address(index: Index, store: Store) -> None:
    """Let who holds a post be called by the family name and the title, where that is one person."""
    called: dict[str, set[str]] = defaultdict(set)
    for held in sorted(term for term in index.facts if index.facts[term].get("titles")):
        compound = {name for names in index.facts[held].get("compoundSurnames", ()) for name in names.split()}
        for row in rows(store, pattern("ask-links", property=f"<{held}>")):
            person, post = index.label(row["subject"]), index.label(row["object"])
            family = person[:2] if person[:2] in compound else person[:1]
            for titles in index.facts[held]["titles"]:
                for title in titles.split():
                    if post.endswith(title):
                        called[family + title].add(row["subject"])
    for word, people in sorted(called.items()):
        if len(people) == 1 and not index.words.get(word):
            _add(index, word, "thing", next(iter(people)), "address")


def _unknown_beginning(words: list[str], index: Index) -> str:
    """Return the characters before the first word that is known: the proper part of a firm's name."""
    first = ""
    for word in words:
        if len(word) > 1 or index.words.get(word):
            return first
        first += word
    return ""


def _add_typos(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    proper = set(index.having("hasProperNames"))
    for name, kind, iri, _ in names:
        if kind == "thing" and len(name) >= _LEAST_TYPO and index.is_a(iri, proper):
            for place in range(len(name)):
                key = name[:place] + GAP + name[place + 1 :]
                found = index.typos.setdefault(key, [])
                if name not in found:
                    found.append(name)
