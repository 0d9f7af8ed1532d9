"""How well questions are answered and names found: accuracy, refusals, passages, milliseconds, recall.

python benchmarks/ask.py [--set SET] [--questions FILE] [--failures]

Every question is asked three times, each time of a graph that is opened anew and has not been asked it
before. The least of the three is what it takes: other processes on the machine only add to it.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))

from figures import Figure, add_output, at_least, at_most, beside, write

ROOT = Path(__file__).parents[1]
SECOND_CITY = ROOT / "tests" / "ask" / "second-city"
#: Rules are written with the first in view, and with the second once it had been measured; the third is
#: written and read by others; of the last but one none can be answered.
SETS = {
    "development": ROOT / "tests" / "ask" / "questions.yaml",
    "opened": ROOT / "tests" / "ask" / "opened.yaml",
    "held-out": ROOT / "tests" / "ask" / "held-out.yaml",
    "elsewhere": ROOT / "tests" / "ask" / "elsewhere.yaml",
    "second city": SECOND_CITY / "questions.yaml",
}
EXACT = 1e-6
ROUNDED = 0.005  # a quotient is told with two digits
TIMES = 3  # that a question is asked
MOST_MILLISECONDS = 50  # a question in a running process
REFUSED_ELSEWHERE = 99  # of a hundred questions about what the graph does not have
REFUSED_KINDS = ("false premise", "unanswerable", "off-topic", "ill-formed")


@dataclass
class Result:
    """What one question came to."""

    kind: str
    question: str
    right: bool
    answered: bool
    cited: bool
    executable: bool
    milliseconds: float
    text: str


@dataclass
class Report:
    """What a set of questions came to."""

    results: list[Result] = field(default_factory=list)

    def share(self, results: Iterable[Result], what: str) -> float:
        chosen = list(results)
        return sum(bool(getattr(r, what)) for r in chosen) / len(chosen) if chosen else 1.0

    @property
    def accuracy(self) -> float:
        return self.share(self.results, "right")

    @property
    def wrong(self) -> float:
        """Share of wrong answers among those given."""
        answered = [r for r in self.results if r.answered]
        return 1.0 - self.share(answered, "right") if answered else 0.0

    def refused(self, *kinds: str) -> float:
        """Share of questions of some kinds that are not answered."""
        return 1.0 - self.share([r for r in self.results if r.kind in kinds], "answered")

    @property
    def refusal_precision(self) -> float:
        """Share of questions that may not be answered among those that are refused."""
        return self.share([r for r in self.results if not r.answered], "right")

    @property
    def executable(self) -> float:
        return self.share([r for r in self.results if r.answered], "executable")

    @property
    def cited(self) -> float:
        return self.share([r for r in self.results if r.answered and r.right], "cited")


def read_entries(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


def gold(entry: Mapping[str, Any], asker: Any) -> tuple[str, Any]:
    """Return what the graph answers: a refusal, things, things with a figure each, values, a truth or a time.

    Raises:
        ValueError: the gold query has no answer, or is false where nothing says that it is known to be.
    """
    from citykg.ask.telling.wording import period_label

    if entry.get("status"):
        return "refusal", None
    prefixes = asker.writer.prefixes
    header = "".join(f"PREFIX {prefix}: <{prefixes[prefix]}>\n" for prefix in prefixes)
    answer = asker.store.query(header + entry["sparql"])
    if entry["sparql"].startswith("ASK"):
        if answer.value == bool(entry.get("no")):
            raise ValueError(f"the graph says otherwise: {entry['sparql']}")
        return "truth", asker.index.message("yes" if answer.value else "no")
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    if not rows:
        raise ValueError(f"the gold query has no answer: {entry['sparql']}")
    figure = "value" if "value" in rows[0] else "count" if "count" in rows[0] else ""
    if "x" in rows[0] and figure:
        return "groups", [(row["x"].value, float(row[figure].value)) for row in rows]
    if "x" in rows[0]:
        return "things", [row["x"].value for row in rows]
    if "time" in rows[0]:
        return "time", period_label(rows[0]["time"].value.partition("T")[0], asker.index)
    return "values", [float(row[figure].value) for row in rows]


def is_right(entry: Mapping[str, Any], expected: tuple[str, Any], answer: Any) -> bool:
    kind, wanted = expected
    if kind == "refusal" or answer.status != "answered":
        return bool(kind == "refusal" and answer.status != "answered")
    if kind == "things":
        found = [item.iri for item in answer.answers]
        return bool(found == wanted if entry.get("ordered") else set(found) == set(wanted))
    if kind == "groups":
        pairs, wanted = [(item.iri or "", item.value) for item in answer.answers], list(wanted)
        if not entry.get("ordered"):
            pairs, wanted = sorted(pairs), sorted(wanted)
        values, figures = [value for _, value in pairs], [value for _, value in wanted]
        same = [thing for thing, _ in pairs] == [thing for thing, _ in wanted]
        return same and are_near(values, figures, {**entry, "ordered": True})
    if kind == "values":
        return are_near([item.value for item in answer.answers], wanted, entry)
    if kind == "truth":
        return bool(answer.answers[0].label == wanted)
    return any(item.label == wanted for item in answer.answers)


def are_near(values: list[float | None], wanted: list[float], entry: Mapping[str, Any]) -> bool:
    """Whether figures are those wanted: exactly, or as a quotient is told where the entry says so."""
    figures = [value for value in values if value is not None]
    if not len(figures) == len(values) == len(wanted):
        return False
    if not entry.get("ordered"):
        figures, wanted = sorted(figures), sorted(wanted)
    margin = ROUNDED if entry.get("rounded") else EXACT
    return all(abs(a - b) <= margin * max(1.0, abs(b)) for a, b in zip(figures, wanted, strict=True))


def timed(asker: Any, question: str) -> tuple[Any, float]:
    """Return the answer to a question, and the milliseconds of processor time that it took."""
    started = time.process_time()
    answer = asker.ask(question)
    return answer, (time.process_time() - started) * 1000


def evaluate(asker: Any, entries: Iterable[Mapping[str, Any]]) -> Report:
    """Ask every question of a set."""
    report = Report()
    for entry in entries:
        expected = gold(entry, asker)
        for question in entry["wordings"]:
            answer, spent = timed(asker, question)
            passages = {e.passage.rpartition("#")[2] for e in answer.evidence}
            cited = not entry.get("passages") or bool(passages & set(entry["passages"]))
            executable = True
            if answer.sparql:
                try:
                    asker.store.query(answer.sparql)
                except (SyntaxError, ValueError):
                    executable = False
            answered = answer.status == "answered"
            right = is_right(entry, expected, answer)
            report.results.append(
                Result(entry["kind"], question, right, answered, cited, executable, spent, answer.text)
            )
    return report


def ask_again(asker: Any, report: Report) -> None:
    """Ask every question of a set of a graph that is open anew, and keep the less time of the two."""
    for result in report.results:
        result.milliseconds = min(result.milliseconds, timed(asker, result.question)[1])


def recall(store: Any) -> dict[str, tuple[int, float]]:
    """Look up each name, as it is and with a wrong character in it: how many, and the share found."""
    from citykg.search import search
    from citykg.search_index import index_of

    named = [n for n in index_of(store).named if n.kind in ("label", "alias") and n.layer == 0]

    def share(asked: list[tuple[str, str]]) -> tuple[int, float]:
        found = sum(thing in {hit.thing for hit in search(store, text)} for text, thing in asked)
        return len(asked), found / len(asked)

    return {
        "labels": share([(n.name, n.thing) for n in named if n.kind == "label"]),
        "aliases": share([(n.name, n.thing) for n in named if n.kind == "alias"]),
        "names with a wrong character": share(
            [(f"{n.name[:2]}某{n.name[3:]}", n.thing) for n in named if len(n.name) >= 4]
        ),
    }


def second_city_project(folder: Path) -> Any:
    """Lay out the made-up city as a project: its own data, the ontology and lexicon as they ship."""
    import shutil

    from citykg.project import Project

    shutil.copytree(ROOT / "ontology", folder / "ontology")
    shutil.copytree(SECOND_CITY / "data", folder / "data")
    shutil.copytree(ROOT / "data" / "lexicon", folder / "data" / "lexicon")
    return Project.find(folder)


def print_report(report: Report, *, failures: bool) -> None:
    by_kind: dict[str, list[Result]] = defaultdict(list)
    for result in report.results:
        by_kind[result.kind].append(result)
    print(f"{'kind':<14} {'asked':>5} {'right':>6} {'answered':>8} {'wrong':>5}")
    for kind, results in by_kind.items():
        answered = [r for r in results if r.answered]
        wrong = sum(not r.right for r in answered)
        print(
            f"{kind:<14} {len(results):>5} {report.share(results, 'right'):>6.1%} "
            f"{len(answered):>8} {wrong:>5}"
        )
    times = sorted(r.milliseconds for r in report.results)
    print(
        f"\n{len(report.results)} questions, {report.accuracy:.1%} right; "
        f"of the answers {report.wrong:.1%} wrong; "
        f"{report.executable:.1%} of the queries run; "
        f"{report.cited:.1%} of the right answers cite a gold passage; "
        f"refused: unanswerable {report.refused(*REFUSED_KINDS):.1%}, "
        f"from elsewhere {report.refused('off-topic'):.1%}, "
        f"precision of refusals {report.refusal_precision:.1%}; "
        f"processor time: median {times[len(times) // 2]:.0f} ms, "
        f"95 in 100 under {times[int(len(times) * 0.95)]:.0f} ms, "
        f"{sum(t > MOST_MILLISECONDS for t in times)} over {MOST_MILLISECONDS} ms, "
        f"the slowest {times[-1]:.0f} ms"
    )
    if failures:
        for result in report.results:
            if not result.right:
                print(f"  {result.kind}: {result.question} -> {result.text}")


def figures(report: Report, which: str) -> Iterator[Figure]:
    """Yield what a run came to."""
    questions = f"ask, {which}: {len(report.results)} questions"
    refused = 100 * report.refused(*REFUSED_KINDS)
    if all(result.kind in REFUSED_KINDS for result in report.results):
        yield at_least(f"{questions}, refused", refused, REFUSED_ELSEWHERE, "%", digits=1)
    else:
        cited = 100 * report.cited
        yield beside(f"{questions}, right", 100 * report.accuracy, "%", digits=1)
        yield beside(f"{questions}, wrong among the answers", 100 * report.wrong, "%", digits=1)
        yield beside(f"{questions}, unanswerable ones refused", refused, "%", digits=1)
        yield beside(f"{questions}, precision of refusals", 100 * report.refusal_precision, "%", digits=1)
        yield beside(f"{questions}, queries that run", 100 * report.executable, "%", digits=1)
        yield beside(f"{questions}, right answers that cite a gold passage", cited, "%", digits=1)
    times = sorted(r.milliseconds for r in report.results)
    yield beside(f"{questions}, processor time, median", times[len(times) // 2], "ms", digits=0)
    for what, place in (("99 in 100 within", int(len(times) * 0.99)), ("the slowest", -1)):
        name = f"{questions}, processor time, {what}"
        yield at_most(name, times[place], MOST_MILLISECONDS, "ms", digits=0)


def main() -> None:
    from citykg.ask import open_asker
    from citykg.build import build
    from citykg.project import Project

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--set", choices=tuple(SETS), help="default: all, one after the other")
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        help="a set of your own, in the form of tests/ask/questions.yaml",
    )
    parser.add_argument("--failures", action="store_true", help="print what went wrong; not for held-out")
    add_output(parser)
    args = parser.parse_args()
    found: list[Figure] = []
    sets = {"own": args.questions} if args.questions else {args.set: SETS[args.set]} if args.set else SETS
    shipped = Project.find(ROOT)
    build(shipped, keep_going=True)  # nothing is done where the store stands
    with tempfile.TemporaryDirectory() as folder:
        for which, path in sets.items():
            project = shipped
            if which == "second city":
                project = second_city_project(Path(folder) / "city")
                build(project, keep_going=True)
            print(f"\n== {which}")
            report = evaluate(open_asker(project=project), read_entries(path))
            for _ in range(TIMES - 1):
                ask_again(open_asker(project=project), report)
            print_report(report, failures=args.failures and which != "held-out")
            found += figures(report, which)
    if sets is SETS:
        print("\n== search")
        for what, (asked_for, share) in recall(open_asker(project=shipped).store).items():
            print(f"{asked_for} {what}: {share:.1%} found")
            found.append(beside(f"search: {asked_for} {what}, found", 100 * share, "%", digits=1))
    write(args.output, found)


if __name__ == "__main__":
    sys.exit(main())
