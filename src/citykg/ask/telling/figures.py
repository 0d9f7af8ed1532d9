"""Answers that are figures: one, several, computed, the greatest, compared."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..facts.graph import Measured
from ..fitting.so_many import miscounted
from ..model import AnswerItem, Outcome, Reading
from ..words.index import LEX
from ..words.slots import Slots, said_done, says_planned
from .converting import conversions, in_one_unit
from .evidence import Witness
from .shared import Telling
from .wording import amount_label, difference_label, figure_label, number_text, plain_number

_MOST_ROWS = 80
_MINUS = " − "
_PER = " ÷ "
_COMPARING = ("more", "less", "same", "greatest", "least")
_LISTING = {"order": True, "ascending": False, "second": True, "third": True, "list": True, "number": True}

__all__ = ["TellingFigures"]


class TellingFigures(Telling):
    """Tells figures."""

    def _figures(self, reading: Reading, slots: Slots) -> Outcome | None:  # noqa: PLR0911 - one operation after another
        details = self._details(reading)
        witness = Witness(self.index, self.graph)
        found: dict[str, Measured] = {}
        for row in details[:_MOST_ROWS]:
            if not self._stated_edges(reading, row, witness):
                continue
            about = row.get("x", reading.target)
            figure = self._witness_figure(row["m"], about, witness)
            if figure is not None:
                found[figure.iri] = figure
        figures = sorted(self._once(list(found.values())), key=lambda f: f.iri)
        if not figures or (reading.kind == "value" and miscounted(figures, slots, self.index, self.graph)):
            return None
        if reading.kind == "figure-truth":
            done, plan = bool(said_done(slots, self.index)), says_planned(slots)
            return self._compare_amount(reading, figures, witness, done=done, plan=plan)
        if reading.operation == "average" and len(figures) == 1:
            return self._shared_out(figures[0], witness)
        if reading.operation in ("sum", "average"):
            return self._computed(reading, figures, witness)
        if reading.operation in ("max", "min"):
            return self._extreme(reading, figures, witness)
        if reading.operation == "name":
            return self._called(figures, witness)
        several = reading.target.startswith("?") and len(figures) > 1
        if several:
            labels = [f"{self.index.label(f.about)} {figure_label(f, self.index)}" for f in figures]
        else:
            labels = [figure_label(f, self.index) for f in figures]
        items = tuple(
            AnswerItem(self._bounded(f, label), f.about if several else None, plain_number(f.value), f.unit)
            for f, label in zip(figures, labels, strict=True)
        )
        text = self.index.message("separator").join(item.label for item in items)
        notes = self._figure_notes(reading, figures)
        return Outcome(items, text, notes, witness.evidence(), each=several)

    def _called(self, figures: Sequence[Measured], witness: Witness) -> Outcome:
        """Tell what figures are figures of."""
        items = tuple(
            AnswerItem(self.index.label(f.indicator), f.indicator, note=figure_label(f, self.index))
            for f in figures
        )
        told = [f"{i.label}（{self.index.label(f.about)}）" for i, f in zip(items, figures, strict=True)]
        return Outcome(items, self.index.message("separator").join(told), (), witness.evidence())

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
        """Whether the relations are stated themselves: what is measured of a part is not measured
        of the whole.
        """
        return all(witness.stated(*relation) for relation in self._relations(reading, row))

    def _compare_amount(
        self, reading: Reading, figures: Sequence[Measured], witness: Witness, *, done: bool, plan: bool
    ) -> Outcome | None:
        amount = reading.amount
        if amount is None or len({f.value for f in figures}) != 1:
            return None
        value = figures[0].value
        holds = {
            "over": value > amount.value and not (amount.over and value >= amount.next_round),
            "reached": value >= amount.value,
            "under": value < amount.value,
            "within": value <= amount.value,
            "equal": value == amount.value,
        }[reading.operation]
        figure = figures[0]
        named = f"{self.index.label(figure.about)} {self.index.label(figure.indicator)}"
        fact = f"{named} {figure_label(figure, self.index)}"
        planned = figure.modality in self.index.facts.get(LEX + "planned", {}).get("means", ())
        notes = (self.index.message("no-because", facts=fact),)
        if plan and not planned:
            return None  # whether it was planned as well is not stated
        if done and planned:
            return self._yes(False, (*notes, self.index.message("planned-note")), witness)
        if done and figure.modality not in self.index.facts.get(LEX + "done", {}).get("means", ()):
            return None
        return self._yes(holds, notes, witness)

    def _computed(self, reading: Reading, figures: Sequence[Measured], witness: Witness) -> Outcome | None:
        if len({f.unit for f in figures}) != 1 or (len(figures) < 2 and reading.operation == "sum"):
            return None
        total = sum((f.value for f in figures), Fraction(0))
        value = total if reading.operation == "sum" else total / len(figures)
        return self._result(value, figures, " + ", witness)

    def _shared_out(self, figure: Measured, witness: Witness) -> Outcome | None:
        """Divide a total by the number of those that it is the total of, where the graph states one."""
        counts = [
            f
            for f in self.graph.figures([figure.about])
            if f.iri != figure.iri
            and f.value
            and f.period == figure.period
            and self.index.counts(f.indicator)
        ]
        if len(counts) != 1 or not self.index.flagged(figure.indicator, "adds"):
            return None
        (count,) = counts
        if self._witness_figure(count.iri, count.about, witness) is None:
            return None
        return self._result(figure.value / count.value, [figure, count], _PER, witness)

    def _result(self, value: Fraction, figures: Sequence[Measured], sign: str, witness: Witness) -> Outcome:
        unit = figures[0].unit
        tell = difference_label if sign == _MINUS else amount_label
        counted = figures[:1] if len({f.about for f in figures}) > 1 and sign == _PER else figures
        label = tell(value, unit, self.index, self._classifier(counted))
        item = AnswerItem(label, value=plain_number(value), unit=unit)
        terms = sign.join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
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
        groups = self.index.having("summarises")
        single = [f for f in figures if not self.index.is_a(f.about, groups)]
        figures = single if single and reading.kind == "extreme" else figures
        values = [f.value for f in figures]
        best = max(values) if reading.operation == "max" else min(values)
        chosen = [f for f in figures if f.value == best]
        same = len({f.about for f in figures}) == 1 and len({f.indicator for f in figures}) > 1
        items = []
        for figure in chosen:
            label = figure_label(figure, self.index)
            if reading.kind == "extreme":
                one = figure.indicator if same else figure.about
                items.append(
                    AnswerItem(
                        self.index.label(one),
                        one,
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

    def _comparison(self, reading: Reading, sparql: str, slots: Slots) -> Outcome | None:  # noqa: PLR0911 - one operation after another
        found = self._rows(sparql)
        if not found:
            return None
        witness = Witness(self.index, self.graph)
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
        if len({f.iri for f in figures}) != len(figures):
            return None
        if reading.operation == "per":
            value = round(figures[0].value / figures[1].value, 2) if figures[1].value else None
            return None if value is None else self._result(value, figures, _PER, witness)
        if reading.operation in ("before", "part"):
            return self._derived(reading.operation, figures, witness)
        if reading.operation == "each":
            return self._each(figures, witness)
        stated, figures = figures, in_one_unit(figures, self.index)
        notes = conversions(stated, figures, self.index) if figures else ()
        if not figures or (notes and reading.operation not in _COMPARING):
            return None
        if reading.operation == "share":
            return self._share(figures, witness)
        if reading.operation in ("sum", "mean"):
            return self._computed(reading, figures, witness)
        if reading.operation in _LISTING:
            return self._in_order(reading.operation, figures, witness, slots)
        if reading.operation == "difference":
            greater, less = sorted(figures[:2], key=lambda f: -f.value)
            return self._result(greater.value - less.value, [greater, less], _MINUS, witness)
        if reading.operation == "ratio":
            one, other = figures[0].value, figures[1].value
            if other == 0:
                return None
            ratio = one / other
            label = self.index.message("times", number=number_text(ratio))
            return Outcome((AnswerItem(label, value=round(float(ratio), 4)),), label, (), witness.evidence())
        told = self._greater(reading, figures, witness, slots)
        return replace(told, notes=(*told.notes, *notes))

    def _each(self, figures: Sequence[Measured], witness: Witness) -> Outcome:
        """Tell figures one by one."""
        of_one = len({f.about for f in figures}) == 1
        items = tuple(
            AnswerItem(
                figure_label(f, self.index),
                f.indicator if of_one else f.about,
                plain_number(f.value),
                f.unit,
            )
            for f in figures
        )
        text = "、".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
        return Outcome(items, text, (), witness.evidence(), each=True)

    def _derived(self, operation: str, figures: Sequence[Measured], witness: Witness) -> Outcome:
        """Tell what follows from a figure and a rate: what it was before it grew, or a share of it."""
        figure, rate = figures
        if operation == "before":
            value = figure.value / (1 + rate.value / 100)
            calculation = f"{figure_label(figure, self.index)} ÷ (1 + {figure_label(rate, self.index)})"
        else:
            value = figure.value * rate.value / 100
            calculation = f"{figure_label(figure, self.index)} × {figure_label(rate, self.index)}"
        whole = self.index.counts(figure.indicator)
        value = Fraction(round(value)) if whole else Fraction(round(value, 2))
        label = amount_label(value, figure.unit, self.index, self._classifier([figure]))
        item = AnswerItem(label, value=plain_number(value), unit=figure.unit)
        about = self.index.message("about", amount=label)
        return Outcome((item,), f"{about}（{calculation}）", (), witness.evidence())

    def _share(self, figures: Sequence[Measured], witness: Witness) -> Outcome | None:
        """Tell which part one figure is of another."""
        part, whole = figures
        percent = next((u for u, facts in self.index.facts.items() if facts.get("differenceIn")), "")
        if not whole.value or part.value > whole.value or not percent:
            return None
        value = part.value / whole.value * 100
        label = f"{number_text(value, 1)}{self.index.label(percent)}"
        item = AnswerItem(label, value=round(float(value), 4), unit=percent)
        terms = " ÷ ".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
        return Outcome((item,), f"{label}（{terms}）", (), witness.evidence())

    def _in_order(
        self, operation: str, figures: Sequence[Measured], witness: Witness, slots: Slots
    ) -> Outcome | None:
        """Tell what figures are about from the greatest to the least, or only the one of a rank; of which
        indicator they are, where that is asked for.
        """
        ordered = sorted(figures, key=lambda f: f.value, reverse=_LISTING[operation])
        of_one = len({f.about for f in figures}) == 1
        of_one = of_one and (len(figures) > 1 or self._asks_indicator(slots))
        items = [self._ranked_item(figure, of_one=of_one) for figure in ordered]
        facts = "、".join(f"{item.label} {item.note}" for item in items)
        if operation == "number":
            label = number_text(Fraction(len(ordered)))
            item = AnswerItem(label, value=len(ordered))
            return Outcome((item,), f"{label}（{facts}）", (), witness.evidence())
        if operation in ("second", "third"):
            rank = int(self.index.facts[LEX + operation]["rank"][0])
            same = [
                item
                for figure, item in zip(ordered, items, strict=True)
                if sum(other.value > figure.value for other in ordered) == rank - 1
            ]
            if len(same) != 1:
                return None
            return Outcome((same[0],), f"{same[0].label}（{facts}）", (), witness.evidence())
        return Outcome(tuple(items), facts, (), witness.evidence())

    def _ranked_item(self, figure: Measured, *, of_one: bool) -> AnswerItem:
        iri = figure.indicator if of_one else figure.about
        return AnswerItem(
            self.index.label(iri),
            iri,
            plain_number(figure.value),
            figure.unit,
            figure_label(figure, self.index),
        )

    def _asks_indicator(self, slots: Slots) -> bool:
        """Whether a noun for what figures are figures of is asked for: 哪项指标, 哪类金牌."""
        called = any(self.index.flagged(s.iri, "namesFigures") for i in slots.classes for s in i.of("class"))
        behind = {i.index + 1 for i in slots.asked("which")}
        return called or any(i.index in behind and not i.has("thing") for i in slots.indicators)

    def _greater(
        self, reading: Reading, figures: Sequence[Measured], witness: Witness, slots: Slots
    ) -> Outcome:
        values = [f.value for f in figures]
        if reading.kind == "comparison-truth":
            holds = {
                "less": values[0] < values[1],
                "same": len(set(values)) == 1,
            }.get(reading.operation, values[0] > values[1])
            facts = "、".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
            return self._yes(holds, (self.index.message("no-because", facts=facts),), witness)
        best = min(values) if reading.operation in ("less", "least") else max(values)
        chosen = [f for f in figures if f.value == best]
        if reading.operation in ("greatest", "least"):
            facts = "、".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
            label = figure_label(chosen[0], self.index)
            item = AnswerItem(label, value=plain_number(best), unit=chosen[0].unit)
            return Outcome((item,), f"{label}（{facts}）", (), witness.evidence())
        if 1 < len(chosen) < len(figures):
            facts = "、".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
            of_one = len({f.about for f in figures}) == 1
            items = tuple(self._ranked_item(f, of_one=of_one) for f in chosen)
            return Outcome(items, f"{'、'.join(i.label for i in items)}（{facts}）", (), witness.evidence())
        if len(chosen) > 1:
            label = self.index.message("tie")
            return Outcome((AnswerItem(label),), label, (), witness.evidence())
        figure = chosen[0]
        same = len({f.about for f in figures}) == 1
        iri = figure.indicator if same else figure.about
        named = self._named_operand(figure, figures, slots) if not same else iri
        item = AnswerItem(self.index.label(named), named, note=figure_label(figure, self.index))
        facts = "、".join(f"{self._who(f, figures)} {figure_label(f, self.index)}" for f in figures)
        return Outcome((item,), f"{item.label}（{facts}）", (), witness.evidence())

    def _named_operand(self, figure: Measured, figures: Sequence[Measured], slots: Slots) -> str:
        """Return the thing that the question named for an operand: the one measured, or what it
        is bound to; not what only says of which kind it is (续建的项目).
        """
        named = {s.iri for item in slots.things for s in item.of("thing")}
        if figure.about in named:
            return figure.about
        others = {a.other for f in figures if f is not figure for a in self.graph.around(f.about)}
        bound = [
            a.other
            for a in self.graph.around(figure.about)
            if a.other in named - others and not (a.forward and self.index.flagged(a.property, "classifies"))
        ]
        return bound[0] if bound and not self._described(figure, bound[0], slots) else figure.about

    def _described(self, figure: Measured, bound: str, slots: Slots) -> bool:
        """Whether a name only says which one of a kind is meant (甲活动签的项目), with the kind behind it."""
        for item in slots.things:
            if not item.has("thing", bound):
                continue
            for behind in slots.items[item.index + 1 :]:
                named = behind.has("thing") and not behind.has("property")
                if named or behind.has("question") or behind.has("conjunction"):
                    break
                if behind.has("class"):
                    return self.index.is_a(figure.about, tuple(s.iri for s in behind.of("class")))
        return False

    def _who(self, figure: Measured, figures: Sequence[Measured]) -> str:
        return self.index.label(figure.indicator if len({f.about for f in figures}) == 1 else figure.about)
