"""Write the pages of docs/ that repeat what the program and the knowledge files say.

python docs/generate.py            write them
python docs/generate.py --check    exit 1 and name the pages that are out of date
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from citykg.cli.main import available_verbs, full_parser
from citykg.export import StoreSource, read_context
from citykg.library import Library
from citykg.prefixes import Prefixes, read_prefixes
from citykg.project import GRAPHS, Project
from citykg.reason.rules import OWL, RDF, RDFS, TABLES, XSD, Each, Members, Pattern, Premise, rules

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by docs/generate.py: change its source, then run `make docs`. -->\n"

_CLASSES = """
SELECT ?term ?zh ?en ?definition ?parent WHERE {
    ?term a owl:Class ; rdfs:label ?zh, ?en ; skos:definition ?definition .
    FILTER(LANG(?zh) = "zh" && LANG(?en) = "en" && LANG(?definition) = "en")
    OPTIONAL { ?term rdfs:subClassOf ?parent . FILTER(isIRI(?parent)) }
} ORDER BY ?term ?parent
"""
_PROPERTIES = """
SELECT ?term ?zh ?en ?definition ?domain ?range WHERE {
    VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty }
    ?term a ?kind ; rdfs:label ?zh, ?en ; skos:definition ?definition .
    FILTER(LANG(?zh) = "zh" && LANG(?en) = "en" && LANG(?definition) = "en")
    OPTIONAL { ?term rdfs:domain ?domain }
    OPTIONAL { ?term rdfs:range ?range }
} ORDER BY ?term
"""


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every generated page: path and text."""
    yield from _command_pages()
    project = Project.find(ROOT)
    yield ROOT / "docs" / "queries.md", _query_page(project)
    yield ROOT / "docs" / "ontology.md", _ontology_page(project)
    yield ROOT / "docs" / "rules.md", _rules_page()
    yield ROOT / "docs" / "context.jsonld", _context(project)


def _command_pages() -> Iterator[tuple[Path, str]]:
    subparsers = next(
        action for action in full_parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    lines = dict(available_verbs())
    index = [NOTE, "# Commands\n\n", "| verb | what it does |\n|---|---|\n"]
    for verb, parser in subparsers.choices.items():
        index.append(f"| [{verb}]({verb}.md) | {lines[verb]} |\n")
        yield ROOT / "docs" / "commands" / f"{verb}.md", _command_page(verb, parser)
    index.append("\n## Global options, before or after the verb\n\n| option | meaning |\n|---|---|\n")
    index += _option_rows(group for group in full_parser()._action_groups if group.title not in _ORDINARY)
    yield ROOT / "docs" / "commands" / "README.md", "".join(index)


_ORDINARY = ("positional arguments", "options")


def _command_page(verb: str, parser: argparse.ArgumentParser) -> str:
    parts = [NOTE, f"# citykg {verb}\n\n{(parser.description or '').strip()}\n"]
    rows = list(
        _option_rows(group for group in parser._action_groups if not (group.title or "").startswith("global"))
    )
    if rows:
        parts += ["\n| argument | meaning |\n|---|---|\n", *rows]
    unused = _unused_options(parser)
    but = f", but for {' and '.join(unused)}" if unused else ""
    parts.append(f"\nThe [global options](README.md) apply as well{but}.\n")
    if parser.epilog:
        parts.append(f"\n```text\n{parser.epilog.strip()}\n```\n")
    return "".join(parts)


def _unused_options(parser: argparse.ArgumentParser) -> list[str]:
    """Name the global options that a verb has no use for."""
    return [
        f"`{action.option_strings[-1]}`" for action in parser._actions if action.help == argparse.SUPPRESS
    ]


def _option_rows(groups: Iterator[argparse._ArgumentGroup]) -> Iterator[str]:
    for group in groups:
        for action in group._group_actions:
            if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
                continue
            name = (
                ", ".join(f"`{option}`" for option in action.option_strings)
                or f"`{action.metavar or action.dest}`"
            )
            value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
            if action.option_strings and action.nargs != 0:
                name += f" `{value or action.dest.upper()}`"
            yield f"| {_cell(name)} | {_cell((action.help or '') % vars(action))} |\n"


def _query_page(project: Project) -> str:
    parts = [
        NOTE,
        "# Stored queries\n\nRun one with `citykg query NAME`; `citykg queries NAME` shows it in full.\n",
    ]
    topic = None
    for query in Library(project.queries()):
        if query.topic != topic:
            topic = query.topic
            parts.append(
                f"\n## {topic}\n\n| query | 问题 | what it answers | parameters |\n|---|---|---|---|\n"
            )
        parameters = ", ".join(f"`{parameter.name}`" for parameter in query.parameters)
        parts.append(
            f"| `{query.name}` | {_cell(query.question)} | {_cell(query.summary)} | {parameters} |\n"
        )
    return "".join(parts)


def _ontology_page(project: Project) -> str:
    prefixes = read_prefixes(project.prefix_file())
    parts = [
        NOTE,
        "# The ontology, module by module\n\n"
        "A hollow arrow is `rdfs:subClassOf`; a named arrow is a property from its domain to its range.\n",
    ]
    for path in project.ontology():
        if path.parent != project.root / "ontology":
            continue
        store = ox.Store()
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
        classes = _rows(store, _CLASSES, prefixes)
        properties = _rows(store, _PROPERTIES, prefixes)
        if classes or properties:
            comment = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("#").strip()
            parts.append(f"\n## {path.stem}\n\n{comment}\n\n")
            parts += [*_diagram(classes, properties), *_term_table(classes), *_term_table(properties)]
    return "".join(parts)


_RULES_HEAD = """\
# The rules

What citykg infers: OWL 2 RL/RDF, under the names of
[OWL 2 Profiles, section 4.3](https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules).
This is `src/citykg/reason/owl2-rl.rules`, the one table that the engine, the proofs, their checker, the
search for contradictions and this page read. *false* is a contradiction, which refuses a build; `citykg
explain` names these rules, and [conformance](conformance/owl.md) tells what neither engine emits.

A list is written `?x ∈ ?l`, different members `?x … ?y ∈ ?l`; *each* says that something holds
for every member, *chain* that the members are walked in turn. A rule without premises holds of every graph.
"""


def _context(project: Project) -> str:
    """Return the JSON-LD context to publish, which `citykg export --context` writes."""
    graph = ox.NamedNode(f"{GRAPHS}ontology")
    store = ox.Store()
    for path in project.ontology():
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=graph)
    prefixes = read_prefixes(project.prefix_file())
    document = {"@context": read_context(StoreSource(store), prefixes).document()}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rules_page() -> str:
    parts = [NOTE, _RULES_HEAD]
    table = None
    for rule in rules():
        if rule.table != table:
            table = rule.table
            title = f"Table {table}: {TABLES[table]}" if table.isdigit() else TABLES[table]
            parts.append(f"\n## {title}\n\n| rule | if | then |\n|---|---|---|\n")
        if_ = "<br>".join(_premise(premise) for premise in rule.body)
        then = "*false*" if rule.head is None else _premise(rule.head)
        parts.append(f"| {rule.name} | {if_} | {then} |\n")
    return "".join(parts)


