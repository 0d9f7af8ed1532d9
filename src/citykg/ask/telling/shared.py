"""What every kind of answer shares: rows, passages of edges, yes and no, notes on modality."""

from collections.abc import Iterator, Sequence

from citykg.results import Solutions
from citykg.store import Store

from ..facts.graph import Graph, Measured
from ..model import AnswerItem, Outcome, Reading
from ..words.index import LEX, Index
from .evidence import Witness
from .writing import Writer

_MOST_SHOWN = 200
_MOST_ROWS = 80

__all__ = ["Telling"]


class Telling:
    """Runs queries and tells what they rest on."""

    store: Store
    index: Index
    graph: Graph
    writer: Writer

    def _rows(self, sparql: str) -> list[dict[str, str]]:
        answer = self.store.query(sparql)
        if not isinstance(answer, Solutions):
            return []
        found = []
        for row in answer.rows:
            pairs = zip(answer.variables, row, strict=True)
            found.append(
                {name: getattr(term, "value", str(term)) for name, term in pairs if term is not None}
            )
        return found

    def _details(self, reading: Reading) -> list[dict[str, str]]:
        """Return everything that a reading binds, in the same order from every store."""
        return sorted(self._rows(self.writer.details(reading)), key=lambda row: sorted(row.items()))

    def _witness_edges(self, reading: Reading, found: Sequence[dict[str, str]], witness: Witness) -> None:
        """Note the passages of the relations of a reading, for each row of its details."""
        relations = [relation for row in found for relation in self._relations(reading, row)]
        witness.expect(relations)
        for relation in relations:
            witness.relate(*relation)

    def _relations(self, reading: Reading, row: dict[str, str]) -> Iterator[tuple[str, Sequence[str], str]]:
        """Yield the relations of a reading between two things, as one row fills them in."""
        for edge in reading.edges:
            subject, target = self._value(edge.subject, row), self._value(edge.object, row)
            if subject.startswith("http") and target.startswith("http"):
                yield subject, edge.properties, target

    def _value(self, name: str, row: dict[str, str]) -> str:
        return row.get(name[1:], "") if name.startswith("?") else name

    def _witness_figure(self, measurement: str, about: str, witness: Witness) -> Measured | None:
        for figure in self.graph.figures([about]):
            if figure.iri == measurement:
                what = f"{self.index.label(figure.about)} — {self.index.label(figure.indicator)}"
                if figure.passage:
                    witness.add(figure.passage, what)
                return figure
        return None

    def _modality_note(self, modalities: set[str]) -> str:
        for name in ("planned", "former", "ongoing"):
            if set(self.index.facts.get(LEX + name, {}).get("means", ())) & modalities:
                return self.index.message(f"{name}-note")
        return self.index.message("claim-note") if modalities else ""

    def _summarised(self, things: Sequence[str]) -> bool:
        """Whether there is a group among things that are to be counted."""
        groups = self.index.having("summarises")
        return any(self.index.is_a(thing, groups) for thing in things)

    def _joins(self, name: str) -> bool:
        """Whether a relation is that of members and their group."""
        return self.index.flagged_either_way(name, "sharesFigures")

    def _more_than(self, number: int, counted: Sequence[str], reading: Reading) -> bool:
        """Whether places are counted of which there are more: the graph names some, and counts all."""
        names = [p for e in reading.edges for p in e.properties]
        placed = all(self.index.flagged_either_way(name, "nearestBy") for name in names)
        if not placed and not any(self._joins(name) for name in names):
            return False
        groups = {a.other for thing in counted for a in self.graph.around(thing) if not a.modality}
        return any(
            figure.value > number and self.index.counts(figure.indicator)
            for figure in self.graph.figures(g for g in groups if self._summarised([g]))
        )

    def _yes(self, holds: bool, notes: tuple[str, ...], witness: Witness) -> Outcome:
        label = self.index.message("yes" if holds else "no")
        return Outcome((AnswerItem(label),), label, notes, witness.evidence())

    def _narrowest(self, classes: Sequence[str]) -> list[str]:
        return [
            c
            for c in classes
            if c in self.index.labels and not any(c in self.index.above.get(o, ()) for o in classes if o != c)
        ]
