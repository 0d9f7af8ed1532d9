"""Rows as a table for people: labels and CURIEs, Chinese characters at their width."""

import argparse

import pyoxigraph as ox
from rich import box
from rich.table import Table
from rich.text import Text

from citykg.cli.render import console, note, print_text, write_text
from citykg.cli.words import words
from citykg.names import labels
from citykg.prefixes import Prefixes
from citykg.results import Solutions, Term, Truth
from citykg.store import Store

__all__ = ["fits", "grouped", "light_table", "print_rows", "print_truth"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long")}
_LEAST = 8  # cells below which a column can no longer be read
_GROUPED_FROM = 10_000  # smaller numbers may be years


def print_truth(answer: Truth, args: argparse.Namespace) -> None:
    """Print a yes or no in the language of the headings."""
    write_text(words(args.lang)["yes" if answer.value else "no"] + "\n")


def print_rows(
    answer: Solutions, args: argparse.Namespace, *, store: Store, prefixes: Prefixes, headings: dict[str, str]
) -> None:
    """Print rows as a table.

    Args:
        answer: the rows.
        args: the global options.
        store: where labels are looked up.
        prefixes: for CURIEs.
        headings: column to heading; a column without one is shown by its name.
    """
    columns = [
        _Column(name, headings.get(name, name), tuple(row[place] for row in answer.rows))
        for place, name in enumerate(answer.variables)
    ]
    named = [column for column in columns if f"{column.name}Label" not in answer.variables]
    known = labels(store, {iri for column in named for iri in column.iris()}, language=args.lang)
    for column in columns:
        names = known if column in named else {}
        column.texts = [_cell(cell, prefixes, names) for cell in column.cells]
    table = _table_of(columns)
    if fits(table, args):
        print_text(args, table)
        return
    # Where a label stands beside it, a CURIE says least of what does not fit; then the article before a
    # passage, where it is the same in all rows.
    said = words(args.lang)
    missing = [column.name for column in columns if column not in named]
    table = _table_of(named)
    if not fits(table, args):
        for column in named:
            document = column.document()
            if document and not known.keys() & column.iris():
                column.texts = [_fragment(cell) for cell in column.cells]
                missing.append(said["without"].format(name=column.name, document=prefixes.shorten(document)))
        table = _table_of(named, padding=1)
        if sum(min(column.width(), _LEAST) + 1 for column in named) > console(args).width:
            table = _records_of(named)
    print_text(args, table)
    if missing:
        note(args, said["left out"].format(names=", ".join(missing)))


class _Column:
    """A column of an answer: its terms, and the texts that stand for them."""

    def __init__(self, name: str, heading: str, cells: tuple[Term | None, ...]) -> None:
        self.name = name
        self.heading = heading
        self.cells = cells
        self.texts: list[Text] = []

    def is_numeric(self) -> bool:
        return any(self.cells) and all(cell is None or _is_number(cell) for cell in self.cells)

    def iris(self) -> set[str]:
        return {cell.value for cell in self.cells if isinstance(cell, ox.NamedNode)}

    def width(self) -> int:
        return max((text.cell_len for text in (Text(self.heading), *self.texts)), default=0)

    def document(self) -> str:
        """Return the one IRI that all IRIs of the column are fragments of, or nothing."""
        documents = {iri.partition("#")[0] if "#" in iri else "" for iri in self.iris()}
        return documents.pop() if len(documents) == 1 else ""


def fits(table: Table, args: argparse.Namespace, *, margin: int = 0) -> bool:
    """Whether a table fits standard output without a fold, beside a margin of so many cells."""
    out = console(args)
    natural = out.measure(table, options=out.options.update(max_width=100 * out.width)).maximum
    return natural + margin <= out.width


def _table_of(columns: list[_Column], *, padding: int | None = None) -> Table:
    table = light_table()
    if padding is not None:
        table.padding = (0, padding, 0, 0)
    for column in columns:
        numeric = column.is_numeric()
        table.add_column(
            Text(column.heading), justify="right" if numeric else "left", overflow="fold", no_wrap=numeric
        )
    for row in zip(*(column.texts for column in columns), strict=True):
        table.add_row(*row)
    return table


def _records_of(columns: list[_Column]) -> Table:
    """One line for each value, and an empty one after each row: for more columns than a terminal has room."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for number in range(len(columns[0].cells)):
        for column in columns:
            if column.texts[number]:
                table.add_row(Text(column.heading, style="bold"), column.texts[number])
        table.add_row()
    return table


def _fragment(term: Term | None) -> Text:
    return Text(term.value.partition("#")[2] if isinstance(term, ox.NamedNode) else "", style="cyan")


def light_table() -> Table:
    """Return an empty table in the manner of all tables here."""
    return Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)


def _is_number(term: Term) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def _cell(term: Term | None, prefixes: Prefixes, known: dict[str, str]) -> Text:
    if term is None:
        return Text("")
    if isinstance(term, ox.NamedNode):
        short = prefixes.shorten(term.value)
        label = known.get(term.value)
        return Text(label) if label else Text(short, style="cyan")
    if isinstance(term, ox.Literal):
        return Text(grouped(term.value) if _is_number(term) else term.value)
    return Text(str(term))


def grouped(number: str) -> str:
    """Write a number of five digits or more with commas; years stay as they are."""
    whole, point, rest = number.partition(".")
    if whole.lstrip("+-").isdigit() and abs(int(whole)) >= _GROUPED_FROM:
        return f"{int(whole):,}{point}{rest}"
    return number
