"""Writes docs/conformance/shacl.md from a run of the W3C SHACL suite: ``python -m tests.shacl.conformance``."""
# ruff: noqa: E501 - reasons and reports are sentences

from functools import lru_cache
from pathlib import Path

from tests.shacl.w3c import SUITE, cases

PAGE = Path(__file__).parents[2] / "docs" / "conformance" / "shacl.md"
ENGINES = ("fast", "pyshacl")
PARTS = ("core", "sparql")

#: What an engine does not pass, and why; anything else that fails, or any of these that passes, fails a test.
EXCEPTIONS = {
    ("fast", "sparql/pre-binding/shapesGraph-001"): (
        "`$shapesGraph` is optional (section 5.3.1): the shapes are no graph of the store. A shape that uses it is refused."
    ),
    (
        "pyshacl",
        "sparql/pre-binding/shapesGraph-001",
    ): "`$shapesGraph` is optional, and pyshacl refuses it too.",
    ("pyshacl", "core/property/uniqueLang-002"): (
        '`sh:uniqueLang "1"^^xsd:boolean` does not activate the constraint (section 4.4.5); pyshacl takes it for true.'
    ),
    ("pyshacl", "sparql/node/prefixes-001"): (
        "prefixes of an ontology that is imported by the one that `sh:prefixes` names (section 5.2.1) are not found."
    ),
}


@lru_cache(maxsize=1)
def outcomes() -> dict[tuple[str, str], str]:
    """Return what came of every test, by engine and name."""
    return {
        (engine, case.name): case.run(engine) for part in PARTS for case in cases(part) for engine in ENGINES
    }


def page() -> str:
    """Return the page."""
    found = outcomes()
    lines = [
        "# SHACL conformance",
        "",
        "Written by `python -m tests.shacl.conformance` from a run; do not edit.",
        "",
        f"Suite: w3c/data-shapes, {(SUITE.parents[1] / 'COMMIT').read_text().split()[0][:12]}.",
        "",
        "| engine | core | sparql |",
        "|---|---|---|",
    ]
    for engine in ENGINES:
        scores = []
        for part in PARTS:
            results = [
                result for (by, name), result in found.items() if by == engine and name.startswith(part)
            ]
            scores.append(f"{results.count('passed')} of {len(results)}")
        lines.append(f"| {engine} | {' | '.join(scores)} |")
    lines += ["", "## Exceptions", ""]
    lines += [f"- {engine}, {name}: {reason}" for (engine, name), reason in EXCEPTIONS.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
