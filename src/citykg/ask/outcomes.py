"""What a reading comes to when its query is run: answers, text, notes and passages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from citykg.results import Solutions, Truth
from citykg.store import Store

from .evidence import Witness
from .graph import Graph, Measured
from .index import LEX, Index
from .model import AnswerItem, Evidence, Reading
from .slots import Slots
from .wording import amount_label, figure_label, number_text, period_label, plain_number
from .writing import Writer

__all__ = ["Outcome", "Outcomes"]

_MOST_SHOWN = 200
_MOST_ROWS = 80


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading has led to.

    Args:
        items: the answers.
        text: the answer as one would say it.
        notes: what the reader must know besides.
        evidence: the passages.
    """

    items: tuple[AnswerItem, ...]
    text: str
    notes: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def key(self) -> frozenset[object]:
        """What makes two answers the same."""
        return frozenset(
            item.iri or (item.value, item.unit) if item.value is not None else item.iri or item.label
            for item in self.items
        )


class Outcomes:
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
        if reading.said_by and not any(e.speaker == reading.said_by for e in outcome.evidence):
            return None
        if reading.home and not all(
            self.index.homes.get(e.article) == reading.home for e in outcome.evidence
        ):
            return None
        return outcome if outcome.evidence or not reading.home else None

    def _of(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:
        if reading.kind == "untruth":
            return self._untruth(reading)
        if reading.kind in ("truth", "exists"):
            return self._truth(reading, sparql, slots)
        if reading.kind in ("comparison", "comparison-truth"):
            return self._comparison(reading, sparql, slots)
        if reading.figures and reading.kind in ("value", "extreme", "figure-truth"):
            return self._figures(reading, sparql)
        if reading.kind == "time":
            return self._times(reading, sparql)
        if reading.kind == "kind":
            return self._kind(reading, sparql)
        return self._things(reading, sparql)

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

    # Things

    def _things(self, reading: Reading, sparql: str) -> Outcome | None:
        answers = self._rows(sparql)
        if not answers:
            return None
        if reading.kind == "count":
            number = int(answers[0]["count"])
            if number == 0:
                return None
        details = self._rows(self.writer.details(reading))
        if not reading.without:
            narrowed = self._without_groups(reading, [row["x"] for row in details if "x" in row])
            if narrowed is not None:
                return self._things(narrowed, self.writer.query(narrowed))
        witness = Witness(self.store, self.index, self.graph)
        notes_of: dict[str, set[str]] = {}
        stated: dict[str, bool] = {}
        for row in details[:_MOST_ROWS]:
            thing = row.get("x", "")
            self._witness_edges(reading, row, witness)
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
            if not reading.edges and not reading.figures:
                witness.name(thing)
        if reading.kind == "count":
            if self._summarised([row["x"] for row in details if "x" in row]):
                return None
            item = AnswerItem(number_text(Fraction(number)), value=number)
            shown = [self.index.label(row["x"]) for row in details if "x" in row]
            listing = "、".join(dict.fromkeys(shown[:20]))
            return Outcome(
                (item,), f"{number}（{listing}）" if listing else str(number), (), witness.evidence()
            )
        items = []
        if reading.kind == "relation":
            answers = self._narrowest_relations(answers)
        for row in answers[:_MOST_SHOWN]:
            thing = row["x"]
            if not thing.startswith("http") or thing in reading.excluded:
                continue
            note = "" if stated.get(thing) else self._modality_note(notes_of.get(thing, set()))
            items.append(AnswerItem(self.index.label(thing), iri=thing, note=note))
        if not items:
            return None
        separator = self.index.message("separator")
        more = self._incomplete(reading, len(items))
        if reading.absent:
            more = (*more, self.index.message("not-stated"))
        notes = {item.note for item in items}
        if len(notes) == 1:
            text = separator.join(item.label for item in items)
            return Outcome(tuple(items), text, (*(n for n in notes if n), *more), witness.evidence())
        text = separator.join(f"{i.label}（{i.note}）" if i.note else i.label for i in items)
        return Outcome(tuple(items), text, more, witness.evidence())

    def _incomplete(self, reading: Reading, known: int) -> tuple[str, ...]:
        """Say so where a group is said to have more members than the graph names."""
        groups = tuple(term for term in self.index.facts if self.index.flagged(term, "summarises"))
        for edge in reading.edges:
            for end, other in ((edge.subject, edge.object), (edge.object, edge.subject)):
                if (
                    other != "?x"
                    or not self.index.is_a(end, groups)
                    or reading.types.get("?x")
                    or reading.without
                ):
                    continue
                for figure in self.graph.figures([end]):
                    terms = (figure.indicator, *self.index.above.get(figure.indicator, ()))
                    if any(self.index.flagged(t, "countsThings") for t in terms) and figure.value > known:
                        return (
                            self.index.message("incomplete", count=number_text(figure.value), known=known),
                        )
        return ()

    def _summarised(self, things: Sequence[str]) -> bool:
        """Whether there is a group among things that are to be counted."""
        groups = tuple(term for term in self.index.facts if self.index.flagged(term, "summarises"))
        return any(self.index.is_a(thing, groups) for thing in things)

    def _without_groups(self, reading: Reading, things: Sequence[str]) -> Reading | None:
        """Leave groups out where single things answer as well; refuse to count a group as one."""
        groups = tuple(term for term in self.index.facts if self.index.flagged(term, "summarises"))
        grouped = [thing for thing in dict.fromkeys(things) if self.index.is_a(thing, groups)]
        if not grouped or len(grouped) == len(set(things)):
            return None
        return replace(reading, without=groups)

    def _narrowest_relations(self, answers: list[dict[str, str]]) -> list[dict[str, str]]:
        names = {row["x"] for row in answers if row["x"] in self.index.labels}
        wider = {upper for name in names for upper in self.index.above.get(name, ())}
        return [row for row in answers if row["x"] in names - wider]

    def _modality_note(self, modalities: set[str]) -> str:
        for name in ("planned", "former", "ongoing"):
            if set(self.index.facts.get(LEX + name, {}).get("means", ())) & modalities:
                return self.index.message(f"{name}-note")
        return self.index.message("claim-note") if modalities else ""

    def _witness_edges(self, reading: Reading, row: dict[str, str], witness: Witness) -> bool:
        stated = True
        for edge in reading.edges:
            subject, target = self._value(edge.subject, row), self._value(edge.object, row)
            if subject.startswith("http") and target.startswith("http"):
                stated &= witness.relate(subject, edge.properties, target)
        return stated

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

    # Truth

    def _truth(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:
        answer = self.store.query(sparql)
        if not isinstance(answer, Truth):
            return None
        witness = Witness(self.store, self.index, self.graph)
        if not bool(answer.value):
            return self._disjoint(reading) if reading.types and not reading.edges else None
        notes: list[str] = []
        holds = True
        for row in self._rows(self.writer.details(reading))[:8] or [{}]:
            self._witness_edges(reading, row, witness)
            modalities = {row[name] for name in row if name.startswith("modality")}
            note = self._modality_note(modalities)
            if note and reading.kind == "truth":
                notes.append(note)
                holds = self._holds(modalities, reading, slots)
        if reading.kind == "exists" or (reading.types and not reading.edges):
            for row in self._rows(self.writer.details(reading))[:8]:
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
            said = bool(slots.modals.get("planned")) or (
                not slots.modals.get("done") and evoked and not any(p < -0.15 for _, p in reading.parts)
            )
            return said
        if modalities & means("former"):
            return bool(slots.modals.get("former"))
        return True

    def _yes(self, holds: bool, notes: tuple[str, ...], witness: Witness) -> Outcome:
        label = self.index.message("yes" if holds else "no")
        return Outcome((AnswerItem(label),), label, notes, witness.evidence())

    def _disjoint(self, reading: Reading) -> Outcome | None:
        """Say no where the thing's classes exclude the one that was asked for."""
        (thing, classes), *_ = reading.types.items()
        own = self.index.types.get(thing, [])
        if not classes or not all(
            any(
                kind in self.index.apart.get(mine, ())
                for mine in own
                for kind in (c, *self.index.above.get(c, ()))
            )
            for c in classes
        ):
            return None
        witness = Witness(self.store, self.index, self.graph)
        witness.name(thing)
        labels = "、".join(self.index.label(c) for c in self._narrowest(own))
        return self._yes(False, (self.index.message("no-because", facts=labels),), witness)

    def _narrowest(self, classes: Sequence[str]) -> list[str]:
        return [
            c
            for c in classes
            if c in self.index.labels and not any(c in self.index.above.get(o, ()) for o in classes if o != c)
        ]

    def _untruth(self, reading: Reading) -> Outcome | None:
        """Say no where the thing has that relation with another thing of the same kind, and may have one only."""
        edge = reading.edges[0]
        kinds = set(self._narrowest(self.index.types.get(edge.object, [])))
        names = {
            n
            for p in edge.properties
            for n in (p, *self.index.inverse.get(p, ()))
            if self.index.facts.get(p, {}).get("onlyOneOfAKind")
        }
        around = [
            a for a in self.graph.around(edge.subject) if a.property in names and a.forward and not a.modality
        ]
        if any(a.other == edge.object for a in around):
            return None
        others = [
            a for a in around if kinds & set(self.index.types.get(a.other, [])) and a.other != edge.object
        ]
        if not others:
            return None
        witness = Witness(self.store, self.index, self.graph)
        for a in others[:2]:
            witness.relate(edge.subject, (a.property,), a.other)
        facts = "、".join(f"{self.index.label(a.property)} {self.index.label(a.other)}" for a in others[:2])
        return self._yes(False, (self.index.message("no-because", facts=facts),), witness)

    # Figures

    def _figures(self, reading: Reading, sparql: str) -> Outcome | None:
        details = self._rows(self.writer.details(reading))
        witness = Witness(self.store, self.index, self.graph)
        found: dict[str, Measured] = {}
        for row in details[:_MOST_ROWS]:
            if not self._stated_edges(reading, row, witness):
                continue
            about = row.get("x", reading.target)
            figure = self._witness_figure(row["m"], about, witness)
            if figure is not None:
                found[figure.iri] = figure
        figures = list(found.values())
        figures = self._once(figures)
        if not figures:
            return None
        if reading.kind == "figure-truth":
            return self._compare_amount(reading, figures, witness)
        if reading.operation in ("sum", "average"):
            return self._computed(reading, sparql, figures, witness)
        if reading.operation in ("max", "min"):
            return self._extreme(reading, figures, witness)
        if reading.target.startswith("?") and len(figures) > 1:
            labels = [f"{self.index.label(f.about)} {figure_label(f, self.index)}" for f in figures]
        else:
            labels = [figure_label(f, self.index) for f in figures]
        items = tuple(
            AnswerItem(self._bounded(f, label), value=plain_number(f.value), unit=f.unit)
            for f, label in zip(figures, labels, strict=True)
        )
        text = self.index.message("separator").join(item.label for item in items)
        notes = self._figure_notes(reading, figures)
        return Outcome(items, text, notes, witness.evidence())

    def _figure_notes(self, reading: Reading, figures: Sequence[Measured]) -> tuple[str, ...]:
        notes = []
        if reading.target.startswith("?") and len(figures) == 1:
            notes.append(self.index.label(figures[0].about))
        planned = set(self.index.facts.get(LEX + "planned", {}).get("means", ()))
        if any(f.modality in planned for f in figures):
            notes.append(self.index.label(next(f.modality for f in figures if f.modality in planned)))
        return tuple(notes)

    def _bounded(self, figure: Measured, label: str) -> str:
        return f"{self.index.label(figure.bound)}{label}" if figure.bound else label

    def _once(self, figures: Sequence[Measured]) -> list[Measured]:
        """Leave out figures that say the same of the same thing again."""
        seen: set[tuple[object, ...]] = set()
        kept = []
        for figure in figures:
            key = (figure.about, figure.indicator, figure.value, figure.unit, figure.period)
            if key not in seen:
                seen.add(key)
                kept.append(figure)
        return kept

    def _stated_edges(self, reading: Reading, row: dict[str, str], witness: Witness) -> bool:
        """Whether the relations are stated themselves: what is measured of a part is not measured of the whole."""
        for edge in reading.edges:
            subject, target = self._value(edge.subject, row), self._value(edge.object, row)
            if not (subject.startswith("http") and target.startswith("http")):
                continue
            if not witness.stated(subject, edge.properties, target):
                return False
        return True

    def _compare_amount(
        self, reading: Reading, figures: Sequence[Measured], witness: Witness
    ) -> Outcome | None:
        amount = reading.amount
        if amount is None or len({f.value for f in figures}) != 1:
            return None
        value = figures[0].value
        holds = {"over": value > amount.value, "under": value < amount.value, "equal": value == amount.value}[
            reading.operation
        ]
        figure = figures[0]
        fact = f"{self.index.label(figure.about)} {self.index.label(figure.indicator)} {figure_label(figure, self.index)}"
        return self._yes(holds, (self.index.message("no-because", facts=fact),), witness)

    def _computed(
        self, reading: Reading, sparql: str, figures: Sequence[Measured], witness: Witness
    ) -> Outcome | None:
        if len({f.unit for f in figures}) != 1 or (len(figures) < 2 and reading.operation == "sum"):
            return None
        total = sum((f.value for f in figures), Fraction(0))
        value = total if reading.operation == "sum" else total / len(figures)
        return self._result(value, figures, " + ", witness)

    def _result(self, value: Fraction, figures: Sequence[Measured], sign: str, witness: Witness) -> Outcome:
        unit = figures[0].unit
        label = amount_label(value, unit, self.index, self._classifier(figures))
        item = AnswerItem(label, value=plain_number(value), unit=unit)
        terms = sign.join(f"{self.index.label(f.about)} {figure_label(f, self.index)}" for f in figures)
        return Outcome((item,), f"{label}（{terms}）", (), witness.evidence())

    def _classifier(self, figures: Sequence[Measured]) -> str:
        tails = set()
        for figure in figures:
            label = figure_label(figure, self.index)
            tails.add(label.lstrip("0123456789.,") if figure.value.denominator == 1 else "")
        units = {self.index.label(f.unit) for f in figures}
        tail = tails.pop() if len(tails) == 1 else ""
        magnitudes = {facts["label"][0] for facts in self.index.facts.values() if "power" in facts}
        return tail if tail and tail not in units and not any(tail.startswith(m) for m in magnitudes) else ""

    def _extreme(self, reading: Reading, figures: Sequence[Measured], witness: Witness) -> Outcome | None:
        if len({f.unit for f in figures}) != 1:
            return None
        groups = tuple(term for term in self.index.facts if self.index.flagged(term, "summarises"))
        single = [f for f in figures if not self.index.is_a(f.about, groups)]
        figures = single if single and reading.kind == "extreme" else figures
        values = [f.value for f in figures]
        best = max(values) if reading.operation == "max" else min(values)
        chosen = [f for f in figures if f.value == best]
        items = []
        for figure in chosen:
            label = figure_label(figure, self.index)
            if reading.kind == "extreme":
                items.append(
                    AnswerItem(
                        self.index.label(figure.about),
                        figure.about,
                        plain_number(figure.value),
                        figure.unit,
                        label,
                    )
                )
            else:
                items.append(AnswerItem(label, None, plain_number(figure.value), figure.unit))
        shown = "、".join(i.label for i in items)
        note = (
            figure_label(chosen[0], self.index)
            if reading.kind == "extreme"
            else self.index.label(chosen[0].about)
        )
        return Outcome(tuple(items), f"{shown}（{note}）", (), witness.evidence())

    def _comparison(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:
        found = self._rows(sparql)
        if not found:
            return None
        witness = Witness(self.store, self.index, self.graph)
        figures: list[Measured] = []
        row = found[0]
        if not self._stated_edges(reading, row, witness):
            return None
        for number, pattern in enumerate(reading.figures):
            about = self._value(pattern.about, row)
            figure = self._witness_figure(row[f"m{number}"], about, witness)
            if figure is None:
                return None
            figures.append(figure)
        if len({f.unit for f in figures}) != 1 or len({f.iri for f in figures}) != len(figures):
            return None
        if reading.operation == "sum":
            return self._result(sum((f.value for f in figures), Fraction(0)), figures, " + ", witness)
        if reading.operation == "each":
            items = tuple(
                AnswerItem(figure_label(f, self.index), value=plain_number(f.value), unit=f.unit)
                for f in figures
            )
            text = "、".join(f"{self.index.label(f.about)} {figure_label(f, self.index)}" for f in figures)
            return Outcome(items, text, (), witness.evidence())
        if reading.operation == "difference":
            values = [f.value for f in figures[:2]]
            return self._result(abs(values[0] - values[1]), figures[:2], " − ", witness)
        if reading.operation == "ratio":
            one, other = figures[0].value, figures[1].value
            if other == 0:
                return None
            ratio = one / other
            label = self.index.message("times", number=number_text(ratio))
            return Outcome((AnswerItem(label, value=round(float(ratio), 4)),), label, (), witness.evidence())
        return self._greater(reading, figures, witness, slots)

    def _greater(
        self, reading: Reading, figures: Sequence[Measured], witness: Witness, slots: Slots
    ) -> Outcome:
        values = [f.value for f in figures]
        if reading.kind == "comparison-truth":
            holds = values[0] < values[1] if reading.operation == "less" else values[0] > values[1]
            facts = "、".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
            return self._yes(holds, (self.index.message("no-because", facts=facts),), witness)
        best = min(values) if reading.operation == "less" else max(values)
        chosen = [f for f in figures if f.value == best]
        if len(chosen) > 1:
            label = self.index.message("tie")
            return Outcome((AnswerItem(label),), label, (), witness.evidence())
        figure = chosen[0]
        same = len({f.about for f in figures}) == 1
        iri = figure.indicator if same else figure.about
        named = self._named_operand(figure, slots) if not same else iri
        item = AnswerItem(self.index.label(named), named, note=figure_label(figure, self.index))
        facts = "、".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
        return Outcome((item,), f"{item.label}（{facts}）", (), witness.evidence())

    def _named_operand(self, figure: Measured, slots: Slots) -> str:
        """Return the thing that the question named for an operand: the one measured, or what it is bound to."""
        named = [s.iri for item in slots.things for s in item.of("thing")]
        if figure.about in named:
            return figure.about
        bound = [a.other for a in self.graph.around(figure.about) if a.other in named]
        return bound[0] if bound else figure.about

    def _who(self, figure: Measured, figures: Sequence[Measured]) -> str:
        return self.index.label(figure.indicator if len({f.about for f in figures}) == 1 else figure.about)

    # Times and kinds

    def _times(self, reading: Reading, sparql: str) -> Outcome | None:
        answers = self._rows(sparql)
        things = dict.fromkeys(row["x"] for row in answers)
        if not things:
            return None
        witness = Witness(self.store, self.index, self.graph)
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
        return Outcome(items, "、".join(dict.fromkeys(i.label for i in items)), (), witness.evidence())

    def _kind(self, reading: Reading, sparql: str) -> Outcome | None:
        thing = reading.target
        witness = Witness(self.store, self.index, self.graph)
        describing = [
            a
            for a in self.graph.around(thing)
            if a.forward and not a.modality and self.index.facts.get(a.property, {}).get("describes")
        ]
        classes = [row["class"] for row in self._rows(sparql)]
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
