"""`citykg show`: everything about a thing, each fact with its passage."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from citykg.card import Card
from citykg.cli.options import open_project, open_store
from citykg.cli.render import write_bytes, write_text
from citykg.cli.values import line_for
from citykg.prefixes import read_prefixes
from citykg.project import Project
from citykg.search import find_thing
from citykg.show import show, triples_of

__all__ = ["add_parser", "run"]

_EPILOG = """\
Inferred facts are marked with ≈; an asserted one names the passage that states it. The article's text is its
publisher's and is not shipped: with --article, or CITYKG_ARTICLES, the passages are shown in its words.
Exit status: 1 when nothing has this name, or several things have it.

examples:
  citykg show 联顺制药                              by label or alias
  citykg show place:qitaihe --all                  by CURIE, without leaving anything out
  citykg show 联顺制药 --article texts/ --lang zh   with the passages' text, headings in Chinese
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "show",
        help="everything about a thing, each fact with its passage",
        description="Show what the graph says of a thing: facts, figures, statements, mentions, and where.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "thing",
        metavar="NAME|CURIE|IRI",
        help="label, alias, prefix:name or IRI; - for a line of standard input",
    )
    parser.add_argument(
        "-f", "--format", choices=("text", "json", "turtle"), default="text", help="default: text"
    )
    parser.add_argument("--all", action="store_true", help="long lists in full (text form)")
    parser.add_argument(
        "--article",
        type=Path,
        metavar="FILE|DIR",
        help="the article's text, or a folder with <article>.txt files",
    )


def run(args: argparse.Namespace) -> int:
    """Show the thing."""
    name = line_for(args.thing, "name")
    project = open_project(args)
    prefixes = read_prefixes(project.prefix_file())
    store = open_store(args)
    thing = find_thing(store, name, prefixes=prefixes)
    if args.format == "turtle":
        from citykg.results import write

        write_bytes(write(triples_of(store, thing), "turtle", prefixes=dict(prefixes)))
        return 0
    card = show(store, thing, language=args.lang)
    texts = _texts(card, project, args)
    if args.format == "json":
        write_text(json.dumps(_as_json(card, texts), ensure_ascii=False, indent=1) + "\n")
    else:
        from citykg.cli.card_text import print_card

        print_card(card, args, prefixes=prefixes, texts=texts)
    return 0


def _texts(card: Card, project: Project, args: argparse.Namespace) -> Mapping[str, str]:
    from citykg.article import Passage
    from citykg.cli.passage_texts import texts_of_passages

    passages: dict[str, list[Passage]] = {}
    for place in card.places.values():
        passage = Passage(place.passage, place.start, place.end, place.sha256)
        passages.setdefault(place.article.value, []).append(passage)
    return texts_of_passages(args, project, passages)


def _as_json(card: Card, texts: Mapping[str, str]) -> dict[str, object]:
    from dataclasses import asdict

    members = asdict(card)
    for passage, place in members["places"].items():
        if passage in texts:
            place["text"] = texts[passage]
    return members
