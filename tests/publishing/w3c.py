"""The W3C suites of RDFC-1.0 and JSON-LD, run against what citykg publishes with."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from citykg.canonical import canonical_nquads
from citykg.export.context import Context
from citykg.export.jsonld import write_jsonld
from citykg.export.selection import Graphs, settle
from citykg.export.sources import from_quads

__all__ = ["SUITES", "Case", "Outcome", "outcomes"]


@dataclass(frozen=True)
class Case:
    """One test of a suite; ``run`` raises or returns what is wrong, nothing when it passes."""

    name: str
    title: str
    run: Callable[[], str]


@dataclass(frozen=True)
class Outcome:
    """How a test ended."""

    case: Case
    fault: str


def outcomes(cases: Iterator[Case]) -> list[Outcome]:
    """Run tests."""
    found = []
    for case in cases:
        try:
            fault = case.run()
        except (SyntaxError, ValueError, OSError, TypeError) as error:
            fault = f"{type(error).__name__}: {str(error).splitlines()[-1] if str(error) else ''}"
        found.append(Outcome(case, fault))
    return found


def rdf_canon(folder: Path) -> Iterator[Case]:
    """RDFC-1.0: the canonical form, the names of blank nodes, and the refusal of what cannot end."""
    tests = folder / "rdf-canon" / "tests"
    for entry in json.loads((tests / "manifest.jsonld").read_text(encoding="utf-8"))["entries"]:
        yield Case(entry["id"].lstrip("#"), entry["name"], lambda entry=entry: _canonical(tests, entry))


def _canonical(tests: Path, entry: dict[str, str]) -> str:
    content = (tests / entry["action"]).read_bytes()
    quads = list(ox.parse(content, ox.RdfFormat.N_QUADS))
    if entry["type"].endswith("NegativeEvalTest"):
        return _must_give_up(quads)
    algorithm = ox.CanonicalizationAlgorithm.RDFC_1_0
    if entry.get("hashAlgorithm") == "SHA384":
        algorithm = ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_384
    dataset = ox.Dataset(quads)
    dataset.canonicalize(algorithm)
    lines = sorted(ox.serialize((quad,), format=ox.RdfFormat.N_QUADS) or b"" for quad in dataset)
    if entry["type"].endswith("MapTest"):
        names = json.loads((tests / entry["result"]).read_text(encoding="utf-8"))
        expected = sorted(
            ox.serialize((_renamed(quad, names),), format=ox.RdfFormat.N_QUADS) or b"" for quad in quads
        )
        return "" if sorted(set(expected)) == lines else "other names"
    return "" if b"".join(lines) == (tests / entry["result"]).read_bytes() else "another form"


def _must_give_up(quads: list[ox.Quad]) -> str:
    """Run it in a process of its own, for it may never end."""
    import subprocess
    import sys

    program = (
        "import sys, pyoxigraph as ox\n"
        "dataset = ox.Dataset(ox.parse(sys.stdin.buffer.read(), ox.RdfFormat.N_QUADS))\n"
        "dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)\n"
    )
    try:
        subprocess.run(
            [sys.executable, "-c", program],
            input=ox.serialize(quads, format=ox.RdfFormat.N_QUADS),
            check=True,
            capture_output=True,
            timeout=10,
        )
    except subprocess.TimeoutExpired:
        return "does not give up within 10 s"
    except subprocess.CalledProcessError:
        return ""
    return "ends, where giving up is asked for"


def _renamed(quad: ox.Quad, names: dict[str, str]) -> ox.Quad:
    terms = [
        ox.BlankNode(names[term.value]) if isinstance(term, ox.BlankNode) else term
        for term in (quad.subject, quad.object, quad.graph_name)
    ]
    return ox.Quad(terms[0], quad.predicate, terms[1], terms[2])  # type: ignore[arg-type]


def json_ld_reading(folder: Path) -> Iterator[Case]:
    """JSON-LD toRdf with the parser that reads exports back (pyoxigraph)."""
    tests = folder / "json-ld-api" / "tests"
    manifest = json.loads((tests / "toRdf-manifest.jsonld").read_text(encoding="utf-8"))
    for entry in manifest["sequence"]:
        if entry.get("option", {}).get("specVersion") == "json-ld-1.0":
            continue  # of the version before
        run = lambda entry=entry: _read(tests, entry, manifest["baseIri"])  # noqa: E731
        yield Case(entry["@id"].lstrip("#"), entry["name"], run)


def _read(tests: Path, entry: dict[str, object], base: str) -> str:
    option = entry.get("option", {})
    assert isinstance(option, dict)
    content = (tests / str(entry["input"])).read_bytes()
    kinds = str(entry["@type"])
    if unsupported := {"expandContext", "rdfDirection", "produceGeneralizedRdf"} & option.keys():
        return f"the parser has no option {', '.join(sorted(unsupported))}"
    try:
        quads = list(
            ox.parse(content, ox.RdfFormat.JSON_LD, base_iri=option.get("base", base + str(entry["input"])))
        )
    except SyntaxError as error:
        if "Negative" in kinds:
            return ""
        return str(error.msg).splitlines()[0]
    if "Negative" in kinds:
        return f"accepts what has {entry.get('expectErrorCode', 'a mistake')}"
    if "Syntax" in kinds:
        return ""
    expected = ox.parse((tests / str(entry["expect"])).read_bytes(), ox.RdfFormat.N_QUADS)
    return "" if canonical_nquads(quads) == canonical_nquads(expected) else "other triples"


def json_ld_writing(folder: Path) -> Iterator[Case]:
    """JSON-LD fromRdf with citykg's writer: its form is compact, so what is compared is what it says."""
    tests = folder / "json-ld-api" / "tests"
    for entry in json.loads((tests / "fromRdf-manifest.jsonld").read_text(encoding="utf-8"))["sequence"]:
        if "Negative" in str(entry["@type"]) or entry.get("option", {}).get("specVersion") == "json-ld-1.0":
            continue  # options of an algorithm that the writer does not have
        yield Case(entry["@id"].lstrip("#"), entry["name"], lambda entry=entry: _write(tests, entry))


def _write(tests: Path, entry: dict[str, str]) -> str:
    quads = list(ox.parse((tests / entry["input"]).read_bytes(), ox.RdfFormat.N_QUADS))
    source = from_quads(quads)
    blank, ground = settle(source, Graphs(["closure", *source.graphs()]))
    out = io.BytesIO()
    write_jsonld(ground, blank, out, context=Context({}, {}, {}))
    read = canonical_nquads(ox.parse(out.getvalue(), ox.RdfFormat.JSON_LD))
    return "" if read == canonical_nquads(quads) else "other triples when read back"


#: Title, runner, and what the figure means.
SUITES: dict[str, tuple[Callable[[Path], Iterator[Case]], str]] = {
    "RDFC-1.0": (rdf_canon, "pyoxigraph's canonicalisation, which `canonical.py` uses"),
    "JSON-LD 1.1 toRdf": (json_ld_reading, "pyoxigraph's parser, which reads JSON-LD"),
    "JSON-LD 1.1 fromRdf": (json_ld_writing, "citykg's writer; what is read back must say the same"),
}
