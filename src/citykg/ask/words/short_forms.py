"""Names as they are said otherwise: in part, bare, by a namesake, by family name and title."""

from collections import defaultdict

from citykg.index_rows import table
from citykg.sparql import pattern
from citykg.store import Store, rows

from .cutting import Cutter
from .index import LONGEST_NAME, Index
from .normalise import plain_name

__all__ = [
    "add_bare",
    "add_counted",
    "add_forms_of_address",
    "add_heads",
    "add_kinds",
    "add_namesakes",
    "add_parts",
    "add_proper",
]

_LEAST_PART = 4
_LEAST_PROPER = 3


def add_counted(index: Index, store: Store) -> None:
    """Let so many of a kind stand for the group that is so large (28个项目), or for each such group."""
    for row in table(store, "ask-counted"):
        label, stated = index.label(row["about"]), plain_name(row["asStated"], pairs=index.pairs)
        if not index.counts(row["indicator"]) or not stated[:1].isdigit():
            continue
        for size in range(2, min(len(label), LONGEST_NAME)):
            if any(sense[0] == "class" for sense in index.words.get(label[-size:], ())):
                known = index.words.get(stated + label[-size:], ())
                if all(sense[2] in ("mention", "counted") for sense in known):
                    index.words[stated + label[-size:]] = [s for s in known if s[1] != row["about"]]
                    index.add(stated + label[-size:], "thing", row["about"], "counted")


def add_parts(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    """Take the first or last words of a long name as its short form, where they mean nothing else."""
    parts: dict[str, set[str]] = defaultdict(set)
    common = set(index.common)
    particles = {word for word, senses in index.words.items() if any(s[0] == "particle" for s in senses)}
    for name, kind, iri, _ in names:
        if kind != "thing" or len(name) < _LEAST_PART:
            continue
        inside = {name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1)}
        known = [word for word in inside if word != name and word in index.words]
        cutter = Cutter(dict.fromkeys(known), inside & common)
        words = cutter.cut(name)
        for size in range(2, len(words)):
            for part, inner, beside in (
                ("".join(words[:size]), words[size - 1], words[size]),
                ("".join(words[-size:]), words[-size], words[-size - 1]),
            ):
                # The champions of a city, 城 or 之城, are not the city.
                if beside in particles or (name.startswith(part) and len(name) - len(part) == 1):
                    continue
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
                index.add(part, "thing", thing, "part")


def add_bare(index: Index, names: list[tuple[str, str, str, str]]) -> None:
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
                index.add(bare, "thing", iri, "part")


def _is_named_kind(word: str, index: Index) -> bool:
    """Whether a word is a name with a kind behind it: what is meant are all of that kind."""
    return any(
        any(s[0] == "thing" and s[2] == "label" for s in index.words.get(word[:size], ()))
        and any(s[0] == "class" for s in index.words.get(word[size:], ()))
        for size in range(2, len(word))
    )


def add_heads(index: Index, names: list[tuple[str, str, str, str]]) -> None:
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
                index.add(word, "thing", thing, "part")


def add_kinds(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    """Let other words for a kind stand for the group that is called as the kind is (银行 for 金融机构)."""
    groups = set(index.having("summarises"))
    called: dict[str, set[str]] = defaultdict(set)
    for name, kind, iri, _ in names:
        if kind == "thing" and index.is_a(iri, groups):
            for sense in index.words.get(name, ()):
                if sense[0] == "class":
                    called[sense[1]].add(iri)
    for word, senses in index.words.items():
        if len(senses) != 1 or senses[0][0] != "class":
            continue
        things = called.get(senses[0][1], ())
        if len(things) == 1:
            for thing in things:
                index.add(word, "thing", thing, "part")


def add_proper(index: Index, names: list[tuple[str, str, str, str]]) -> None:
    """Let a name be said without the noun for its kind at its end (微旅游线路: 微旅游), where that means
    nothing else.
    """
    proper: dict[str, set[str]] = defaultdict(set)
    for name, kind, iri, _ in names:
        for end in range(_LEAST_PROPER, len(name) if kind == "thing" else 0):
            word = name[:end]
            kinds = {sense[1] for sense in index.words.get(name[end:], ()) if sense[0] == "class"}
            plain = word.isalpha() and not any(map(str.isnumeric, word)) and not index.words.get(word)
            if plain and index.is_a(iri, kinds) and not _ends_known(word, index):
                proper[word].add(iri)
    common = set(index.common)
    for word, things in sorted(proper.items()):
        begun = {iri for name, kind, iri, _ in names if kind == "thing" and name.startswith(word)}
        if begun == things and len(things) == 1 and word not in common:
            for thing in things:
                index.add(word, "thing", thing, "part")


def _ends_known(word: str, index: Index) -> bool:
    """Whether a word ends with one that means something: a verb, or another name."""
    return any(index.words.get(word[-size:]) for size in range(2, len(word)))


def add_namesakes(index: Index, store: Store) -> None:
    """Let the name of a thing stand for what is named after it as well."""
    for name in sorted(index.having("namesake")):
        for row in rows(store, pattern("ask-links", property=f"<{name}>")):
            for word in list(index.words):
                if any(s[1] == row["object"] and s[2] in ("label", "alias") for s in index.words[word]):
                    index.add(word, "thing", row["subject"], "namesake")


def add_forms_of_address(index: Index, store: Store) -> None:
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
            index.add(word, "thing", next(iter(people)), "address")


def _unknown_beginning(words: list[str], index: Index) -> str:
    """Return the characters before the first word that is known: the proper part of a firm's name."""
    first = ""
    for word in words:
        if len(word) > 1 or index.words.get(word):
            return first
        first += word
    return ""
