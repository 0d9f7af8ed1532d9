"""A thing as text for people."""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from citykg.card import Card, Fact, Figure, Named, Place, Stated, Statement
from citykg.cli.render import print_text
from citykg.cli.table import grouped
from citykg.cli.words import words
from citykg.prefixes import Prefixes

__all__ = ["print_card"]

_T = TypeVar("_T")
_FEW = 12  # entries of a list that is not asked for in full


def print_card(card: Card, args: argparse.Namespace, *, prefixes: Prefixes, texts: Mapping[str, str]) -> None:
    """Print a card.

    Args:
        card: the thing.
        args: the global options, and ``all``.
        prefixes: for CURIEs.
        texts: passage IRI to its text, where that is at hand.
    """
    print_text(args, *_Writer(card, args, prefixes, texts).parts())


class _Writer:
    """Turns a card into renderables."""

    def __init__(
        self, card: Card, args: argparse.Namespace, prefixes: Prefixes, texts: Mapping[str, str]
    ) -> None:
        self._card = card
        self._said = words(args.lang)
        self._all = args.all
        self._prefixes = prefixes
        self._texts = texts
        self._articles = {place.article.value for place in card.places.values()}

    def parts(self) -> Iterable[RenderableType]:
        card = self._card
        kinds = "、".join(self._name(kind) for kind in card.types)
        yield Text.assemble((card.label, "bold"), "  ", (kinds, "magenta"))
        yield Text(f"{self._prefixes.shorten(card.thing)}  <{card.thing}>", style="cyan")
        if card.aliases or card.names:
            yield Text(f"{self._said['aliases']}: {'、'.join((*card.names, *card.aliases))}")
        yield from self._section("facts", len(card.facts), self._facts())
        yield from self._section("figures", len(card.figures), self._figures())
        yield from self._section("stated", len(card.stated), self._stated())
        yield from self._section("statements", len(card.statements), self._statements())
        yield from self._section("others", len(card.others), self._others())
        yield from self._section("mentions", len(card.mentions), self._mentions())
        yield from self._section("passages", len(card.places), self._passages(), of=self._article())

    def _section(self, key: str, count: int, table: Table, *, of: str = "") -> Iterable[RenderableType]:
        if count:
            yield Text.assemble("\n", (f"{self._said[key]} ({count})", "bold"), "  " if of else "", of)
            yield Padding(table, (0, 0, 0, 2), expand=False)

    def _facts(self) -> Table:
        table = _grid(3)
        facts = self._card.facts
        for (outgoing, _), group in groupby(
            sorted(facts, key=lambda fact: (not fact.outgoing, fact.property.label, fact.inferred)),
            key=lambda fact: (fact.outgoing, fact.property),
        ):
            members = list(group)
            first = self._name(members[0].property)
            title = first if outgoing else f"← {first}"
            for position, fact in enumerate(self._few(members)):
                table.add_row(Text(title if position == 0 else ""), self._other(fact), self._sources(fact))
            self._rest(table, members)
        return table

    def _other(self, fact: Fact) -> Text:
        name = self._name(fact.other) if fact.other.is_iri else fact.other.label
        return Text.assemble(("≈ ", "yellow"), name) if fact.inferred else Text(name)

    def _sources(self, fact: Fact) -> Text:
        if fact.inferred:
            return Text(self._said["inferred"], style="yellow")
        where = [self._short(passage) for passage in fact.passages]
        layers = {graph.rpartition("/")[2] for graph in fact.graphs}
        where += sorted(
            self._said["background"] if layer == "background" else self._said["declared"] for layer in layers
        )
        return Text(" ".join(dict.fromkeys(where)), style="dim")

    def _figures(self) -> Table:
        table = _grid(5)
        for figure in self._few(self._card.figures):
            about = "" if figure.subject.value == self._card.thing else self._name(figure.subject)
            table.add_row(
                Text(" ".join(part for part in (about, self._name(figure.indicator)) if part)),
                Text(self._amount(figure), style="bold"),
                Text(f"“{figure.as_stated}”"),
                Text("  ".join(part for part in (figure.period, self._optional(figure.modality)) if part)),
                Text(f"{self._short(figure.passage)} {figure.start}–{figure.end}", style="dim"),
            )
        self._rest(table, self._card.figures)
        return table

    def _amount(self, figure: Figure) -> str:
        value = grouped(figure.value.removesuffix(".0"))
        return " ".join(
            part for part in (self._optional(figure.bound), value, self._name(figure.unit)) if part
        )

    def _stated(self) -> Table:
        table = _grid(1)
        for triple in self._card.stated:
            table.add_row(self._sentence(triple))
        return table

    def _statements(self) -> Table:
        table = _grid(4)
        for statement in self._few(self._card.statements):
            table.add_row(
                Text(self._name(statement.type)),
                self._sentence(statement),
                Text("  ".join(part for part in (self._name(statement.modality), statement.period) if part)),
                Text(self._short(statement.passage), style="dim"),
            )
        self._rest(table, self._card.statements)
        return table

    def _sentence(self, statement: Statement | Stated) -> Text:
        parts = (statement.subject, statement.predicate, statement.object)
        text = Text()
        for number, part in enumerate(parts):
            itself = part.value == self._card.thing
            text.append(" " if number else "")
            text.append(self._name(part) if part.is_iri else part.label, style="bold" if itself else "")
        return text

    def _others(self) -> Table:
        table = _grid(3)
        for detail in self._few(self._card.others):
            values = (
                (self._name(key), self._name(value) if value.is_iri else value.label)
                for key, value in detail.values
            )
            table.add_row(
                Text(self._name(detail.type)),
                Text("; ".join(f"{key} {value}" for key, value in values)),
                Text(self._short(detail.passage), style="dim"),
            )
        self._rest(table, self._card.others)
        return table

    def _mentions(self) -> Table:
        table = _grid(3)
        wordings: dict[str, list[str]] = {}
        for mention in self._card.mentions:
            at = f"{self._short(mention.passage)} {mention.start}–{mention.end}"
            wordings.setdefault(mention.as_stated, []).append(at)
        ordered = sorted(wordings.items(), key=lambda item: -len(item[1]))
        for wording, where in self._few(ordered):
            shown = ", ".join(self._few(where))
            more = f", … ({len(where) - _FEW})" if len(where) > _FEW and not self._all else ""
            table.add_row(
                Text(f"“{wording}”"), Text(f"×{len(where)}", justify="right"), Text(shown + more, style="dim")
            )
        self._rest(table, ordered)
        return table

    def _passages(self) -> Table:
        table = _grid(4)
        places = sorted(self._card.places.values(), key=lambda place: (place.article.value, place.order))
        for place in self._few(places):
            at = f"{place.start}–{place.end}"
            table.add_row(
                Text(self._short(place.passage)),
                Text(self._where(place)),
                Text(at),
                Text(self._speaker(place)),
            )
            if place.passage in self._texts:
                text = Text(self._texts[place.passage].strip(), style="italic")
                table.add_row(Text(""), text, Text(""), Text(""))
        self._rest(table, places)
        return table

    def _where(self, place: Place) -> str:
        numbers = self._said["where"].format(paragraph=place.paragraph, sentence=place.sentence)
        return numbers if self._article() else f"{self._name(place.article)}, {numbers}"

    def _article(self) -> str:
        """Name the article where everything is of one."""
        articles = {place.article for place in self._card.places.values()}
        return self._name(articles.pop()) if len(articles) == 1 else ""

    def _speaker(self, place: Place) -> str:
        return self._name(place.speaker) if place.speaker else ""

    def _few(self, members: Sequence[_T]) -> Sequence[_T]:
        return members if self._all else members[:_FEW]

    def _rest(self, table: Table, members: Sequence[object]) -> None:
        if len(members) > _FEW and not self._all:
            row = [Text("")] * (len(table.columns) - 1)
            row.insert(1, Text(f"… {self._said['more']} {len(members) - _FEW} (--all)", style="dim"))
            table.add_row(*row)

    def _short(self, passage: str) -> str:
        """Name a passage by what is after the ``#`` where everything is of one article."""
        return passage.rpartition("#")[2] if len(self._articles) < 2 else self._prefixes.shorten(passage)

    def _optional(self, named: Named | None) -> str:
        return self._name(named) if named else ""

    def _name(self, named: Named) -> str:
        return (
            self._prefixes.shorten(named.value)
            if named.is_iri and named.label == named.value
            else named.label
        )


def _grid(columns: int) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for _ in range(columns):
        table.add_column(overflow="fold")
    return table
