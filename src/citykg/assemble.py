"""From knowledge files to the content of a store: closure, graphs, validation, counts and digest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import (
    Literal,
    Quad,
    QuerySolutions,
    Store,
    Triple,
)

from .around import data_around
from .ask.words.indexing import write_beside as write_ask_index
from .basis import Basis
from .checks import read_checks, run_checks
from .digest import ContentDigest
from .edit import are_distinct, repetitions, respelled
from .manifest import Engines, Inputs, Manifest
from .project import Layer, Project
from .reason import Closure, infer
from .shacl.graph import Graph
from .shacl.selection import closure_shapes
from .sources import AssertedData, read_project
from .sparql import pattern
from .validate import Report, shapes_of, validate, whole_report
from .written import Written

__all__ = ["Assembly", "assemble", "count_things"]

OnStage = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a build has made, before it is put in place.

    Args:
        read: what returns all that the files assert; reads them, where the build did not have to.
        around: what returns as much of it as a report on some nodes needs (`around.data_around`).
        closure: what follows from it; without its triples where the build went on from another.
        report: shapes and data checks together; None when the validation was left out.
        counts: as in `Manifest`.
        layers: as in `Manifest`.
        basis: what the next build goes on from.
        store: the dataset in memory that was written; None where the build went on from another. A process
            that ends need not take it down, which takes a third of the time of reading the files.
    """

    read: Callable[[], AssertedData]
    around: Callable[[Iterable[object]], AssertedData]
    closure: Closure
    report: Report | None
    counts: Mapping[str, int]
    layers: Mapping[str, int]
    basis: Basis
    store: Store | None = None

    @property
    def data(self) -> AssertedData:
        """What the files assert."""
        return self.read()

    def manifest(
        self, address: str, engines: Engines, inputs: Inputs, *, citykg: str, layout: int
    ) -> Manifest:
        """Return the manifest of this assembly."""
        report = self.report
        validation = None if report is None else {s.value.lower(): n for s, n in report.counts().items()}
        return Manifest(
            citykg=citykg,
            layout=layout,
            address=address,
            engines=engines,
            counts=self.counts,
            layers=self.layers,
            validation=validation,
            canonical=self.basis.digest.hexadecimal,
            inputs=dict(inputs.digests),
        )


def assemble(
    project: Project, inputs: Inputs, folder: Path, *, engines: Engines, on_stage: OnStage
) -> Assembly:
    """Parse, reason, write a store and validate it.

    Args:
        project: the project.
        inputs: its files, as they were read for the content address.
        folder: an empty place for the store.
        engines: reasoner and validator.
        on_stage: called with the name of each stage as it begins.

    Raises:
        CannotRun: what `read_project` raises, and ``disk-full`` from the store's writer.
    """
    on_stage("parse")
    data = read_project(project, dict(inputs.contents))
    merged = data.merged()
    on_stage("reason")
    closure = infer(merged, engine=engines.reasoner)
    on_stage("store")
    # Everything is asked of a store in memory, some times faster than one that is being written.
    store = Store()
    data.fill(store)
    respelt = [quad for file in data.files for quad in respelled(file)]
    report = None
    shapes = None
    if engines.validator != "none":
        on_stage("validate")
        # Before the store takes in what was inferred: shapes and checks look at what is asserted.
        shapes = shapes_of(data)
        # The fast engine looks only for what the store has in another form.
        written = merged if engines.validator == "pyshacl" else _around(respelt, merged)
        report = _validate_asserted(project, shapes, written, store, engine=engines.validator)
    on_stage("store")
    store.bulk_extend(closure.quads())
    if shapes is not None and report is not None and closure_shapes(shapes):
        on_stage("validate")
        report = _validate_closure(report, shapes, merged, closure, store)
    on_stage("index")
    write_ask_index(store, folder.parent)
    on_stage("store")
    _write(store, folder)
    inferred = len(closure.inferred)
    counts = {**count_things(store), "asserted": len(merged), "inferred": inferred}
    counts["closure"] = len(merged) + inferred
    counts["contradictions"] = len(closure.contradictions)
    counts["graphs"] = sum(1 for _ in store.named_graphs())
    layers = {layer.value: sum(len(f.statements) for f in data.files if f.layer is layer) for layer in Layer}
    basis = Basis(
        digest=ContentDigest.of(store),
        explicit=closure.explicit,
        distinct=are_distinct(respelt, merged),
        repeated=repetitions([(project.relative(f.path), f) for f in data.files], merged),
        report=report,
        written=Written.of(respelt),
    )
    return Assembly(
        lambda: data,
        partial(data_around, project, contents=inputs.contents, parsed=data.files),
        closure,
        report,
        counts,
        layers,
        basis,
        store,
    )


def _write(store: Store, folder: Path) -> None:
    """Write a store in memory onto the disk."""
    written = Store(str(folder))
    written.bulk_extend(store)  # keeps the names of blank nodes, which bulk_load does not
    written.flush()


def _around(respelt: Iterable[Quad], merged: Iterable[Triple]) -> list[Triple]:
    """The triples of the nodes of which a store has a value in another form."""
    subjects = {quad.subject for quad in respelt}
    return [triple for triple in merged if triple.subject in subjects] if subjects else []


def _validate_asserted(
    project: Project, shapes: Graph, written: Iterable[Triple], store: Store, *, engine: str
) -> Report:
    report = validate(store, shapes, engine=engine, as_written=list(written))
    checked = run_checks(store, read_checks(project))
    return whole_report((*report.results, *checked), report.engine, report.fallbacks)


def _validate_closure(
    report: Report, shapes: Graph, merged: Iterable[Triple], closure: Closure, store: Store
) -> Report:
    written = [*merged, *closure.inferred]
    inferring = validate(store, shapes, engine=report.engine, as_written=written, closure=True)
    results = (*report.results, *inferring.results)
    return whole_report(results, report.engine, (*report.fallbacks, *inferring.fallbacks))


def count_things(store: Store) -> dict[str, int]:
    """Return the numbers of articles, passages and things in a store."""
    solutions = store.query(pattern("build-counts"))
    assert isinstance(solutions, QuerySolutions)
    row = next(iter(solutions))
    counts = {}
    for variable in solutions.variables:
        value = row[variable.value]
        counts[variable.value] = int(value.value) if isinstance(value, Literal) else 0
    return counts