def _premise(premise: Premise) -> str:
    if isinstance(premise, Pattern):
        if premise.predicate == RDF + "type":
            return f"`{_named(premise.subject)} a {_named(premise.object)}`"
        return f"`{' '.join(map(_named, (premise.subject, premise.predicate, premise.object)))}`"
    if isinstance(premise, Members):
        return f"`{' … '.join(premise.members)} ∈ {premise.list}`"
    if isinstance(premise, Each):
        word = "chain" if premise.chained else "each"
        held = ", ".join(map(_premise, premise.patterns))
        return f"{word} `{premise.member} ∈ {premise.list}`: {held}"
    return f"`{premise.left}` {premise.test} `{premise.right}`"


def _named(term: str) -> str:
    for prefix, namespace in (("rdf", RDF), ("rdfs", RDFS), ("owl", OWL), ("xsd", XSD)):
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return term


def _rows(store: ox.Store, query: str, prefixes: Prefixes) -> list[dict[str, str]]:
    found = store.query(prefixes.sparql_header() + query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [
        {
            name: prefixes.shorten(term.value)
            if isinstance(term, ox.NamedNode)
            else str(getattr(term, "value", term))
            for name in names
            if (term := row[name]) is not None
        }
        for row in found
    ]


def _diagram(classes: list[dict[str, str]], properties: list[dict[str, str]]) -> Iterator[str]:
    edges = [f"    {_node(row['parent'])} <|-- {_node(row['term'])}\n" for row in classes if "parent" in row]
    edges += [
        f"    {_node(row['domain'])} --> {_node(row['range'])} : {row['en']} {row['zh']}\n"
        for row in properties
        if "domain" in row and "range" in row and not row["range"].startswith("xsd:")
    ]
    if edges:
        yield "```mermaid\nclassDiagram\n"
        yield from dict.fromkeys(edges)
        yield "```\n\n"


def _node(curie: str) -> str:
    return curie.partition(":")[2] if curie.startswith("city:") else curie.replace(":", "_")


def _term_table(rows: list[dict[str, str]]) -> Iterator[str]:
    if rows:
        yield "| term | 中文 | meaning |\n|---|---|---|\n"
        terms = {row["term"]: row for row in rows}
        yield from (
            f"| `{name}` | {row['zh']} | {_cell(row['definition'])} |\n" for name, row in terms.items()
        )
        yield "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    """Write the pages, or with ``--check`` compare them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing, exit 1 when a page is out of date"
    )
    check = parser.parse_args().check
    stale = []
    for path, text in pages():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(ROOT))
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if check and stale:
        print("out of date, run `make docs`:", *stale, sep="\n  ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
