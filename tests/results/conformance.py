"""Writes docs/conformance/results.md from a run: ``python -m tests.results.conformance``."""

import os
from pathlib import Path

from tests.publishing.conformance import report
from tests.results.w3c import SUITES, models, requests_sent

__all__ = ["page"]

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "conformance" / "results.md"
_HEAD = """\
# Results and protocols: conformance

Written by `python -m tests.results.conformance` from a run of the W3C suites; do not edit.

Rows may come in any order and blank nodes have any label; all else has to be as it is in the suite.
"""
_PROTOCOLS = """
## What is sent to servers

The suites of the SPARQL 1.1 Protocol and of the Graph Store HTTP Protocol test servers, and citykg is a
client: their tests of what a server must refuse, and of what it answers, say nothing of it. What can be held
against them is the form of each request: its method, parameters and media type. On the right are tests with a
request of that form which a server must take; whether graphs are named in it, and which format RDF has, is
left out of the comparison.

| request | method | parameters | media type | accepts | in the suites |
|---|---|---|---|---|---|
"""
_REASONS = {
    "other terms": "the store keeps the value of a number and not its form: `1.0E6` comes out as `1000000`, "
    "and an `xsd:negativeInteger` as an `xsd:integer`",
}


def page(folder: Path) -> str:
    """Return the page for a run of the suites in a folder."""
    known = models(folder)
    rows = [
        f"| {what} | {sent.method} | {_code(*sent.parameters)} | {_code(sent.media)} | {_code(sent.accept)} "
        f"| {', '.join(known.get(sent.shape, ['**none**']))} |"
        for what, sent in requests_sent().items()
    ]
    return "".join((_HEAD, "\n", report(folder, SUITES, _REASONS), _PROTOCOLS, "\n".join(rows), "\n"))


def _code(*texts: str) -> str:
    return ", ".join(f"`{text}`" for text in texts if text)


if __name__ == "__main__":
    suites = os.environ.get("CITYKG_SUITES", str(_ROOT.parent / "shared" / "suites"))
    _PAGE.write_text(page(Path(suites)), encoding="utf-8")
