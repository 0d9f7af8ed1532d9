"""Answers for each one of a kind: how many, or which, belong to each group."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from ..facts.graph import Measured
from ..model import AnswerItem, Outcome, Reading
from ..reading.groups import GROUP
from .evidence import Witness
from .shared import Telling
from .wording import figure_label, number_text, plain_number

__all__ = ["TellingGroups"]

_GROUP = GROUP.removeprefix("?")
_MOST_GROUPS = 60
_MOST_SHOWN = 20
_MOST_ROWS = 80
_TOO_MANY = 2000


class TellingGroups(Telling):
    """Tells groups with their members."""

    def _groups(self, reading: Reading) -> Outcome | None:
        """Tell every group with the number of its members and their names, or the members alone."""
        details = self._details(reading)
        if reading.operation == "figure":
            return self._group_figures(reading, details)
        counts = reading.operation == "count"
        if len(details) >= _TOO_MANY and not counts:
            return None
        members: dict[str, dict[str, set[str]]] = defaultdict(dict)
        for row in details:
            modality = next((row[name] for name in row if name.startswith("modality")), "")
            members[row[_GROUP]].setdefault(row["x"], set()).add(modality)
        everything = {thing for found in members.values() for thing in found}
        summaries = {thing for thing in everything if self._summarised([thing])}
        if summaries and not reading.without and (counts or summaries != everything):
            untold = counts and any(self._has_more(thing, len(everything)) for thing in summaries)
            return None if untold or summaries == everything else self._alone(reading)
        if not members or len(members) > _MOST_GROUPS or not members.keys() >= set(reading.groups):
            return None
        if counts and any(
            self._has_more(group, len(found)) or self._more_than(len(found), list(found), reading)
            for group, found in members.items()
        ):
            return None
        witness = Witness(self.index, self.graph)
        self._witness_edges(reading, details[:_MOST_ROWS], witness)
        if not reading.edges:
            witness.name_all(everything)
        items: list[AnswerItem] = []
        texts = []
        numbers = (
            {row[_GROUP]: int(row["count"]) for row in self._rows(self.writer.query(reading))}
            if counts
            else {}
        )
        for group in reading.groups or sorted(members, key=lambda g: (-numbers.get(g, 0), g)):
            label, found = self.index.label(group), members[group]
            names = "、".join(self._noted(thing, found[thing]) for thing in sorted(found)[:_MOST_SHOWN])
            if not counts and (more := self._has_more(group, len(found))):
                said = self.index.message("incomplete", count=number_text(more), known=len(found))
                names += f"（{said}）"
            name = "group-count" if counts else "group-members"
            texts.append(self.index.message(name, group=label, count=numbers.get(group), members=names))
            if counts:
                items.append(AnswerItem(label, group, numbers[group]))
            else:
                items += [AnswerItem(self.index.label(thing), thing, note=label) for thing in sorted(found)]
        text = self.index.message("separator" if counts else "group-separator").join(texts)
        return Outcome(tuple(items), text, (), witness.evidence(), each=True)

    def _group_figures(self, reading: Reading, details: list[dict[str, str]]) -> Outcome | None:
        """Tell every group with the one figure of what is related to it."""
        witness = Witness(self.index, self.graph)
        found: dict[str, Measured] = {}
        for row in details[:_MOST_ROWS]:
            figure = self._witness_figure(row["m"], row["x"], witness)
            known = found.setdefault(row[_GROUP], figure) if figure is not None else None
            if figure is None or known is not figure:
                return None  # of several none is the group's
        if len(found) < max(len(reading.groups), 2) or len(details) > _MOST_ROWS:
            return None
        self._witness_edges(reading, details, witness)
        items = []
        texts = []
        for group in reading.groups or sorted(found, key=lambda g: (-found[g].value, g)):
            figure, label = found[group], self.index.label(group)
            items.append(AnswerItem(label, group, plain_number(figure.value), figure.unit))
            told = figure_label(figure, self.index)
            texts.append(f"{label} {told}（{self.index.label(figure.about)}）")
        text = self.index.message("separator").join(texts)
        return Outcome(tuple(items), text, (), witness.evidence(), each=True)

    def _alone(self, reading: Reading) -> Outcome | None:
        """Tell single things where groups of things are among them: a group is not counted as one."""
        alone = replace(reading, without=self.index.having("summarises"))
        told = self._groups(alone)
        return told and replace(told, sparql=self.writer.query(alone))

    def _noted(self, thing: str, modalities: set[str]) -> str:
        note = "" if "" in modalities else self._modality_note(modalities)
        return f"{self.index.label(thing)}（{note}）" if note else self.index.label(thing)

    def _has_more(self, group: str, known: int) -> Fraction | None:
        """Return how many members a group is said to have, if it has more than are named."""
        figures = self.graph.figures([group]) if self._summarised([group]) else ()
        counts = [f.value for f in figures if self.index.counts(f.indicator) and f.value > known]
        return max(counts, default=None)
