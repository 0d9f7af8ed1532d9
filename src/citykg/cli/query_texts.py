"""Stored queries as text for people."""

import argparse
import sys
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from citykg.cli.render import print_text, use_colour
from citykg.cli.table import light_table
from citykg.cli.words import words
from citykg.library import StoredQuery
from citykg.parameters import Parameter

__all__ = ["print_list", "print_one"]


def print_list(queries: list[StoredQuery], args: argparse.Namespace) -> None:
    """Print one line per query below its topic: name, both titles, parameters."""
    parts: list[RenderableType] = []
    for topic, members in groupby(queries, key=lambda query: query.topic):
        parts.append(Text(topic, style="bold"))
        table = light_table()
        table.show_header = False
        table.box = None
        for query in members:
            parameters = " ".join(_short(parameter) for parameter in query.parameters)
            table.add_row(
                Text(query.name, style="cyan"),
                Text(query.title),
                Text(query.summary),
                Text(parameters, style="dim"),
            )
        parts.append(Padding(table, (0, 0, 1, 2), expand=False))
    print_text(args, *parts)


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
        table = light_table()
        table.show_header = False
        table.box = None
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
    parts.append(Text())
    sparql = query.sparql.strip()
    if use_colour(args.color, sys.stdout):
        from rich.syntax import Syntax

        parts.append(Syntax(sparql, "sparql", theme="ansi_dark", background_color="default", word_wrap=True))
    else:
        parts.append(Text(sparql))
    print_text(args, *parts)


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
