"""What ``citykg build`` says of a build to people."""

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from citykg.build import BuildResult, Outcome
from citykg.cli.render import use_colour
from citykg.counted import counted, word_for
from citykg.project import Project

if TYPE_CHECKING:
    from citykg.assemble import Assembly

__all__ = ["WORDS", "as_text", "width"]

_SHOWN = 20  # results that a refused build shows; citykg validate shows all

WORDS: Mapping[str, Mapping[str, str]] = {
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
        "triples": "triple|triples",
        "in graphs": " in {}",
        "graphs": "graph|graphs",
        "inferred triples": "triple|triples",
        "left out": "left out",
        "violation": "violation|violations",
        "warning": "warning|warnings",
        "info": "info|infos",
        "contradictions": "contradiction|contradictions",
        "digests": "passage agrees with its digest|passages agree with their digests",
        "edited": "warning: {file} is not the file that {article} describes, though its passages agree",
        "expected": "expected",
        "found": "found",
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
        "damaged": "the store that stood is damaged",
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
        "triples": "条三元组",
        "in graphs": "，{}",
        "graphs": "个图",
        "inferred triples": "条三元组",
        "left out": "未执行",
        "violation": "处违规",
        "warning": "处警告",
        "info": "处提示",
        "contradictions": "处矛盾",
        "digests": "个语段与摘要一致",
        "edited": "警告：{file} 不是 {article} 所描述的文件，但各语段一致",
        "expected": "应为",
        "found": "实为",
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
        "damaged": "原有存储已损坏",
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


def as_text(project: Project, result: BuildResult, args: argparse.Namespace) -> str:
    """Return what is not read and what is wrong, where the build has found that, and the report below it."""
    text = ""
    if result.unread:
        from citykg.cli import unread_text

        text = unread_text.as_text(result.unread, args.lang)
    words = WORDS[args.lang]
    for one in result.edited:
        text += words["edited"].format(file=one.file, article=one.article) + "\n"
        text += f"  {words['expected']:8} {one.expected}\n  {words['found']:8} {one.found}\n"
    if result.assembly is not None:
        text += _contradictions(project, result.assembly, args) + _findings(project, result.assembly, args)
    return text + _report(project, result, words)


def width(text: str) -> int:
    """Return the columns that a terminal gives a text: two for a wide character."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _report(project: Project, result: BuildResult, words: Mapping[str, str]) -> str:
    manifest = result.manifest
    counts = manifest.counts
    rows = [(words[name], f"{counts[name]:,}", "") for name in ("articles", "passages", "things")]
    rows.append(
        (
            words["asserted"],
            f"{counts['asserted']:,}",
            word_for(counts["asserted"], words["triples"])
            + words["in graphs"].format(counted(counts["graphs"], words["graphs"])),
        )
    )
    triples = word_for(counts["inferred"], words["inferred triples"])
    rows.append((words["inferred"], f"{counts['inferred']:,}", triples))
    if result.checked:
        checked = sum(result.checked.values())
        rows.append((words["texts"], f"{checked:,}", word_for(checked, words["digests"])))
    lines = [_outcome(result, words)]
    labels = [*(label for label, _, _ in rows), words["validation"], words["store"]]
    label_width = max(width(label) for label in labels) + 2
    number_width = max(len(number) for _, number, _ in rows)
    for label, number, rest in rows:
        lines.append(f"  {label}{' ' * (label_width - width(label))}{number:>{number_width}} {rest}".rstrip())
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
        parts = [counted(number, words[severity]) for severity, number in results.items()]
    if counts["contradictions"]:
        parts.append(counted(counts["contradictions"], words["contradictions"]))
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
    shown = replace(report, results=report.gravest(_SHOWN))
    data = assembly.around(node for r in shown.results for node in (r.focus, r.value, *r.graphs))
    store = asserted_store(data)
    found = find(shown, data, store, checks=read_checks(project))
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
        texts = texts_of(breach.facts, project, args)
        parts.append(Wording(breach.labels, args, prefixes, texts).breach(breach))
    return as_text(args, *parts)


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
