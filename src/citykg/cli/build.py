"""``citykg build``: make the store of a project and report on it."""

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from citykg.build import FAIL_ON, BuildResult, Outcome, build
from citykg.cli.options import open_project
from citykg.cli.render import is_terminal, note, render_error, use_colour, write_text
from citykg.errors import CannotRun
from citykg.manifest import Engines
from citykg.project import Project

if TYPE_CHECKING:
    from citykg.assemble import Assembly

__all__ = ["add_parser", "run"]

_DESCRIPTION = """\
Parse the knowledge files, add what follows from them (OWL 2 RL), validate, and write the store that all
other verbs read. Nothing is done when nothing has changed. When data files have, only what that touches is
reasoned, validated and written again; when anything else has, or more may follow, all is built anew, and the
first line says why. Either way the store is the same.

  citykg build                                  the nearest project, or the packaged graph
  citykg build --article texts/                 check the passages against the text of the articles as well
  citykg build --watch                          build again whenever a file is saved, until Ctrl-C
  citykg build --reasoner owlrl --validator pyshacl   with the reference engines
"""

_EPILOG = """\
Violations are reported, exit with 1 and leave the store that stood before in place: readers never see a
half or a wrong graph. The text of an article is looked for in --article, in the folder that CITYKG_ARTICLES
names (<article>.txt), and beside article.ttl (text.txt); a passage whose digest differs stops the build.
With --watch the terminal shows the outcome of the latest build: what is wrong, with file and line, or that
the store is up to date. Readers go on with the store that stands. Ctrl-C ends it, with exit 0.
The store goes to .citykg in the project, that of the packaged graph to the user's cache folder or to
the one that CITYKG_CACHE names.
"""

_SHOWN = 20  # results that a refused build shows; citykg validate shows all

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "built": "built",
        "unchanged": "nothing has changed",
        "switched": "went back to an earlier build of the same files",
        "refused": "not built",
        "articles": "articles",
        "passages": "passages",
        "things": "things",
        "asserted": "asserted",
        "inferred": "inferred",
        "validation": "validation",
        "texts": "texts",
        "store": "store",
        "triples": "triples in {graphs} graphs",
        "inferred triples": "triples",
        "left out": "left out",
        "violation": "violations",
        "warning": "warnings",
        "info": "infos",
        "contradictions": "contradictions",
        "digests": "passages agree with their digests",
        "kept": "the store that stood before stays in place",
        "none": "no store yet",
        "see": "citykg {verb} shows them",
        "parse": "reading files",
        "reason": "reasoning",
        "validate": "validating",
        "index": "counting",
        "wait": "waiting for another build",
        "seconds": "took {seconds:.1f} s",
        "watching": "watching {root} - Ctrl-C ends",
        "changed": "changed",
        "more lines": "… {number} more lines: citykg validate shows them",
        "followed": "built, only what has changed",
        "whole": "built, everything anew: {why}",
        "basis": "the store that stood has not kept what goes on from it",
        "engines": "other engines",
        "file": "{what} has changed",
        "spellings": "a value stands in two spellings",
        "ontology": "data that rules are made of have changed",
        "equality": "what is the same as something else has changed",
        "literals": "conclusions rest on what values are",
        "contradiction": "contradictions, now or before",
        "large": "too much follows from what has changed",
        "results": "results may change elsewhere: {what}",
    },
    "zh": {
        "built": "已构建",
        "unchanged": "没有变化",
        "switched": "已切换到相同内容的先前构建",
        "refused": "未构建",
        "articles": "文章",
        "passages": "语段",
        "things": "事物",
        "asserted": "断言",
        "inferred": "推理",
        "validation": "校验",
        "texts": "原文",
        "store": "存储",
        "triples": "条三元组，{graphs} 个图",
        "inferred triples": "条三元组",
        "left out": "未执行",
        "violation": "处违规",
        "warning": "处警告",
        "info": "处提示",
        "contradictions": "处矛盾",
        "digests": "个语段与摘要一致",
        "kept": "原有存储保持不变",
        "none": "尚无存储",
        "see": "用 citykg {verb} 查看",
        "parse": "读取文件",
        "reason": "推理",
        "validate": "校验",
        "index": "统计",
        "wait": "等待另一个构建",
        "seconds": "用时 {seconds:.1f} 秒",
        "watching": "正在监视 {root}，按 Ctrl-C 结束",
        "changed": "已更改",
        "more lines": "…… 另有 {number} 行，用 citykg validate 查看",
        "followed": "已构建，仅处理有变化的部分",
        "whole": "已全部重新构建：{why}",
        "basis": "原有存储未保留可供续建的内容",
        "engines": "引擎不同",
        "file": "{what} 已更改",
        "spellings": "同一数值有两种写法",
        "ontology": "规则所依据的数据已更改",
        "equality": "与其他事物等同者已更改",
        "literals": "有结论取决于数值本身",
        "contradiction": "此前或现在存在矛盾",
        "large": "由变化推出的内容过多",
        "results": "其他结果可能随之变化：{what}",
    },
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the parser of ``build``."""
    parser = subparsers.add_parser(
        "build",
        help="parse, reason, validate and index the project's graph",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    default = Engines()
    parser.add_argument(
        "--article",
        type=Path,
        metavar="FILE",
        help="the article's text, or a folder with <article>.txt files: check every passage's digest",
    )
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default=FAIL_ON[0],
        help="the least severity that keeps the new store from being used (default: %(default)s)",
    )
    parser.add_argument("--keep-going", action="store_true", help="use the new store whatever is wrong in it")
    parser.add_argument(
        "--reasoner",
        choices=("fast", "owlrl", "none"),
        default=default.reasoner,
        help="engine of the OWL 2 RL closure; owlrl is the reference (default: %(default)s)",
    )
    parser.add_argument(
        "--validator",
        choices=("fast", "pyshacl", "none"),
        default=default.validator,
        help="SHACL engine; pyshacl is the reference (default: %(default)s)",
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on, and build again whenever files have changed, until Ctrl-C",
    )
    parser.add_argument(
        "--wait",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how long to wait for another build of this project (default: 60)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build and report; 1 when the graph was refused."""
    project = open_project(args)
    if args.watch:
        return _watch(project, args)
    text, took, status = _build(project, args)
    write_text(text)
    if took:
        note(args, took)
    return status


