"""Writes docs/conformance/publishing.md from a run: ``python -m tests.publishing.conformance``."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.publishing.w3c import SUITES, Case, Outcome, outcomes

__all__ = ["page", "report"]

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "conformance" / "publishing.md"
_HEAD = """\
# RDFC-1.0 and JSON-LD conformance

Written by `python -m tests.publishing.conformance` from a run of the W3C suites; do not edit.

citykg compares graphs by pyoxigraph's RDFC-1.0, reads JSON-LD with pyoxigraph and writes it itself.
"""
#: Why, for the faults of libraries; what is not here is a gap of ours or unexplained.
_REASONS = {
    "does not give up": "worst cases take exponential time: nothing in the graphs of citykg comes near one",
    "LoadDocumentCallback": "remote contexts are not loaded: citykg writes the context into the document",
    "the parser has no option": "an option of the algorithm that the library does not have",
    "other triples": "odd relative IRIs, base directions, a scoped context: citykg writes none of them",
    "accepts what has": "a mistake in a context that the library does not look for",
    "FileNotFoundError": "the file is not in the suite as it was taken",
    "Invalid @base": "the library insists on valid IRIs",
}


def page(folder: Path) -> str:
    """Return the page for a run of the suites in a folder."""
    return f"{_HEAD}\n{report(folder, SUITES, _REASONS)}"


def report(
    folder: Path,
    suites: Mapping[str, tuple[Callable[[Path], Iterator[Case]], str]],
    reasons: Mapping[str, str],
) -> str:
    """Run suites and tell what passes, what fails and why.

    Args:
        folder: the suites.
        suites: as `tests.publishing.w3c.SUITES`.
        reasons: by a part of the fault.
    """
    lines = ["| suite | what is tested | passed |", "|---|---|--:|"]
    faults: list[str] = []
    for title, (cases, what) in suites.items():
        found = outcomes(cases(folder))
        passed = sum(not outcome.fault for outcome in found)
        lines.append(f"| {title} | {what} | {passed} of {len(found)} |")
        faults += _faults(title, found, reasons)
    return "\n".join([*lines, "", "## What fails, and why", "", *faults]) + "\n"


def _faults(title: str, found: list[Outcome], reasons: Mapping[str, str]) -> list[str]:
    grouped: dict[str, list[str]] = {}
    for outcome in found:
        if outcome.fault:
            reason = next((why for sign, why in reasons.items() if sign in outcome.fault), outcome.fault)
            grouped.setdefault(reason, []).append(outcome.case.name)
    return [f"- {title}, {', '.join(names)}: {reason}." for reason, names in grouped.items()]


if __name__ == "__main__":
    suites = os.environ.get("CITYKG_SUITES", str(_ROOT.parent / "shared" / "suites"))
    _PAGE.write_text(page(Path(suites)), encoding="utf-8")
