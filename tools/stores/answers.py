"""Do all stores answer the stored queries as the embedded one does? Writes docs/stores/answers.md.

python tools/stores/answers.py             with the stores that make stores has installed
"""

import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from servers import KINDS, Missing, start

from citykg.endpoints import Credentials, Endpoint, EndpointStore, connect
from citykg.errors import CannotRun
from citykg.export import StoreSource
from citykg.library import read_query
from citykg.literals import by_value
from citykg.load import graph_counts, load, make_plan, prune, stale_graphs
from citykg.opening import open_store
from citykg.prefixes import read_prefixes
from citykg.project import Project
from citykg.query import prepare_stored, run_query
from citykg.results import Solutions
from citykg.store import EmbeddedStore, Store

__all__ = ["Question", "answer", "compared", "filled", "questions"]

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "stores" / "answers.md"


@dataclass(frozen=True)
class Question:
    """A stored query with parameters."""

    query: Path
    case: str
    values: dict[str, str]

    def __str__(self) -> str:
        return f"{self.query.stem}.{self.case}" if self.case else self.query.stem


def questions() -> Iterator[Question]:
    """Yield every stored query as the tests of queries ask it."""
    cases = tomllib.loads((_ROOT / "tests" / "queries" / "cases.toml").read_text(encoding="utf-8"))
    for path in sorted(Project(_ROOT).queries(), key=lambda path: path.stem):
        if not any(parameter.required for parameter in read_query(path).parameters):
            yield Question(path, "", {})
        for name, values in cases.get(path.stem, {}).items():
            yield Question(path, name, values)


def answer(store: Store, question: Question) -> list[str]:
    """Return the rows of an answer, one text each, literals by value."""
    prefixes = read_prefixes(Project(_ROOT).prefix_file())
    prepared = prepare_stored(read_query(question.query), question.values, store=store, prefixes=prefixes)
    try:
        found = run_query(store, prepared)
    except CannotRun as error:
        return [f"error: {error.message}"]
    if isinstance(found, Solutions):
        return ["\t".join("" if term is None else by_value(str(term)) for term in row) for row in found.rows]
    return [str(found)]


def compared(here: list[str], there: list[str]) -> str:
    """Say how two answers differ."""
    if here == there:
        return "identical"
    return "other order" if sorted(here) == sorted(there) else "differs"


def filled(source: StoreSource, endpoint: Endpoint) -> EndpointStore:
    """Load a dataset, and nothing else of citykg, into a store."""
    plan = make_plan(graph_counts(source), endpoint)
    load(source, endpoint, plan)
    prune(stale_graphs(plan, endpoint.source()), endpoint)
    return EndpointStore(endpoint)


def _main() -> None:
    project = Project(_ROOT)
    embedded = open_store(project)
    if not isinstance(embedded, EmbeddedStore):
        sys.exit("build the shipped graph first: citykg build")
    source = StoreSource(embedded.graph)
    asked = {str(question): question for question in questions()}
    here = {name: answer(embedded, question) for name, question in asked.items()}
    columns: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory(prefix="citykg-answers-") as folder:
        for kind in KINDS:
            try:
                server = start(kind, Path(folder) / kind)
            except Missing as missing:
                sys.exit(f"the table needs all stores: {missing}")
            try:
                found = server.environment
                credentials = Credentials(found.get("CITYKG_USER", ""), found.get("CITYKG_PASSWORD", ""))
                store = filled(source, connect(server.url, credentials=credentials))
                columns[kind] = {
                    name: compared(here[name], answer(store, question)) for name, question in asked.items()
                }
            finally:
                server.stop()
    lines = [
        "# Stored queries on every store",
        "",
        "Written by `python tools/stores/answers.py`; do not edit. Each stored query, asked of the embedded",
        "store and through `--store URL` of each server after `citykg load`. Literals are compared by value;",
        "*other order*: the same rows by another collation.",
        "",
        "| query | rows | " + " | ".join(columns) + " |",
        "|---|--:|" + "---|" * len(columns),
    ]
    for name in asked:
        cells = " | ".join(column[name] for column in columns.values())
        lines.append(f"| {name} | {len(here[name])} | {cells} |")
    _PAGE.parent.mkdir(parents=True, exist_ok=True)
    _PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    wrong = sum(cell == "differs" for column in columns.values() for cell in column.values())
    print(f"{_PAGE.relative_to(_ROOT)}: {len(asked)} questions, {wrong} answers differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    _main()
