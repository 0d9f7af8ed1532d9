"""`citykg explain`: why a triple holds, or what breaks a rule, down to passages and axioms."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from citykg.cli.options import open_project, open_store
from citykg.cli.render import print_text, write_bytes, write_text
from citykg.cli.values import filled
from citykg.errors import UsageError
from citykg.prefixes import Prefixes, read_prefixes
from citykg.project import Project

if TYPE_CHECKING:
    from citykg.breaches import Breach

__all__ = ["add_parser", "run"]

_DESCRIPTION = """\
Prove a triple: where it is asserted, or by which rules it follows from what is.

With --violations, say what breaks a shape, a data check or a false rule of OWL 2 RL (a contradiction), and
which facts from which passages make it.
"""
_EPILOG = """\
Each line of the tree follows from the lines below it, by the rule of OWL 2 RL in brackets; the last lines are
asserted and say where: a passage of an article and who says it, the background with its source, an axiom of
the ontology, or the declaration of a thing. Of several proofs the one with the fewest rules is shown. For a
triple that is not in the graph, what it lacks is listed. --violations reads the files, not the store: a graph
with violations has none; warnings and infos come after what is violated.
With --store URL all that the remote store asserts is read, and reasoned with here.
Exit status: 1 when the triple is not in the graph, a name means nothing or several things, or something is
violated.

examples:
  citykg explain 勃利县 位于 中国                        by labels
  citykg explain place:boli-county a city:Place          by CURIE; a is rdf:type
  citykg explain 勃利县 位于 中国 --format mermaid        as a flowchart, for a page
  citykg explain 勃利县 位于 中国 --store http://localhost:3030/ds
                                                         in a remote store
  citykg explain --violations                            whatever is wrong, the gravest first
  citykg explain 勃利县 --violations                      what is wrong with one thing
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "explain",
        help="why a triple holds, or what breaks a rule, down to passages and axioms",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "subject",
        type=filled("SUBJECT"),
        metavar="SUBJECT",
        nargs="?",
        help="label, alias, prefix:name or IRI",
    )
    parser.add_argument(
        "predicate", type=filled("PREDICATE"), metavar="PREDICATE", nargs="?", help="the same, or a"
    )
    parser.add_argument(
        "object", metavar="OBJECT", nargs="?", help='the same, or a value: the text, or "text"@zh'
    )
    parser.add_argument(
        "--violations",
        action="store_true",
        help="explain what is wrong, with SUBJECT or with anything, instead of a triple",
    )
    parser.add_argument(
        "--shape",
        action="append",
        default=[],
        metavar="NAME",
        help="with --violations: only those of this shape or data check; may be repeated",
    )
    parser.add_argument(
        "-f", "--format", choices=("text", "json", "mermaid", "turtle"), default="text", help="default: text"
    )
    parser.add_argument(
        "--article",
        type=Path,
        metavar="FILE|DIR",
        help="the article's text, or a folder with <article>.txt files: passages are shown in its words",
    )


def run(args: argparse.Namespace) -> int:
    """Explain the triple or the violations; 1 when it is not in the graph, or something is violated."""
    if args.violations:
        if args.predicate is not None:
            raise UsageError(
                "usage", "--violations takes one thing, not a triple", "leave PREDICATE and OBJECT out"
            )
        if args.store is not None:
            raise UsageError(
                "usage",
                f"--violations reads the project's files, not a store: {args.store}",
                "leave --store out; --project DIR names another project",
            )
        return _explain_violations(args)
    if args.object is None:
        raise UsageError(
            "usage",
            "a triple is SUBJECT PREDICATE OBJECT",
            "or ask what is wrong: citykg explain --violations",
        )
    if args.shape:
        raise UsageError("usage", "--shape goes with --violations", "leave it out, or add --violations")
    return _explain_triple(args)


def _explain_triple(args: argparse.Namespace) -> int:
    from citykg.explain import Explainer, provable
    from citykg.statement import find_statement

    project = open_project(args)
    prefixes = read_prefixes(project.prefix_file())
    store = provable(open_store(args))
    explainer = Explainer(store, language=args.lang)
    statement = find_statement(store, args.subject, args.predicate, args.object, prefixes=prefixes)
    explanation = explainer.explain(statement)
    step = explanation.step
    if args.format == "json":
        from citykg.explain_formats import as_json

        write_text(json.dumps(as_json(explanation), ensure_ascii=False, indent=1) + "\n")
    elif args.format == "turtle" and step is not None:
        from citykg.explain_formats import as_rdf

        write_bytes(as_rdf(step, prefixes=prefixes))
    else:
        from citykg.cli.explain_text import Wording, texts_of

        texts = {} if step is None else texts_of([step], project, args)
        wording = Wording(explanation.labels, args, prefixes, texts)
        if args.format == "mermaid" and step is not None:
            from citykg.explain_formats import as_mermaid

            write_text(as_mermaid(step, text=wording.statement, where=wording.sources))
        else:
            print_text(args, *wording.parts(explanation))
    return 0 if step is not None else 1


def _explain_violations(args: argparse.Namespace) -> int:
    from citykg.shacl.results import Severity

    project = open_project(args)
    prefixes = read_prefixes(project.prefix_file())
    breaches = _find_breaches(args, project, prefixes)
    if args.format == "json":
        from citykg.explain_formats import breach_json

        content = {"violations": [breach_json(breach) for breach in breaches]}
        write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    elif args.format == "turtle":
        from citykg.explain_formats import breaches_rdf

        write_bytes(breaches_rdf(breaches, prefixes=prefixes))
    else:
        from citykg.cli.explain_text import Wording, nothing_found, texts_of

        labels = {iri: label for breach in breaches for iri, label in breach.labels.items()}
        steps = [step for breach in breaches for step in breach.facts]
        wording = Wording(labels, args, prefixes, texts_of(steps, project, args))
        if args.format == "mermaid":
            from citykg.explain_formats import breaches_mermaid

            chart = breaches_mermaid(
                breaches, headline=wording.headline, text=wording.statement, where=wording.sources
            )
            write_text(chart)
        elif breaches:
            print_text(args, *map(wording.breach, breaches))
        else:
            print_text(args, nothing_found(args.lang))
    return 1 if any(breach.severity is Severity.VIOLATION for breach in breaches) else 0


def _find_breaches(args: argparse.Namespace, project: Project, prefixes: Prefixes) -> "list[Breach]":
    from citykg.breaches import Breaches
    from citykg.checks import read_checks
    from citykg.reason import infer
    from citykg.shacl import request
    from citykg.sources import read_project
    from citykg.validate import asserted_store, validate_project

    data = read_project(project)
    store = asserted_store(data)
    choice = request.choose(data, read_checks(project), args.shape, prefixes=prefixes)
    names = () if args.subject is None else (args.subject,)
    focus = request.focus_nodes(store, names, prefixes=prefixes)
    report = validate_project(data, store=store, checks=choice.checks, only=choice.only, focus=focus)
    breaches = Breaches(data, infer(data.merged()), language=args.lang)
    found = list(breaches.results(choice.restrict(report), checks=choice.checks))
    found.sort(key=lambda breach: breach.severity.rank)
    if args.shape:
        return found
    contradictions = [
        breach
        for breach in breaches.contradictions()
        if focus is None or any(focus.intersection(fact.statement) for fact in breach.facts)
    ]
    return contradictions + found
