"""Whether what a question says holds: yes, no, and what the graph states instead."""

from dataclasses import replace

from citykg.results import Truth

from ..facts.graph import Around
from ..model import AnswerItem, Item, Outcome, Reading
from ..words.index import LEX
from ..words.slots import Slots
from .evidence import Witness
from .shared import Telling
from .wording import period_label

__all__ = ["TellingTruth"]


class TellingTruth(Telling):
    """Tells truths and untruths."""

    def _truth(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:
        answer = self.store.query(sparql)
        if not isinstance(answer, Truth):
            return None
        witness = Witness(self.index, self.graph)
        if not bool(answer.value):
            return (
                self._apart(reading) if reading.edges else self._disjoint(reading) if reading.types else None
            )
        notes: list[str] = []
        holds = True
        details = self._details(reading)[:8] or [{}]
        self._witness_edges(reading, details, witness)
        for row in details:
            modalities = {row[name] for name in row if name.startswith("modality")}
            note = self._modality_note(modalities)
            if note and reading.kind == "truth":
                notes.append(note)
                holds = self._holds(modalities, reading, slots)
        if reading.kind == "exists" or (reading.types and not reading.edges):
            for row in self._details(reading)[:8]:
                witness.name(row.get("x", reading.target))
            if not reading.target.startswith("?"):
                witness.name(reading.target)
        return self._yes(holds, tuple(dict.fromkeys(notes)), witness)

    def _holds(self, modalities: set[str], reading: Reading, slots: Slots) -> bool:
        """Whether a statement with a modality makes a yes: a plan is none for what is asked as a fact."""

        def means(name: str) -> set[str]:
            return set(self.index.facts.get(LEX + name, {}).get("means", ()))

        if modalities & means("planned"):
            evoked = any("→" not in what or points > -0.15 for what, points in reading.parts)
            aims = any(self._says_plan(item) for item in slots.relations)
            return (
                bool(slots.modals.get("planned"))
                or aims
                or (not slots.modals.get("done") and evoked and not any(p < -0.15 for _, p in reading.parts))
            )
        if modalities & means("former"):
            return bool(slots.modals.get("former"))
        return True

    def _says_plan(self, item: Item) -> bool:
        """Whether a verb begins with a word for plans (要成为, 力争成为)."""
        beginnings = (item.text[:end] for end in range(1, len(item.text)))
        return bool(item.of("property", "says", "label")) and any(
            s.kind == "modal" and s.iri == LEX + "planned" for b in beginnings for s in self.index.senses(b)
        )

    def _disjoint(self, reading: Reading) -> Outcome | None:
        """Say no where the thing's classes exclude the one that was asked for."""
        (thing, classes), *_ = reading.types.items()
        own = self.index.types.get(thing, [])
        if self._summarised([thing]):
            return None  # its members may well be of that class
        if not classes or not all(
            any(
                kind in self.index.apart.get(mine, ())
                for mine in own
                for kind in (c, *self.index.above.get(c, ()))
            )
            for c in classes
        ):
            return None
        witness = Witness(self.index, self.graph)
        witness.name(thing)
        labels = "、".join(self.index.label(c) for c in self._narrowest(own))
        return self._yes(False, (self.index.message("no-because", facts=labels),), witness)

    def _apart(self, reading: Reading) -> Outcome | None:
        """Say no where two things may have one of a kind only, and each has another."""
        if reading.kind != "exists" or len({e.subject for e in reading.edges if e.object == "?x"}) != 2:
            return None
        witness = Witness(self.index, self.graph)
        facts: list[str] = []
        for edge in reading.edges:
            own = [
                a
                for a in self.graph.around(edge.subject)
                if a.forward and not a.modality and a.property in edge.properties
                if self.index.flagged(a.property, "onlyOneOfAKind")
                and self.index.is_a(a.other, reading.types["?x"])
            ]
            if not own:
                return None
            for a in own:
                witness.relate(edge.subject, (a.property,), a.other)
                facts.append(f"{self.index.label(edge.subject)} {self.index.label(a.other)}")
        return self._yes(False, (self.index.message("no-because", facts="、".join(facts)),), witness)

    def _untruth(self, reading: Reading) -> Outcome | None:
        """Say no where one of the two things has that relation with another thing of the same kind, and may
        have one only.
        """
        edge = reading.edges[0]
        names = {n for p in edge.properties for n in (p, *self.index.inverse.get(p, ()))}
        for one, other in ((edge.subject, edge.object), (edge.object, edge.subject)):
            others = self._instead(one, other, names)
            if others:
                witness = Witness(self.index, self.graph)
                for a in others[:2]:
                    witness.relate(one, (a.property,), a.other)
                facts = "、".join(
                    f"{self.index.label(a.property)} {self.index.label(a.other)}" for a in others[:2]
                )
                return self._yes(False, (self.index.message("no-because", facts=facts),), witness)
        return None

    def _reverse(self, reading: Reading) -> Outcome | None:
        """Say no where what is claimed holds the other way round, and cannot hold both ways."""
        edge = reading.edges[0]
        names = [p for p in edge.properties if self.index.flagged(p, "oneWay")]
        turned = [i for p in edge.properties for i in self.index.inverse.get(p, ())]
        witness = Witness(self.index, self.graph)
        if names:
            witness.relate(edge.subject, names, edge.object)
        else:
            witness.relate(edge.object, turned, edge.subject)
        facts = "、".join(dict.fromkeys(what for one in witness.evidence() for what in one.what))
        if not facts:
            return None
        return self._yes(False, (self.index.message("no-because", facts=facts),), witness)

    def _instead(self, thing: str, other: str, names: set[str]) -> list[Around]:
        """Return what else of the kind of another thing one is related to, where it may be to one only: what
        is wider or narrower than the other does not exclude it.
        """
        if self._summarised([thing]):
            return []  # its members may well be
        near = self.graph.around(thing)
        if any(a.other == other and a.property in names and not a.modality for a in near):
            return []
        own = self.index.types.get(other, [])
        alike = {"onlyOne": set(own), "onlyOneOfAKind": set(self._narrowest(own))}
        wider = {
            a.other for a in self.graph.around(other) if self.index.flagged_either_way(a.property, "widens")
        }
        return [
            a
            for a in near
            if a.forward
            and not a.modality
            and a.property in names
            and a.other not in wider
            and any(
                self.index.flagged(a.property, flag) and kinds & set(self.index.types.get(a.other, []))
                for flag, kinds in alike.items()
            )
        ]

    def _dated(self, reading: Reading) -> Outcome | None:
        """Say whether a time of a thing lies in the one that is asked about; no where all lie outside.

        How often something is done is no time that another could lie in.
        """
        recurs = not reading.period[:1].isdigit()
        times = [t for t in self.graph.times(reading.target) if t.period[:1].isdigit() != recurs]
        witness = Witness(self.index, self.graph)
        for time in times:
            witness.add(time.passage, f"{self.index.label(reading.target)} {time.wording}")
        if any(
            time.period == reading.period
            or (time.period.startswith(reading.period) and "/" not in time.period)
            for time in times
        ):
            return self._yes(True, (), witness)
        wider = any(reading.period.startswith(time.period.partition("/")[0]) for time in times)
        if not times or (wider and not recurs):
            return None  # what is stated is not as precise
        facts = "、".join(dict.fromkeys(period_label(time.period, self.index) for time in times))
        return self._yes(False, (self.index.message("no-because", facts=facts),), witness)

    def _as_claimed(self, outcome: Outcome, slots: Slots) -> Outcome:
        """Turn a yes or no round where the question confirms a denial (没投产吧), and say what is stated.

        A denial that is put as a question (不是…吗) asks for what it denies.
        """
        denials = [i for i in slots.op("not") if not i.has("question")]
        yes, no = self.index.message("yes"), self.index.message("no")
        label = outcome.items[0].label
        if not denials or label not in (yes, no):
            return outcome

        def listed(name: str, key: str) -> set[str]:
            return set(self.index.facts.get(LEX + name, {}).get(key, ()))

        turned = any(i.text in listed("not", "denies") for i in denials) or any(
            i.text in listed("whether", "confirms") for i in slots.asked("whether")
        )
        notes = outcome.notes
        facts = "、".join(what for evidence in outcome.evidence[:1] for what in evidence.what[:1])
        if label == yes and facts and outcome.text == label:
            notes = (*notes, self.index.message("no-because", facts=facts))
        if turned:
            label = no if label == yes else yes
        text = label + outcome.text[len(outcome.items[0].label) :]
        return replace(outcome, items=(AnswerItem(label),), text=text, notes=notes)
