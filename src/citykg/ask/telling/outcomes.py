"""What a reading comes to when its query is run: answers, text, notes and passages."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from citykg.store import Store

from ..facts.graph import Graph
from ..model import AnswerItem, Outcome, Reading
from ..reading.when import STATED
from ..words.index import Index
from ..words.slots import Slots
from .evidence import Witness
from .figures import TellingFigures
from .groups import TellingGroups
from .truth import TellingTruth
from .wording import moment_label, number_text, period_label
from .writing import Writer

__all__ = ["Outcome", "Outcomes"]

_MOST_SHOWN = 200
_MOST_ROWS = 80
_MOST_SAID = 20
_CLAIMS = ("untruth", "reverse", "truth", "exists", "time-truth", "figure-truth")


class Outcomes(TellingFigures, TellingGroups, TellingTruth):
    """Runs readings against a store."""

    def __init__(self, store: Store, index: Index, graph: Graph, writer: Writer) -> None:
        self.store = store
        self.index = index
        self.graph = graph
        self.writer = writer

    def of(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:
        """Return what a reading comes to, or None when the graph does not bear it out."""
        outcome = self._of(reading, sparql, slots)
        if outcome is None:
            return None
        left_out = reading.excluded or reading.absent
        if left_out and slots.op("except") and not self._presupposed(reading):
            return None
        if reading.said_by and any(e.speaker != reading.said_by for e in outcome.evidence):
            return self._said_by(reading, outcome, slots)
        if reading.home and not all(
            self.index.homes.get(e.article) == reading.home for e in outcome.evidence
        ):
            return None
        return outcome if outcome.evidence or not reading.home else None

    def _presupposed(self, reading: Reading) -> bool:
        """Whether something that an exception leaves out would be an answer without it."""
        whole = replace(reading, excluded=(), absent=(), kind="things")
        found = self._found(whole)
        if reading.absent:
            return found > self._found(replace(whole, absent=reading.absent))
        return reading.kind not in ("things", "count") or bool(found.intersection(reading.excluded))

    def _found(self, reading: Reading) -> set[str]:
        """Return the things that a reading leads to."""
        return {row["x"] for row in self._rows(self.writer.query(reading)) if "x" in row}

    def _said_by(self, reading: Reading, outcome: Outcome, slots: Slots) -> Outcome | None:
        """Return what is left of an outcome when only passages count that its speaker says."""
        if not any(e.speaker == reading.said_by for e in outcome.evidence):
            return None
        if reading.kind != "things" or reading.choices or len(outcome.items) > _MOST_SAID:
            return outcome
        kept = []
        for item in outcome.items:
            alone = replace(reading, choices=(item.iri or "",), said_by="")
            told = self._of(alone, self.writer.query(alone), slots)
            if told is not None and any(e.speaker == reading.said_by for e in told.evidence):
                kept.append(item.iri or "")
        if not kept or len(kept) == len(outcome.items):
            return outcome if kept else None
        chosen = replace(reading, choices=tuple(kept))
        sparql = self.writer.query(chosen)
        told = self._of(chosen, sparql, slots)
        return told and replace(told, sparql=sparql)

    def _of(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:
        if reading.kind in _CLAIMS:
            told = self._told(reading, sparql, slots)
            return told and self._as_claimed(told, slots)
        return self._told(reading, sparql, slots)

    def _told(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:  # noqa: PLR0911 - one kind after another
        if reading.kind == "untruth":
            return self._untruth(reading)
        if reading.kind == "reverse":
            return self._reverse(reading)
        if reading.kind == "time-truth":
            return self._dated(reading)
        if reading.kind in ("truth", "exists"):
            return self._truth(reading, sparql, slots)
        if reading.kind in ("comparison", "comparison-truth"):
            return self._comparison(reading, sparql, slots)
        if reading.figures and reading.kind in ("value", "extreme", "figure-truth"):
            return self._figures(reading, slots)
        if reading.kind == "groups":
            return self._groups(reading)
        if reading.kind == "time" and reading.operation == STATED:
            return self._stated_times(reading, sparql)
        if reading.kind == "time":
            return self._times(sparql, hour=bool(slots.asked("timeOfDay")))
        if reading.kind == "kind":
            return self._kind(reading, sparql, slots)
        return self._things(reading, sparql)

    # Things

    def _things(self, reading: Reading, sparql: str) -> Outcome | None:  # noqa: PLR0911 - one kind after another
        answers = self._rows(sparql)
        if not answers:
            return None
        if reading.kind == "count":
            number = int(answers[0]["count"])
            if number == 0:
                return None
        bound = reading.edges or reading.figures or reading.beside or reading.told
        known = reading.kind == "things" and not bound
        details = answers if known else self._details(reading)
        if not reading.without:
            narrowed = self._without_groups(reading, [row["x"] for row in details if "x" in row])
            if narrowed is not None and reading.kind == "count":
                return None  # there are more than those that are named
            if narrowed is not None:
                sparql = self.writer.query(narrowed)
                told = self._things(narrowed, sparql)
                return told and replace(told, sparql=sparql)
        witness = Witness(self.index, self.graph)
        notes_of: dict[str, set[str]] = {}
        stated: dict[str, bool] = {}
        named: list[str] = []
        self._witness_edges(reading, details[:_MOST_ROWS], witness)
        for row in details[:_MOST_ROWS]:
            thing = row.get("x", "")
            if reading.kind == "relation" and thing in self.index.labels:
                for one, other in (reading.compared, reading.compared[::-1]):
                    for passage in witness.stated(one, (thing,), other):
                        witness.add(passage, self.index.label(thing))
            modality = next((row[name] for name in row if name.startswith("modality")), "")
            if modality:
                notes_of.setdefault(thing, set()).add(modality)
            else:
                stated[thing] = True
            if row.get("m"):
                self._witness_figure(row["m"], row.get("x", reading.target), witness)
            if "passage" in row and (reading.beside or reading.told):
                witness.add(row["passage"], "、".join(map(self.index.label, reading.beside)))
            elif not reading.edges and not reading.figures:
                named.append(thing)
        witness.name_all(named)
        if reading.kind == "count":
            counted = [row["x"] for row in details if "x" in row]
            if self._summarised(counted) or self._more_than(number, counted, reading):
                return None
            item = AnswerItem(number_text(Fraction(number)), value=number)
            shown = [self.index.label(row["x"]) for row in details if "x" in row]
            listing = "、".join(dict.fromkeys(shown[:20]))
            only = {name for name in notes_of if not stated.get(name)}
            note = self._modality_note({m for name in only for m in notes_of[name]})
            text = f"{number}（{listing}）" if listing else str(number)
            return Outcome((item,), text, (note,) if note else (), witness.evidence())
        items = []
        if reading.kind == "relation":
            answers = self._narrowest_relations(answers)
        for row in answers[:_MOST_SHOWN]:
            thing = row["x"]
            if not thing.startswith("http") or thing in reading.excluded:
                continue
            note = "" if stated.get(thing) else self._modality_note(notes_of.get(thing, set()))
            items.append(AnswerItem(self.index.label(thing), iri=thing, note=note))
        if not items or self._only_groups_left(reading, items):
            return None
        separator = self.index.message("separator")
        more = self._incomplete(reading, len(items))
        if reading.absent or reading.lacking:
            more = (*more, self.index.message("not-stated"))
        notes = {item.note for item in items}
        if len(notes) == 1:
            text = separator.join(item.label for item in items)
            return Outcome(tuple(items), text, (*(n for n in notes if n), *more), witness.evidence())
        text = separator.join(f"{i.label}（{i.note}）" if i.note else i.label for i in items)
        return Outcome(tuple(items), text, more, witness.evidence())

    def _incomplete(self, reading: Reading, known: int) -> tuple[str, ...]:
        """Say so where a group is said to have more members than the graph names."""
        groups = self.index.having("summarises")
        for edge in reading.edges:
            for end, other in ((edge.subject, edge.object), (edge.object, edge.subject)):
                if (
                    other != "?x"
                    or not self.index.is_a(end, groups)
                    or reading.types.get("?x")
                    or reading.without
                    or not any(self._joins(p) for p in edge.properties)
                ):
                    continue
                for figure in self.graph.figures([end]):
                    if self.index.counts(figure.indicator) and figure.value > known:
                        return (
                            self.index.message("incomplete", count=number_text(figure.value), known=known),
                        )
        return ()

    def _without_groups(self, reading: Reading, things: Sequence[str]) -> Reading | None:
        """Leave groups out where single things answer as well; refuse to count a group as one."""
        groups = self.index.having("summarises")
        grouped = [thing for thing in dict.fromkeys(things) if self.index.is_a(thing, groups)]
        if not grouped or len(grouped) == len(set(things)):
            return None
        if not reading.types.get("?x") and set(things).isdisjoint(
            a.other for group in grouped for a in self.graph.around(group)
        ):
            return None  # no kind is asked for, and none of the others is one of theirs
        return replace(reading, without=groups)

    def _only_groups_left(self, reading: Reading, items: Sequence[AnswerItem]) -> bool:
        """Whether a denial leaves groups only of a kind that has single things as well."""
        groups = self.index.having("summarises")
        kinds = reading.types.get("?x", ())
        return (
            bool(reading.absent)
            and all(self.index.is_a(item.iri or "", groups) for item in items)
            and any(not self.index.is_a(thing, groups) for thing in self.graph.instances(kinds))
        )

    def _narrowest_relations(self, answers: list[dict[str, str]]) -> list[dict[str, str]]:
        names = {row["x"] for row in answers if row["x"] in self.index.labels}
        wider = {upper for name in names for upper in self.index.above.get(name, ())}
        return [row for row in answers if row["x"] in names - wider]

    # Times and kinds

    def _times(self, sparql: str, *, hour: bool = False) -> Outcome | None:
        answers = self._rows(sparql)
        things = dict.fromkeys(row["x"] for row in answers)
        if not things:
            return None
        witness = Witness(self.index, self.graph)
        found: dict[str, str] = {}
        for thing in things:
            times = self.graph.times(thing)
            definite = [t for t in times if ".." not in t.period] or list(times)
            longest = max((len(t.period) for t in definite if "/" not in t.period), default=0)
            precise = [t for t in definite if "/" in t.period or len(t.period) == longest]
            for time in precise:
                found.setdefault(time.period, thing)
                witness.add(time.passage, f"{self.index.label(thing)} {time.wording}")
        items = tuple(AnswerItem(period_label(period, self.index)) for period in found)
        label = moment_label if hour else period_label
        told = dict.fromkeys(label(period, self.index) for period in found)
        return Outcome(items, "、".join(told), (), witness.evidence())

    def _stated_times(self, reading: Reading, sparql: str) -> Outcome | None:
        """Tell the times of what is stated, each with its modality."""
        witness = Witness(self.index, self.graph)
        modalities: dict[str, set[str]] = {}
        edge = reading.edges[0]
        said = [edge.subject, edge.properties[0], edge.object]
        what = " ".join(self.index.label(term) for term in said if not term.startswith("?"))
        for row in self._rows(sparql):
            period = period_label(row["period"], self.index)
            modalities.setdefault(period, set()).add(row["modality0"])
            witness.add(row["passage"], f"{what} {period}")
        if not modalities:
            return None
        items = tuple(AnswerItem(p, note=self._modality_note(found)) for p, found in modalities.items())
        notes = tuple(dict.fromkeys(item.note for item in items if item.note))
        if len({item.note for item in items}) == 1:
            text = "、".join(item.label for item in items)
            return Outcome(items, text, notes, witness.evidence())
        text = "、".join(f"{item.label}（{item.note}）" if item.note else item.label for item in items)
        return Outcome(items, text, (), witness.evidence())

    def _kind(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:
        thing = reading.target
        witness = Witness(self.index, self.graph)
        describing = [
            a
            for a in self.graph.around(thing)
            if a.forward and not a.modality and self.index.facts.get(a.property, {}).get("describes")
        ]
        classes = [row["class"] for row in self._rows(sparql)]
        asked = {s.iri for item in slots.classes for s in item.of("class")}
        if asked.intersection(classes):
            return None  # the question says so itself
        kinds = "、".join(self.index.label(c) for c in classes)
        if describing:
            for a in describing:
                witness.relate(thing, (a.property,), a.other)
            items = tuple(AnswerItem(self.index.label(a.other), a.other) for a in describing)
            text = "、".join(dict.fromkeys(i.label for i in items))
            return Outcome(items, f"{text}（{kinds}）" if kinds else text, (), witness.evidence())
        if not classes:
            return None
        witness.name(thing)
        items = tuple(AnswerItem(self.index.label(c), c) for c in classes)
        return Outcome(items, kinds, (), witness.evidence())
