"""`citykg ask`: answer questions in Chinese, each with its query and its passages."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from citykg.cli.options import build_on_first_use, note_stale, open_project
from citykg.cli.render import write_text
from citykg.cli.values import INPUT_HINT, seconds
from citykg.cli.watchdog import DEFAULT_SECONDS, time_limit
from citykg.errors import CannotRun

if TYPE_CHECKING:
    from citykg.ask.asking import Asker
    from citykg.ask.model import Answer

__all__ = ["add_parser", "run"]

_SHOWN = 4

_EPILOG = """\
The answer comes first, then the passages that it rests on: who says it, where, and what of the question it
bears out. Without a question, questions are read from a prompt or from standard input, one a line. Exit
status 0 when answered, 1 when the graph does not know, the question is ambiguous or is none; 0 as well when
there is not one line to read.

examples:
  citykg ask 联顺制药项目总共要投多少钱
  citykg ask 哪些企业实现了数字化生产 --sparql
  citykg ask --format json < questions.txt
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "ask",
        help="answer a question in Chinese, with the query and the passages",
        description="Answer a question in Chinese from the graph alone.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "question", nargs="*", metavar="QUESTION", help="the question; without one, or with -, read lines"
    )
    parser.add_argument("-f", "--format", choices=("text", "json"), default="text", help="form of the answer")
    parser.add_argument("--sparql", action="store_true", help="show the query that was run")
    parser.add_argument(
        "--explain", action="store_true", help="show how the question was understood, and the score"
    )
    parser.add_argument(
        "--timeout",
        default=DEFAULT_SECONDS,
        type=seconds("--timeout"),
        metavar="SECONDS",
        help="give up after (default: 30)",
    )


def run(args: argparse.Namespace) -> int:
    """Answer one question, or every line of standard input."""
    from citykg.ask import open_asker

    worst = 0
    build_on_first_use(args)
    given = bool(args.question) and args.question != ["-"]
    with time_limit(args.timeout, hint="raise it with --timeout", color=args.color):
        project = open_project(args)
        asker = open_asker(project=project, store=args.store, many=not given)
    note_stale(args, project)
    for number, question in enumerate([" ".join(args.question)] if given else _asked(asker)):
        with time_limit(args.timeout, hint="raise it with --timeout", color=args.color):
            answer = asker.ask(question)
        _write(answer, args, apart=number > 0)
        worst = max(worst, 0 if answer.status == "answered" else 1)
    return worst


def _asked(asker: "Asker") -> Iterator[str]:
    """Yield the questions of standard input, one a line; at a terminal, with a prompt and line editing."""
    return _prompted(asker.index.message("prompt")) if sys.stdin.isatty() else _lines()


def _prompted(prompt: str) -> Iterator[str]:
    with suppress(ImportError):  # without it lines can be typed all the same
        import readline  # noqa: F401
    while True:
        try:
            if sys.stdout.isatty():
                text = input(prompt)
            else:  # what is written to a file is the answers alone
                print(prompt, end="", file=sys.stderr, flush=True)
                text = input()
        except EOFError:
            write_text("\n")
            return
        if text.strip():
            yield text


def _lines() -> Iterator[str]:
    while line := sys.stdin.buffer.readline():
        try:
            text = line.decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise CannotRun(
                "not-utf8", f"standard input: byte {error.start} of a line is not UTF-8", INPUT_HINT
            ) from error
        if text.strip():
            yield text


def _write(answer: "Answer", args: argparse.Namespace, *, apart: bool) -> None:
    if args.format == "json":
        write_text(json.dumps(answer.as_json(), ensure_ascii=False) + "\n")
    else:
        text = _text(answer, explain=args.explain, sparql=args.sparql)
        write_text(f"\n{text}\n" if apart else f"{text}\n")


def _text(answer: "Answer", *, explain: bool, sparql: bool) -> str:
    lines = [answer.text]
    for evidence in answer.evidence:
        parts = (evidence.speaker_label, evidence.place, _shortened(evidence.what))
        where = " · ".join(part for part in parts if part)
        lines.append(f"  {where}")
    if sparql and answer.sparql:
        lines += ["", answer.sparql.rstrip()]
    if explain:
        lines += ["", *_explained(answer)]
    return _printable("\n".join(lines))


def _shortened(what: Sequence[str]) -> str:
    """Return the first things that a passage bears out, and how many more there are."""
    more = len(what) - _SHOWN
    return "; ".join(what[:_SHOWN]) + (f"; … (+{more})" if more > 0 else "")


def _explained(answer: "Answer") -> Iterator[str]:
    for word in answer.reading.get("words", ()):
        yield f"  {word['text']}: {', '.join(word['senses']) or '–'}"
    if "score" in answer.reading:
        yield f"  {answer.reading['kind']}: {answer.reading['score']:.2f}"
        for part in answer.reading["parts"]:
            yield f"    {part['points']:+.2f} {part['what']}"


def _printable(text: str) -> str:
    """Leave out what a question may have brought that would steer a terminal."""
    return "".join(c for c in text if c == "\n" or c.isprintable())
