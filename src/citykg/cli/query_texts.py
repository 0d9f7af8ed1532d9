"""Stored queries as text for people."""

import argparse
import sys
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from citykg.cli.render import print_text, use_colour, write_text
from citykg.cli.table import fits, light_table
from citykg.cli.words import words
from citykg.library import StoredQuery
from citykg.parameters import Parameter

__all__ = ["print_list", "print_one"]

_INDENT = 2


def print_list(queries: list[StoredQuery], args: argparse.Namespace) -> None:
    """Print one line per query below its topic: name, both titles, parameters."""
    topics = {topic: list(members) for topic, members in groupby(queries, key=lambda query: query.topic)}
    tables = {topic: _list_of(members) for topic, members in topics.items()}
    if not all(fits(table, args, margin=_INDENT) for table in tables.values()):
        tables = {topic: _stacked_list_of(members) for topic, members in topics.items()}
    parts: list[RenderableType] = []
    for topic, table in tables.items():
        parts += [Text(topic, style="bold"), Padding(table, (0, 0, 1, _INDENT), expand=False)]
    print_text(args, *parts)


def _list_of(queries: list[StoredQuery]) -> Table:
    table = _bare_table()
    for query in queries:
        name, parameters = Text(query.name, style="cyan"), Text(_parameters(query), style="dim")
        table.add_row(name, Text(query.title), Text(query.summary), parameters)
    return table


def _stacked_list_of(queries: list[StoredQuery]) -> Table:
    """The same with the English title below the Chinese one, for narrow terminals."""
    table = _bare_table()
    for query in queries:
        titles = Text.assemble(query.title, "  ", (_parameters(query), "dim"), "\n", query.summary)
        table.add_row(Text(query.name, style="cyan"), titles)
    return table


def _bare_table() -> Table:
    table = light_table()
    table.show_header = False
    table.box = None
    return table


def print_one(query: StoredQuery, args: argparse.Namespace) -> None:
    """Print a query in full: question, parameters, columns, SPARQL."""
    parts: list[RenderableType] = []
    said = words(args.lang)
    parts.append(Text.assemble((query.name, "bold cyan"), "  ", (query.title, "bold"), "  ", query.summary))
    for question in (query.question, query.question_en):
        if question:
            parts.append(Text(question))
    if query.description:
        parts.append(Text(query.description, style="dim"))
    if query.parameters:
        parts.append(Text(f"\n{said['parameters']}", style="bold"))
        table = _bare_table()
        for parameter in query.parameters:
            about = " ".join(part for part in (parameter.label, parameter.description) if part)
            table.add_row(
                Text(parameter.name, style="cyan"),
                Text(parameter.type),
                Text(_need(parameter, said)),
                Text(about),
            )
        parts.append(Padding(table, (0, 0, 0, 2), expand=False))
    if query.columns:
        parts.append(Text(f"\n{said['columns']}", style="bold"))
        parts.append(Text("  " + ", ".join(f"{name} {heading}" for name, heading in query.columns.items())))
    print_text(args, *parts, Text())
    sparql = query.sparql.strip()
    if use_colour(args.color, sys.stdout):
        from rich.syntax import Syntax

        highlighted = Syntax(sparql, "sparql", theme="ansi_dark", background_color="default").highlight(
            sparql
        )
        print_text(args, highlighted, wrap=False)
    else:
        write_text(sparql + "\n")


def _parameters(query: StoredQuery) -> str:
    return " ".join(_short(parameter) for parameter in query.parameters)


def _short(parameter: Parameter) -> str:
    if parameter.default is not None:
        return f"[{parameter.name}={parameter.default}]"
    return f"[{parameter.name}]" if parameter.optional else parameter.name


def _need(parameter: Parameter, said: dict[str, str]) -> str:
    parts = []
    if parameter.default is not None:
        parts.append(f"{said['default']} {parameter.default}")
    elif parameter.optional:
        parts.append(said["optional"])
    if parameter.choices:
        parts.append(f"{said['choices']} {', '.join(parameter.choices)}")
    return "; ".join(parts)
