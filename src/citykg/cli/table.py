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

__all__ = ["grouped", "light_table", "print_rows", "print_truth"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long")}
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
    table = _table_of(answer, answer.variables, store=store, prefixes=prefixes, headings=headings)
    out = console(args)
    if out.measure(table, options=out.options.update(max_width=100 * out.width)).maximum > out.width:
        # Where a label stands beside it, a CURIE says least of what does not fit.
        names = tuple(name for name in answer.variables if f"{name}Label" not in answer.variables)
        table = _table_of(answer, names, store=store, prefixes=prefixes, headings=headings)
        left_out = [name for name in answer.variables if name not in names]
        if left_out:
            note(args, f"left out for width: {', '.join(left_out)} (--format tsv has everything)")
    print_text(args, table)


def _table_of(
    answer: Solutions, names: tuple[str, ...], *, store: Store, prefixes: Prefixes, headings: dict[str, str]
) -> Table:
    table = light_table()
    places = [answer.variables.index(name) for name in names]
    rows = [tuple(row[place] for place in places) for row in answer.rows]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    for name, cells in zip(names, columns, strict=True):
        numeric = any(cells) and all(cell is None or _is_number(cell) for cell in cells)
        table.add_column(
            Text(headings.get(name, name)), justify="right" if numeric else "left", overflow="fold"
        )
    named = {name for name in names if f"{name}Label" not in answer.variables}
    iris = [
        cell.value
        for name, cells in zip(names, columns, strict=True)
        if name in named
        for cell in cells
        if isinstance(cell, ox.NamedNode)
    ]
    known = labels(store, iris)
    for row in rows:
        cells_of_row = zip(names, row, strict=True)
        table.add_row(*(_cell(cell, prefixes, known if name in named else {}) for name, cell in cells_of_row))
    return table


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
