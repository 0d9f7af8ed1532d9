"""What reasoning returns: the closure of a graph and the contradictions in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import Protocol, runtime_checkable

from pyoxigraph import Quad, Triple

from citykg.quads import in_graph
from citykg.reason.proof import Statement

__all__ = ["ENGINES", "Closure", "Contradiction", "EngineName", "WritesQuads"]

EngineName = OneOf["fast", "owlrl", "none"]

#: The engines by name: the default, the reference, and no reasoning at all.
ENGINES: tuple[EngineName, ...] = ("fast", "owlrl", "none")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A false rule of OWL 2 RL/RDF whose premises all hold.

    Attributes:
        rule: the W3C name of the rule, such as ``cax-dw``; for the reference engine, which
            does not name its rules, the name that its message stands for.
        premises: statements of the closure that match the rule, in the order of the rule and without its
            lists; what is said of a literal may be among them. Empty where the engine does not tell them.
        message: what the engine says, for engines that speak instead of naming premises.
    """

    rule: str
    premises: tuple[Statement, ...]
    message: str = ""


@runtime_checkable
class WritesQuads(Protocol):
    """Inferred triples that are not made yet."""

    def quads(self) -> Iterator[Quad]:
        """The triples in the default graph."""


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows from a graph under OWL 2 RL/RDF.

    Attributes:
        inferred: the triples that follow and were not given, each once. Never a literal as
            subject, a predicate that is not an IRI, ``x owl:sameAs x``, or an axiomatic triple
            (one that follows from the empty graph).
        contradictions: the false rules that fired; empty for a consistent graph.
        engine: the engine that computed it.
        explicit: whether its triples, with the asserted ones, say all that its conclusions rest on: none on
            what is said of a literal, and no two literals are the same. `updating.update` needs it.
    """

    inferred: Sequence[Triple]
    contradictions: tuple[Contradiction, ...]
    engine: EngineName
    explicit: bool = False

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.inferred)

    def quads(self) -> Iterator[Quad]:
        """The inferred triples in the default graph, to be written into a store; faster than one by one."""
        if isinstance(self.inferred, WritesQuads):
            return self.inferred.quads()
        return in_graph(self.inferred)
