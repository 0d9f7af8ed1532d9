"""What passages name and state, fetched for many of them at once and kept."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from citykg.sparql import pattern
from citykg.store import Store, rows

__all__ = ["Fact", "Passages", "Stated"]

_AT_ONCE = 100
_MOST_FETCHED = 500  # as the query has it

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a passage states."""

    subject: str
    property: str
    object: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a passage states."""

    facts: tuple[Fact, ...] = ()
    figures: tuple[tuple[str, str, Fraction], ...] = ()
    periods: tuple[str, ...] = ()


@dataclass(slots=True)
class _All:
    """What all passages name and state, by what they name and state.

    Args:
        naming: a thing to the passages that name it.
        stating: a relation to the passages that state it.
        joining: somebody and a post or an organisation of theirs to the passages that state it, by whichever
            relation.
    """

    naming: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stating: dict[Fact, set[str]] = field(default_factory=lambda: defaultdict(set))
    joining: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def both(self, one: str, other: str) -> tuple[str, ...]:
        """Return the passages that name both of two things."""
        return tuple(sorted(self.naming.get(one, set()) & self.naming.get(other, set())))

    def saying(self, fact: Fact) -> tuple[str, ...]:
        """Return the passages that state a relation."""
        joining = self.joining.get((fact.subject, fact.object), set())
        return tuple(sorted(self.stating.get(fact, set()) | joining))


class Passages:
    """The passages of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._stated: dict[str, Stated] = {}
        self._things: dict[str, frozenset[str]] = {}
        self._company: dict[str, frozenset[str]] = {}
        self._naming: dict[tuple[str, str], tuple[str, ...]] = {}
        self._stating: dict[Fact, tuple[str, ...]] = {}
        self._places: dict[str, tuple[dict[str, str], ...]] = {}
        self._all: _All | None = None

    def fetch(self) -> None:
        """Fetch what the first few hundred passages name and state, so that no question has to."""
        passages = [row["passage"] for row in self._rows("ask-passages")]
        self.fetch_stated(passages)
        self.fetch_company(passages)
        self.fetch_places(passages)
        if len(passages) < _MOST_FETCHED:
            self._all = self._read_all(passages)

    def _read_all(self, passages: Sequence[str]) -> "_All":
        """Turn round what all passages name and state."""
        found = _All()
        self.fetch_things(passages)  # also of those that stand in no paragraph
        for passage in passages:
            for thing in self._things[passage]:
                found.naming[thing].add(passage)
        for row in self._rows("ask-passages-stated", passages=_terms(passages)):
            ends = (row["subject"], row["object"])
            if "property" in row:
                found.stating[Fact(ends[0], row["property"], ends[1])].add(row["passage"])
            else:
                found.joining[ends].add(row["passage"])
        return found

    # What a passage says

    def stated(self, passage: str) -> Stated:
        """Return what a passage states."""
        self.fetch_stated([passage])
        return self._stated[passage]

    def things(self, passage: str) -> frozenset[str]:
        """Return what a passage names."""
        self.fetch_things([passage])
        return self._things[passage]

    def company(self, passage: str) -> frozenset[str]:
        """Return what the paragraph of a passage names."""
        self.fetch_company([passage])
        return self._company[passage]

    def fetch_stated(self, passages: Iterable[str]) -> None:
        """Fetch what some passages state, as far as it is not known yet."""
        for missing in _blocks(passages, self._stated):
            terms = _terms(missing)
            facts: dict[str, list[Fact]] = defaultdict(list)
            figures: dict[str, list[tuple[str, str, Fraction]]] = defaultdict(list)
            periods: dict[str, list[str]] = defaultdict(list)
            for row in self._rows("ask-passage-facts", passages=terms):
                facts[row["passage"]].append(Fact(row["subject"], row["property"], row["object"]))
            for row in self._rows("ask-passage-figures", passages=terms):
                figure = (row["about"], row["indicator"], Fraction(row["value"]))
                figures[row["passage"]].append(figure)
            for row in self._rows("ask-passage-periods", passages=terms):
                periods[row["passage"]].append(row["period"])
            for passage in missing:
                self._stated[passage] = Stated(
                    tuple(facts[passage]), tuple(figures[passage]), tuple(periods[passage])
                )

    def fetch_things(self, passages: Iterable[str]) -> None:
        """Fetch what some passages name, as far as it is not known yet."""
        for missing in _blocks(passages, self._things):
            terms = _terms(missing)
            things: dict[str, set[str]] = defaultdict(set)
            for row in self._rows("ask-passage-things", passages=terms):
                things[row["passage"]].add(row["thing"])
            self._things.update((passage, frozenset(things[passage])) for passage in missing)

    def fetch_company(self, passages: Iterable[str]) -> None:
        """Fetch what the paragraphs of some passages name, as far as it is not known yet."""
        for missing in _blocks(passages, self._company):
            terms = _terms(missing)
            beside: dict[str, list[str]] = defaultdict(list)
            for row in self._rows("ask-paragraph-passages", passages=terms):
                beside[row["passage"]].append(row["beside"])
            self.fetch_things(other for others in beside.values() for other in others)
            for passage in missing:
                self._company[passage] = frozenset().union(*(self._things[b] for b in beside[passage]))

    def places(self, passages: Iterable[str]) -> list[dict[str, str]]:
        """Return where some passages stand and who says them, in the order of their articles."""
        wanted = list(passages)
        self.fetch_places(wanted)
        found = [row for passage in wanted for row in self._places[passage]]
        return sorted(found, key=lambda row: (row["article"], int(row.get("order", -1)), row["passage"]))

    def fetch_places(self, passages: Iterable[str]) -> None:
        """Fetch where some passages stand, as far as it is not known yet."""
        for missing in _blocks(passages, self._places):
            places: dict[str, list[dict[str, str]]] = defaultdict(list)
            for row in self._rows("ask-evidence", passages=_terms(missing)):
                places[row["passage"]].append(row)
            self._places.update((passage, tuple(places[passage])) for passage in missing)

    # Which passages say something

    def naming(self, thing: str, other: str = "") -> tuple[str, ...]:
        """Return the passages that name a thing, or both of two."""
        pair = (thing, other or thing)
        self.fetch_naming([pair])
        return self._naming[pair]

    def stating(self, subject: str, names: Iterable[str], target: str) -> tuple[str, ...]:
        """Return the passages that state one of some relations between two things."""
        facts = [Fact(subject, name, target) for name in names]
        self.fetch_stating(facts)
        found = {passage for fact in facts for passage in self._stating[fact]}
        return tuple(sorted(found))

    def fetch_naming(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Find the passages that name both of two things, for pairs that are not known yet."""
        for missing in _blocks(pairs, self._naming):
            if self._all is not None:
                self._naming.update((pair, self._all.both(*pair)) for pair in missing)
                continue
            found: dict[tuple[str, str], list[str]] = defaultdict(list)
            terms = " ".join(f"(<{one}> <{other}>)" for one, other in missing)
            for row in self._rows("ask-passages-naming", pairs=terms):
                found[row["one"], row["other"]].append(row["passage"])
            self._naming.update((pair, tuple(found[pair])) for pair in missing)

    def fetch_stating(self, facts: Iterable[Fact]) -> None:
        """Find the passages that state some relations, for those that are not known yet."""
        for missing in _blocks(facts, self._stating):
            if self._all is not None:
                self._stating.update((fact, self._all.saying(fact)) for fact in missing)
                continue
            found: dict[Fact, list[str]] = defaultdict(list)
            terms = " ".join(f"(<{f.subject}> <{f.property}> <{f.object}>)" for f in missing)
            for row in self._rows("ask-passages-stating", triples=terms):
                found[Fact(row["subject"], row["property"], row["object"])].append(row["passage"])
            self._stating.update((fact, tuple(found[fact])) for fact in missing)

    def _rows(self, name: str, **terms: str) -> Iterator[dict[str, str]]:
        return rows(self.store, pattern(name, **terms))


def _blocks(keys: Iterable[_Key], known: Container[_Key]) -> Iterator[list[_Key]]:
    """Yield what is not known, each once, in blocks."""
    wanted = [key for key in dict.fromkeys(keys) if key not in known]
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def _terms(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
