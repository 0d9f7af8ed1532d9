"""`citykg explain`: why a triple holds, down to passages and axioms."""

import argparse
import json
from pathlib import Path

from citykg.cli.options import open_project, open_store
from citykg.cli.render import print_text, write_bytes, write_text
from citykg.explain import Explainer, Explanation, Source, Step, find_statement
from citykg.prefixes import read_prefixes
from citykg.project import Project

__all__ = ["add_parser", "run"]

_EPILOG = """\
Each line of the tree follows from the lines below it, by the rule of OWL 2 RL in brackets; the last lines are
asserted and say where: a passage of an article and who says it, the background with its source, an axiom of
the ontology, or the declaration of a thing. Of several proofs the one with the fewest rules is shown. For a
triple that is not in the graph, what it lacks is listed.
Exit status: 1 when the triple is not in the graph, or a name means nothing or several things.

examples:
  citykg explain 勃利县 位于 中国                        by labels
  citykg explain place:boli-county a city:Place          by CURIE; a is rdf:type
  citykg explain 勃利县 位于 中国 --format mermaid        as a flowchart, for a page
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "explain",
        help="why a triple holds, down to passages and axioms",
        description="Prove a triple: where it is asserted, or by which rules it follows from what is.",
        epilog=_EPILOG,
    )
    parser.add_argument("subject", metavar="SUBJECT", help="label, alias, prefix:name or IRI")
    parser.add_argument("predicate", metavar="PREDICATE", help="the same, or a")
    parser.add_argument("object", metavar="OBJECT", help='the same, or a value: the text, or "text"@zh')
    parser.add_argument(
        "--format", choices=("text", "json", "mermaid", "turtle"), default="text", help="default: text"
    )
    parser.add_argument(
        "--article",
        type=Path,
        metavar="FILE|DIR",
        help="the article's text, or a folder with <article>.txt files: passages are shown in its words",
    )


def run(args: argparse.Namespace) -> int:
    """Explain the triple; 1 when it is not in the graph."""
    project = open_project(args)
    prefixes = read_prefixes(project.prefix_file())
    store = open_store(args)
    explainer = Explainer(store, language=args.lang)
    statement = find_statement(store, args.subject, args.predicate, args.object, prefixes=prefixes)
    explanation = explainer.explain(statement)
    if args.format == "json":
        from citykg.explain_formats import as_json

        write_text(json.dumps(as_json(explanation), ensure_ascii=False, indent=1) + "\n")
    elif args.format == "turtle" and explanation.step is not None:
        from citykg.explain_formats import as_rdf

        write_bytes(as_rdf(explanation.step, prefixes=prefixes))
    else:
        from citykg.cli.explain_text import Wording

        texts = _texts(explanation, project, args.article)
        wording = Wording(explanation, args, prefixes, texts)
        if args.format == "mermaid" and explanation.step is not None:
            from citykg.explain_formats import as_mermaid

            write_text(as_mermaid(explanation.step, text=wording.statement, where=wording.sources))
        else:
            print_text(args, *wording.parts())
    return 0 if explanation.step is not None else 1


def _texts(explanation: Explanation, project: Project, article: Path | None) -> dict[str, str]:
    """Return passage IRI to text, for the articles whose text is at hand and whose digests agree."""
    from citykg.article import Passage, find_text, passage_texts, read_text

    sources = [] if explanation.step is None else _passages(explanation.step)
    texts: dict[str, str] = {}
    for folder in project.articles():
        passages = [
            Passage(source.graph, source.start, source.end, source.sha256)
            for source in sources
            if source.article is not None
            and source.article.endswith(f"/{folder.name}")
            and source.start is not None
            and source.end is not None
            and source.sha256 is not None
        ]
        file = find_text(folder, article=article) if passages else None
        if file is not None:
            texts |= passage_texts(read_text(file), passages)
    return texts


def _passages(step: Step) -> list[Source]:
    found = list(step.sources)
    for premise in step.premises:
        found += _passages(premise)
    return found
