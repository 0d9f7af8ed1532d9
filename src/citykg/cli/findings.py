"""How validation results are shown: grouped by file, passage and thing for people, as annotations for CI."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Store

from citykg.counted import counted
from citykg.prefixes import Prefixes
from citykg.shacl.findings import Description, Finding, describe
from citykg.shacl.vocabulary import XSD, Term
from citykg.validate import Report, Result, Severity

__all__ = ["github", "in_language", "severity_word", "shortened", "text"]

_WORDS = {
    "zh": {
        "Violation": "违规",
        "Warning": "警告",
        "Info": "提示",
        "line": "第 {} 行",
        "sentence": "第 {} 段第 {} 句",
        "nowhere": "（不在任何文件里）",
        "near": "是否想写：{}",
        "or": "、",
        "detail": "其中：",
        "fallback": "形状 {} 由 {} 检验：{}",
        "clean": "没有发现问题",
        "total": "违规 {Violation}，警告 {Warning}，提示 {Info}",
        "more": "另有 {} 条未显示",
    },
    "en": {
        "Violation": "violation",
        "Warning": "warning",
        "Info": "info",
        "line": "line {}",
        "sentence": "paragraph {}, sentence {}",
        "nowhere": "(in no file)",
        "near": "did you mean {}?",
        "or": " or ",
        "detail": "because:",
        "fallback": "the shape {} was left to {}: {}",
        "clean": "nothing found",
        "total": "{Violation}, {Warning}, {Info}",
        "Violations": "violation|violations",
        "Warnings": "warning|warnings",
        "Infos": "info|infos",
        "more": "{} more not shown",
    },
}
_COLOURS = {Severity.VIOLATION: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.INFO: "\x1b[36m"}
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_BARE = {XSD + name for name in ("integer", "decimal", "boolean")}
_IRI = re.compile(r"<?(https?://[^\s<>\"'，。；：、（）“”()]*[^\s<>\"'，。；：、（）“”().,;:])>?")


def text(
    report: Report,
    findings: Iterable[Finding],
    *,
    store: Store,
    prefixes: Prefixes,
    lang: str,
    colour: bool,
) -> str:
    """Return the report for a person.

    Args:
        report: the whole report, for the totals.
        findings: the results to show.
        store: where labels and places of passages are looked up.
        prefixes: to shorten IRIs with.
        lang: ``zh`` or ``en``; a message that lacks it is shown in another language.
        colour: write ANSI colours.
    """
    words = _WORDS[lang]
    shown = sorted(findings, key=_place)
    lines: list[str] = []
    for file, in_file in groupby(shown, key=_file):
        lines.append(_paint(file or words["nowhere"], "\x1b[1m", colour))
        for passage, in_passage in groupby(in_file, key=lambda finding: finding.passage):
            if passage is not None:
                place = describe(store, passage)
                where = words["sentence"].format(place.paragraph, place.sentence) if place.paragraph else ""
                lines.append(f"  {where}  {prefixes.shorten(passage.value)}".replace("    ", "  "))
            for focus, about in groupby(in_passage, key=lambda finding: finding.result.focus):
                group = list(about)
                lines.append("    " + _thing(focus, group[0], store, prefixes, words, lang))
                for finding in group:
                    lines += _entry(finding, prefixes, words, lang, colour)
        lines.append("")
    lines += [
        words["fallback"].format(_term(fallback.shape, prefixes), fallback.engine, fallback.reason)
        for fallback in report.fallbacks
    ]
    if len(shown) < len(report.results):
        lines.append(words["more"].format(len(report.results) - len(shown)))
    totals = {
        severity.value: _number(number, severity, words) for severity, number in report.counts().items()
    }
    lines.append(words["total"].format(**totals) if report.results else words["clean"])
    return "\n".join(lines) + "\n"


def github(findings: Iterable[Finding], *, prefixes: Prefixes, lang: str) -> str:
    """Return one workflow command per result, which GitHub shows at the line it is about."""
    return "".join(_annotation(finding, prefixes, lang) + "\n" for finding in sorted(findings, key=_place))


def severity_word(severity: Severity, lang: str) -> str:
    """Return what a severity is called."""
    return _WORDS[lang][severity.value]


def shortened(text: str, prefixes: Prefixes) -> str:
    """Return a text with CURIEs in the place of the IRIs in it."""
    return _IRI.sub(_shortener(prefixes), text)


def _annotation(finding: Finding, prefixes: Prefixes, lang: str) -> str:
    result, words = finding.result, _WORDS[lang]
    properties = {"title": _term(result.source_shape, prefixes)}
    if finding.location is not None:
        place = {"file": finding.location.file, "line": str(finding.location.line)}
        properties = {**place, **properties}
    message = f"{_term(result.focus, prefixes)}: {_message(result, prefixes, lang)}"
    if finding.suggestions:
        message += "\n" + _near(finding, prefixes, words)
    written = ",".join(f"{name}={_escape(value, more=True)}" for name, value in properties.items())
    return f"::{_LEVELS[Severity.of(result.severity)]} {written}::{_escape(message)}"


def _escape(value: str, *, more: bool = False) -> str:
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        value = value.replace(character, code)
    return value.replace(":", "%3A").replace(",", "%2C") if more else value


def _place(finding: Finding) -> tuple[str, str, int, str, int]:
    location = finding.location
    return (
        _file(finding),
        finding.passage.value if finding.passage else "",
        location.line if location else 0,
        str(finding.result.focus),
        Severity.of(finding.result.severity).rank,
    )


def _file(finding: Finding) -> str:
    return finding.location.file if finding.location else ""


def _entry(
    finding: Finding, prefixes: Prefixes, words: Mapping[str, str], lang: str, colour: bool
) -> list[str]:
    result = finding.result
    severity = Severity.of(result.severity)
    grade = _paint(words[severity.value], _COLOURS[severity], colour)
    lines = [f"      {grade}  {_message(result, prefixes, lang)}"]
    said = [] if result.path is None else [shortened(str(result.path), prefixes)]
    if result.value is not None and result.value != result.focus:
        value = _term(result.value, prefixes)
        said += [] if value in said else [value]
    lines.append(f"        {' '.join(said)}{'  ' if said else ''}[{_term(result.source_shape, prefixes)}]")
    if finding.suggestions:
        lines.append("        " + _near(finding, prefixes, words))
    if result.details:
        lines.append("        " + words["detail"])
        lines += [f"          {_message(detail, prefixes, lang)}" for detail in result.details]
    return lines


def _near(finding: Finding, prefixes: Prefixes, words: Mapping[str, str]) -> str:
    return words["near"].format(words["or"].join(prefixes.shorten(iri) for iri in finding.suggestions))


def _thing(
    focus: Term,
    finding: Finding,
    store: Store,
    prefixes: Prefixes,
    words: Mapping[str, str],
    lang: str,
) -> str:
    parts = [_term(focus, prefixes)]
    label = _label(describe(store, focus), lang)
    if label:
        parts.insert(0, label)
    if finding.location is not None:
        parts.append(words["line"].format(finding.location.line))
    return "  ".join(parts)


def _label(description: Description, lang: str) -> str:
    return in_language(description.labels, lang)


def _message(result: Result, prefixes: Prefixes, lang: str) -> str:
    message = in_language(result.messages, lang) or _term(result.component, prefixes)
    return shortened(message, prefixes)


def in_language(texts: Mapping[str, str], lang: str) -> str:
    """Return a text in a language, or in another where it lacks that."""
    for tag in (lang, *(tag for tag in texts if tag.startswith(lang + "-")), "", *texts):
        if tag in texts:
            return texts[tag]
    return ""


def _shortener(prefixes: Prefixes) -> Callable[[re.Match[str]], str]:
    def shorten(match: re.Match[str]) -> str:
        curie = prefixes.shorten(match[1])
        return match[0] if curie.startswith("<") else curie

    return shorten


def _term(term: Term, prefixes: Prefixes) -> str:
    if isinstance(term, NamedNode):
        return prefixes.shorten(term.value)
    if isinstance(term, Literal):
        if term.datatype.value in _BARE:
            return term.value
        plain = term.language is None and term.datatype.value == XSD + "string"
        return f'"{term.value}"' if plain else shortened(str(term), prefixes)
    return str(term)


def _number(number: int, severity: Severity, words: Mapping[str, str]) -> str:
    named = words.get(f"{severity.value}s")
    return counted(number, named) if named else str(number)


def _paint(words: str, code: str, colour: bool) -> str:
    return f"{code}{words}\x1b[0m" if colour else words
