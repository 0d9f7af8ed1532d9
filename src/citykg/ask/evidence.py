"""The passages that an answer rests on."""

from collections import Counter
from collections.abc import Iterable, Sequence

from citykg.sparql import pattern
from citykg.store import Store, rows

from .graph import Graph
from .index import Index
from .model import Evidence

__all__ = ["Witness"]

_MOST_PASSAGES = 60
_MOST_EDGES = 60


class Witness:
    """Finds the passages of facts; keeps what they are evidence of."""

    def __init__(self, store: Store, index: Index, graph: Graph) -> None:
        self.store = store
        self.index = index
        self.graph = graph
        self.said: dict[str, list[str]] = {}

    def add(self, passage: str, what: str) -> None:
        """Take note that a passage says something."""
        said = self.said.setdefault(passage, [])
        if what and what not in said:
            said.append(what)

    def stated(self, subject: str, properties: Sequence[str], target: str) -> list[str]:
        """Return the passages that state a relation, the one named or one that implies it directly."""
        names = dict.fromkeys(properties)
        for name in properties:
            names.update(dict.fromkeys(self.index.below(name)))
        found = self._passages(subject, names, target)
        inverses = {i for name in names for i in self.index.inverse.get(name, ())}
        if inverses:
            found += self._passages(target, sorted(inverses), subject)
        if any(name in self.index.symmetric for name in names):
            found += self._passages(target, names, subject)
        return list(dict.fromkeys(found))

    def relate(self, subject: str, properties: Sequence[str], target: str) -> bool:
        """Note the passages of a relation, or of the two that it follows from; whether it is
        stated itself.
        """
        what = f"{self.index.label(subject)} {self.index.label(properties[0])} {self.index.label(target)}"
        found = self.stated(subject, properties, target)
        for passage in found:
            self.add(passage, what)
        if found:
            return True
        between = {a.other for a in self.graph.around(subject) if not a.modality}
        for middle in sorted(between & {a.other for a in self.graph.around(target) if not a.modality})[:8]:
            one = [a.property for a in self.graph.around(subject) if a.other == middle]
            two = [a.property for a in self.graph.around(middle) if a.other == target]
            for passage in [*self.stated(subject, one, middle)[:1], *self.stated(middle, two, target)[:1]]:
                self.add(passage, what)
        if not self.said:
            for passage in self._naming(subject, target)[:2]:
                self.add(passage, what)
        return False

    def name(self, thing: str) -> None:
        """Note the first passage that names a thing."""
        for passage in self._naming(thing, thing)[:1]:
            self.add(passage, self.index.label(thing))

    def name_all(self, things: Iterable[str]) -> None:
        """Note for each thing the passage that names most of them, the first one of these."""
        naming = {thing: self._naming(thing, thing) for thing in dict.fromkeys(things)}
        numbers = Counter(passage for passages in naming.values() for passage in passages)
        for thing, passages in naming.items():
            if passages:
                self.add(max(passages, key=lambda passage: numbers[passage]), self.index.label(thing))

    def evidence(self) -> tuple[Evidence, ...]:
        """Return the passages noted, in the order of their articles."""
        if not self.said:
            return ()
        terms = " ".join(f"<{passage}>" for passage in list(self.said)[:_MOST_PASSAGES])
        found = []
        for row in rows(self.store, pattern("ask-evidence", passages=terms)):
            speaker = row.get("speaker")
            place = self.index.message(
                "place-in-text",
                paragraph=row.get("paragraph", "?"),
                sentence=row.get("sentence", "?"),
                start=row["start"],
                end=row["end"],
            )
            found.append(
                Evidence(
                    row["article"],
                    row["passage"],
                    int(row["start"]),
                    int(row["end"]),
                    speaker,
                    self.index.label(speaker) if speaker else "",
                    place,
                    tuple(self.said[row["passage"]]),
                )
            )
        return tuple(found)

    def speakers(self, passages: Iterable[str]) -> set[str]:
        """Return who says some passages."""
        terms = " ".join(f"<{passage}>" for passage in passages)
        if not terms:
            return set()
        return {
            row["speaker"]
            for row in rows(self.store, pattern("ask-evidence", passages=terms))
            if "speaker" in row
        }

    def _passages(self, subject: str, properties: Iterable[str], target: str) -> list[str]:
        terms = " ".join(f"<{name}>" for name in properties)
        return self._kept("ask-passages-of-triple", subject, target, properties=terms) if terms else []

    def _naming(self, subject: str, target: str) -> list[str]:
        return self._kept("ask-passages-naming", subject, target)

    def _kept(self, query: str, subject: str, target: str, **terms: str) -> list[str]:
        """Return the passages that a query leads to; one reading after the other asks for the same ones."""
        key = (query, subject, target, *terms.values())
        if key not in self.graph.passages:
            text = pattern(query, subject=f"<{subject}>", object=f"<{target}>", **terms)
            self.graph.passages[key] = tuple(row["passage"] for row in rows(self.store, text))
        return list(self.graph.passages[key])
