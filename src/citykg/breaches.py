"""What breaks the rules of a project, and which facts from which passages make it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from .checks import Check
from .explain import Explainer, Step
from .reason import Closure
from .shacl.data import Data
from .shacl.facts import ShapeFacts
from .shacl.matched import matched
from .shacl.paths import Predicate
from .shacl.reading import read_shapes
from .shacl.results import Report, Result, Severity
from .shacl.selection import closure_shapes
from .shacl.vocabulary import Term
from .shacl.ways import Fact
from .sources import AssertedData
from .store import MemoryStore
from .validate import asserted_store, shapes_of

__all__ = ["Breach", "Breaches"]


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken.

    Attributes:
        rule: the W3C name of a false rule of OWL 2 RL/RDF; the IRI of a shape or data check, or of the
            constraint component where the shape has no name.
        severity: of the shape or check; a contradiction is a violation.
        focus: the node that a shape or check is about; None for a contradiction.
        messages: what is wrong, by language tag.
        facts: what makes it, each proved or with where it stands; empty where nothing that is stated does,
            and for a contradiction where the engine does not tell.
        labels: what the terms are called, by IRI.
    """

    rule: str
    severity: Severity
    focus: Term | None
    messages: Mapping[str, str]
    facts: tuple[Step, ...]
    labels: Mapping[str, str]


class Breaches:
    """Explains what is wrong with a project.

    Args:
        data: what its files assert.
        closure: what follows from it.
        language: of the labels.
    """

    def __init__(self, data: AssertedData, closure: Closure, *, language: str = "zh") -> None:
        self._data = data
        self._closure = closure
        self._asserted = asserted_store(data)
        whole = asserted_store(data)
        whole.bulk_extend(closure.quads())
        self._whole = whole
        self._explainer = Explainer(MemoryStore(whole), language=language)

    def contradictions(self) -> Iterator[Breach]:
        """Yield the contradictions, each with the proofs of what the false rule needs."""
        for refutation, steps in self._explainer.refute(self._closure.contradictions):
            messages = {"": refutation.message} if refutation.message else {}
            labels = self._explainer.labels_in(steps)
            yield Breach(refutation.rule, Severity.VIOLATION, None, messages, steps, labels)

    def results(self, report: Report, *, checks: Iterable[Check] = ()) -> Iterator[Breach]:
        """Yield the results of a report, each with the facts that made it.

        Args:
            report: of `validate.validate_project` on the same data.
            checks: the data checks that ran.
        """
        shapes = shapes_of(self._data)
        read = read_shapes(shapes)
        inferring = frozenset(closure_shapes(shapes))
        on_asserted = ShapeFacts([s for s in read if s.node not in inferring], Data(self._asserted))
        on_closure = ShapeFacts([s for s in read if s.node in inferring], Data(self._whole))
        texts = {check.iri: check.text for check in checks}
        for result in report.results:
            if result.component in texts:
                facts: Iterable[Fact] = self._checked(texts[result.component], result)
            else:
                facts = on_asserted.of(result) or on_closure.of(result)
            found = (self._explainer.prove(fact) for fact in facts)
            steps = tuple(step for step in found if step is not None)
            yield Breach(
                _named(result).value,
                Severity.of(result.severity),
                result.focus,
                result.messages,
                steps,
                self._explainer.labels_in(steps, result.focus),
            )

    def _checked(self, text: str, result: Result) -> list[Fact]:
        wanted: dict[str, Term] = {"entity": result.focus}
        if isinstance(result.path, Predicate):
            wanted["property"] = result.path.iri
        if result.value is not None:
            wanted["value"] = result.value
        return matched(self._asserted, text, wanted)


def _named(result: Result) -> NamedNode:
    return result.source_shape if isinstance(result.source_shape, NamedNode) else result.component
