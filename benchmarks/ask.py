"""How well questions are answered: accuracy by kind, wrong answers, refusals, passages, milliseconds.

python benchmarks/ask.py [--set development|held-out|all] [--city second] [--failures]
"""

import argparse
import hashlib
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

from figures import Figure, add_output, beside, write

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "ask" / "questions.yaml"
SECOND_CITY = ROOT / "tests" / "ask" / "second-city"
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
    def executable(self) -> float:
        return self.share([r for r in self.results if r.answered], "executable")

    @property
    def cited(self) -> float:
        return self.share([r for r in self.results if r.answered and r.right], "cited")


def held_out(question: str) -> bool:
    """Whether a question belongs to the third that is kept apart."""
    return int(hashlib.sha256(question.encode()).hexdigest(), 16) % 3 == 0


def read_entries(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


def gold(entry: Mapping[str, Any], asker: Any) -> tuple[str, Any]:
    """Return what is expected: a refusal, things, a value, a truth or a time."""
    if entry.get("status"):
        return "refusal", None
    if entry.get("time"):
        return "time", entry["time"]
    if entry["sparql"].startswith("ASK"):
        return "truth", asker.index.message("no" if entry.get("no") else "yes")
    prefixes = asker.writer.prefixes
    header = "".join(f"PREFIX {prefix}: <{prefixes[prefix]}>\n" for prefix in prefixes)
    answer = asker.store.query(header + entry["sparql"])
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    if "x" in rows[0]:
        return "things", {row["x"].value for row in rows}
    term = rows[0].get("value", rows[0].get("count"))
    return "value", float(term.value)


def is_right(expected: tuple[str, Any], answer: Any) -> bool:
    kind, wanted = expected
    if kind == "refusal":
        return answer.status != "answered"
    if answer.status != "answered":
        return False
    if kind == "things":
        return {item.iri for item in answer.answers} == wanted
    if kind == "value":
        values = [item.value for item in answer.answers]
        return (
            len(values) == 1
            and values[0] is not None
            and abs(values[0] - wanted) < 1e-6 * max(1.0, abs(wanted))
        )
    if kind == "truth":
        return answer.answers[0].label == wanted
    digits = str(int(wanted[:4])) + "".join(str(int(part)) for part in wanted.split("-")[1:])
    return any("".join(c for c in item.label if c.isdigit()) == digits for item in answer.answers)


def evaluate(asker: Any, entries: Iterable[Mapping[str, Any]], *, which: str = "all") -> Report:
    """Ask every question of a set."""
    report = Report()
    for entry in entries:
        expected = gold(entry, asker)
        for question in entry["wordings"]:
            if which != "all" and held_out(question) != (which == "held-out"):
                continue
            started = time.perf_counter()
            answer = asker.ask(question)
            spent = (time.perf_counter() - started) * 1000
            passages = {e.passage.rpartition("#")[2] for e in answer.evidence}
            cited = not entry.get("passages") or bool(passages & set(entry["passages"]))
            executable = True
            if answer.sparql:
                try:
                    asker.store.query(answer.sparql)
                except (SyntaxError, ValueError):
                    executable = False
            answered = answer.status == "answered"
            right = is_right(expected, answer)
            report.results.append(
                Result(entry["kind"], question, right, answered, cited, executable, spent, answer.text)
            )
    return report


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
        f"from elsewhere {report.refused('off-topic'):.1%}; "
        f"median {times[len(times) // 2]:.0f} ms, 95 in 100 under {times[int(len(times) * 0.95)]:.0f} ms"
    )
    if failures:
        for result in report.results:
            if not result.right:
                print(f"  {result.kind}: {result.question} -> {result.text}")


def figures(report: Report, which: str) -> Iterator[Figure]:
    """Yield what a run came to."""
    questions = f"ask, {which}: {len(report.results)} questions"
    yield beside(f"{questions}, right", 100 * report.accuracy, "%", digits=1)
    yield beside(f"{questions}, wrong among the answers", 100 * report.wrong, "%", digits=1)
    yield beside(
        f"{questions}, unanswerable ones refused", 100 * report.refused(*REFUSED_KINDS), "%", digits=1
    )
    yield beside(f"{questions}, right answers that cite a gold passage", 100 * report.cited, "%", digits=1)
    times = sorted(r.milliseconds for r in report.results)
    yield beside(f"{questions}, median", times[len(times) // 2], "ms", digits=0)


def main() -> None:
    from citykg.ask import open_asker
    from citykg.build import build
    from citykg.project import Project

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--set", choices=("development", "held-out", "all"), help="default: both, one after the other"
    )
    parser.add_argument("--failures", action="store_true", help="print what went wrong")
    add_output(parser)
    args = parser.parse_args()
    found: list[Figure] = []
    build(Project.find(ROOT), keep_going=True)  # nothing is done where the store stands
    asker = open_asker(project=Project.find(ROOT))
    for which in [args.set] if args.set else ["development", "held-out"]:
        print(f"\n== {which}")
        report = evaluate(asker, read_entries(QUESTIONS), which=which)
        print_report(report, failures=args.failures)
        found += figures(report, which)
    if not args.set:
        with tempfile.TemporaryDirectory() as folder:
            project = second_city_project(Path(folder) / "city")
            build(project, keep_going=True)
            print("\n== second city")
            report = evaluate(open_asker(project=project), read_entries(SECOND_CITY / "questions.yaml"))
            print_report(report, failures=args.failures)
            found += figures(report, "second city")
    write(args.output, found)


if __name__ == "__main__":
    sys.exit(main())
