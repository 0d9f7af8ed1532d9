"""`citykg queries`: list what can be asked, or show one stored query in full."""

import argparse
import json

from citykg.cli.options import open_project
from citykg.cli.query import library_of
from citykg.cli.render import write_text
from citykg.library import StoredQuery
from citykg.parameters import Parameter

__all__ = ["WITHOUT", "add_parser", "run"]

WITHOUT = {"store": "lists the files of a project, not what a store has"}

_EPILOG = """\
examples:
  citykg queries                          all, by topic
  citykg queries project-investments      one, with its parameters and its SPARQL
  citykg queries --format json            for programs
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "queries",
        help="list what can be asked, or show one stored query in full",
        description="List the stored queries by topic, with Chinese and English titles and parameters.",
        epilog=_EPILOG,
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="show this one in full")
    parser.add_argument("--topic", help="only this topic")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("-f", "--format", choices=("text", "json"), default="text", help="default: text")
    how.add_argument("--names", action="store_true", help="names alone, one a line")


def run(args: argparse.Namespace) -> int:
    """List the queries, or show one."""
    library = library_of(open_project(args))
    if args.name is None and args.names and args.topic is None:
        write_text("".join(f"{name}\n" for name in library.names()))
        return 0
    chosen = list(library) if args.name is None else [library[args.name]]
    if args.topic is not None:
        chosen = _of_topic(chosen, args.topic)
    if args.names:
        write_text("".join(f"{query.name}\n" for query in chosen))
    elif args.format == "json":
        found: object = [_as_json(query) for query in chosen] if args.name is None else _as_json(chosen[0])
        write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        from citykg.cli.query_texts import print_list, print_one

        if args.name is None:
            print_list(chosen, args)
        else:
            print_one(chosen[0], args)
    return 0


def _of_topic(queries: list[StoredQuery], topic: str) -> list[StoredQuery]:
    chosen = [query for query in queries if query.topic == topic]
    if not chosen:
        from citykg.errors import UsageError
        from citykg.nearest import nearest_hint

        topics = sorted({query.topic for query in queries})
        hint = nearest_hint(topic, topics, otherwise=f"topics are {', '.join(topics)}")
        raise UsageError("unknown-topic", f"no topic {topic!r}", hint)
    return chosen


def _as_json(query: StoredQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "topic": query.topic,
        "title": query.title,
        "summary": query.summary,
        "question": query.question,
        "question_en": query.question_en,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "columns": dict(query.columns),
        "sparql": query.sparql,
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "label": parameter.label,
        "description": parameter.description,
        "default": parameter.default,
        "required": parameter.required,
        "choices": list(parameter.choices),
    }