def _watch(project: Project, args: argparse.Namespace) -> int:
    """Build whenever files have changed, and keep the outcome on the screen."""
    from citykg.watch import changes

    words = _WORDS[args.lang]
    colour = use_colour(args.color, sys.stdout)
    try:
        for changed in changes(project, article=args.article):
            try:
                text, took, _ = _build(project, args)
            except CannotRun as error:
                text, took = render_error(error, colour=colour) + "\n", ""
            args.force = False  # the first build only
            head = [words["watching"].format(root=project.root)]
            if changed:
                head.append(f"{words['changed']}: {', '.join(changed)}")
            foot = [line for line in (took,) if line]
            _show([*head, "", *text.splitlines(), *foot], words)
    except KeyboardInterrupt:
        write_text("\n")
    return 0


def _show(lines: list[str], words: Mapping[str, str]) -> None:
    """Write lines in the place of those before or, into a pipe, behind them."""
    if not is_terminal(sys.stdout):
        write_text("\n".join(lines) + "\n\n")
        return
    import shutil

    size = shutil.get_terminal_size()
    rows = [max(1, -(-_width(line) // size.columns)) for line in lines]
    shown = len(lines)
    while shown > 1 and sum(rows[:shown]) >= size.lines - 1:
        shown -= 1
    if shown < len(lines):
        lines = [*lines[:shown], words["more lines"].format(number=len(lines) - shown)]
    write_text("\x1b[2J\x1b[H" + "\n".join(lines) + "\n")


def _build(project: Project, args: argparse.Namespace) -> tuple[str, str, int]:
    """Build once; return the report, how long it took (empty when nothing was done), and the exit status."""
    words = _WORDS[args.lang]
    progress = not args.quiet and is_terminal(sys.stderr)

    def on_stage(stage: str) -> None:
        if progress:
            print(f"\r\x1b[K{words[stage]} …", end="", file=sys.stderr, flush=True)
        elif stage == "wait":
            note(args, f"{words[stage]} …")

    begun = time.monotonic()
    try:
        result = build(
            project,
            engines=Engines(args.reasoner, args.validator),
            article=args.article,
            fail_on=args.fail_on,
            keep_going=args.keep_going,
            force=args.force,
            wait=args.wait,
            on_stage=on_stage,
        )
    finally:
        if progress:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    text = ""
    if result.assembly is not None:
        text = _contradictions(project, result.assembly, args) + _findings(project, result.assembly, args)
    text += _report(project, result, words)
    took = ""
    if result.outcome is not Outcome.UNCHANGED:
        took = words["seconds"].format(seconds=time.monotonic() - begun)
    return text, took, int(result.outcome is Outcome.REFUSED)


def _report(project: Project, result: BuildResult, words: Mapping[str, str]) -> str:
    manifest = result.manifest
    counts = manifest.counts
    rows = [(words[name], f"{counts[name]:,}", "") for name in ("articles", "passages", "things")]
    rows.append(
        (
            words["asserted"],
            f"{counts['asserted']:,}",
            words["triples"].format(graphs=f"{counts['graphs']:,}"),
        )
    )
    rows.append((words["inferred"], f"{counts['inferred']:,}", words["inferred triples"]))
    if result.checked:
        rows.append((words["texts"], f"{sum(result.checked.values()):,}", words["digests"]))
    lines = [_outcome(result, words)]
    labels = [*(label for label, _, _ in rows), words["validation"], words["store"]]
    label_width = max(_width(label) for label in labels) + 2
    number_width = max(len(number) for _, number, _ in rows)
    for label, number, rest in rows:
        lines.append(
            f"  {label}{' ' * (label_width - _width(label))}{number:>{number_width}} {rest}".rstrip()
        )
    lines.append(
        f"  {_padded(words['validation'], label_width)}{_validation(manifest.validation, counts, words)}"
    )
    where = str(project.cache_dir) if result.folder is None else f"{result.folder}"
    if result.outcome is Outcome.REFUSED:
        where = words["none"] if result.folder is None else f"{where} ({words['kept']})"
    lines.append(f"  {_padded(words['store'], label_width)}{where}")
    return "\n".join(lines) + "\n"


def _outcome(result: BuildResult, words: Mapping[str, str]) -> str:
    """Return what was done, and for a store that stood before whether all of it was made anew."""
    if result.outcome is not Outcome.BUILT:
        return words[result.outcome.value]
    if result.whole is None:
        return words["followed"]
    if result.whole.why in ("first", "forced"):
        return words["built"]
    return words["whole"].format(why=words[result.whole.why].format(what=result.whole.what))


def _validation(
    results: Mapping[str, int] | None, counts: Mapping[str, int], words: Mapping[str, str]
) -> str:
    if results is None:
        parts = [words["left out"]]
    else:
        parts = [f"{number:,} {words[severity]}" for severity, number in results.items()]
    if counts["contradictions"]:
        parts.append(f"{counts['contradictions']:,} {words['contradictions']}")
    text = ", ".join(parts)
    if any((results or {}).values()) or counts["contradictions"]:
        verb = "explain --violations" if counts["contradictions"] else "validate"
        return f"{text} ({words['see'].format(verb=verb)})"
    return text


def _findings(project: Project, assembly: "Assembly", args: argparse.Namespace) -> str:
    """Return what is wrong, each with its place; empty when nothing is as grave as --fail-on."""
    from dataclasses import replace

    from citykg.checks import read_checks
    from citykg.cli import findings
    from citykg.prefixes import read_prefixes
    from citykg.shacl.findings import find
    from citykg.validate import Severity, asserted_store

    prefixes = read_prefixes(project.prefix_file())
    report = assembly.report
    if report is None or not report.fails(Severity(args.fail_on.capitalize())):
        return ""
    gravest = sorted(report.results, key=lambda result: Severity.of(result.severity).rank)
    shown = replace(report, results=tuple(gravest[:_SHOWN]))
    store = asserted_store(assembly.data)
    found = find(shown, assembly.data, store, checks=read_checks(project))
    colour = use_colour(args.color, sys.stdout)
    text = findings.text(report, found, store=store, prefixes=prefixes, lang=args.lang, colour=colour)
    return text + "\n"


def _contradictions(project: Project, assembly: "Assembly", args: argparse.Namespace) -> str:
    """Return the proofs of the first contradictions, down to passages and axioms."""
    from itertools import islice

    if not assembly.closure.contradictions:
        return ""
    from citykg.breaches import Breaches
    from citykg.cli.explain_text import Wording, texts_of
    from citykg.cli.render import as_text
    from citykg.prefixes import read_prefixes

    prefixes = read_prefixes(project.prefix_file())
    breaches = Breaches(assembly.data, assembly.closure, language=args.lang)
    parts = []
    for breach in islice(breaches.contradictions(), _SHOWN):
        texts = texts_of(breach.facts, project, args.article)
        parts.append(Wording(breach.labels, args, prefixes, texts).breach(breach))
    return as_text(args, *parts)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return the columns that a terminal gives a text: two for a wide character."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
