"""The passages that an answer rests on."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ..facts.graph import Graph
from ..facts.passages import Fact
from ..model import Evidence
from ..words.index import Index

__all__ = ["Witness"]

_MOST_PASSAGES = 60


class Witness:
    """Finds the passages of facts; keeps what they are evidence of."""

    def __init__(self, index: Index, graph: Graph) -> None:
        self.index = index
        self.graph = graph
        self.passages = graph.passages
        self.said: dict[str, list[str]] = {}

    def add(self, passage: str, what: str) -> None:
        """Take note that a passage says something."""
        said = self.said.setdefault(passage, [])
        if what and what not in said:
            said.append(what)

    def stated(self, subject: str, properties: Sequence[str], target: str) -> list[str]:
        """Return the passages that state a relation, the one named or one that implies it directly."""
        self.expect([(subject, properties, target)])
        names, back = self._implying(subject, properties, target)
        found = self.passages.stating(subject, names, target)
        return list(dict.fromkeys((*found, *self.passages.stating(target, back, subject))))

    def expect(self, relations: Iterable[tuple[str, Sequence[str], str]]) -> None:
        """Find the passages that state some relations at once: `stated` is asked of each."""
        facts: list[Fact] = []
        for subject, properties, target in relations:
            names, back = self._implying(subject, properties, target)
            facts += [Fact(subject, name, target) for name in names]
            facts += [Fact(target, name, subject) for name in back]
        self.passages.fetch_stating(facts)

    def _implying(self, subject: str, properties: Sequence[str], target: str) -> tuple[list[str], list[str]]:
        """Return the relations that imply one of some, and those that do so the other way round."""
        names = dict.fromkeys(properties)
        for name in properties:
            names.update(dict.fromkeys(self.index.below(name)))
        back = dict.fromkeys(i for name in names for i in self.index.inverse.get(name, ()))
        if any(name in self.index.symmetric for name in names):
            back.update(names)
        may_relate = self.graph.may_relate
        return (
            [name for name in names if may_relate(subject, name, target)],
            [name for name in back if may_relate(target, name, subject)],
        )

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
        steps: list[tuple[str, list[str], str]] = []
        for middle in sorted(between & {a.other for a in self.graph.around(target) if not a.modality})[:8]:
            steps.append(
                (subject, [a.property for a in self.graph.around(subject) if a.other == middle], middle)
            )
            steps.append(
                (middle, [a.property for a in self.graph.around(middle) if a.other == target], target)
            )
        self.expect(steps)
        for step in steps:
            for passage in self.stated(*step)[:1]:
                self.add(passage, what)
        if not self.said:
            for passage in self.passages.naming(subject, target)[:2]:
                self.add(passage, what)
        return False

    def name(self, thing: str) -> None:
        """Note the first passage that names a thing."""
        for passage in self.passages.naming(thing)[:1]:
            self.add(passage, self.index.label(thing))

    def name_all(self, things: Iterable[str]) -> None:
        """Note for each thing the passage that names most of them, the first one of these."""
        named = list(dict.fromkeys(things))
        self.passages.fetch_naming((thing, thing) for thing in named)
        naming = {thing: self.passages.naming(thing) for thing in named}
        numbers = Counter(passage for passages in naming.values() for passage in passages)
        for thing, passages in naming.items():
            if passages:
                self.add(max(passages, key=lambda passage: numbers[passage]), self.index.label(thing))

    def evidence(self) -> tuple[Evidence, ...]:
        """Return the passages noted, in the order of their articles."""
        if not self.said:
            return ()
        found = []
        for row in self.passages.places(list(self.said)[:_MOST_PASSAGES]):
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
