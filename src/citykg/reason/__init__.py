"""OWL 2 RL/RDF: the closure of a graph, its contradictions, and the proof of every inferred triple."""

from collections.abc import Iterable

from pyoxigraph import Triple

from citykg.errors import UsageError
from citykg.reason.model import ENGINES, Closure, Contradiction, EngineName

__all__ = ["ENGINES", "Closure", "Contradiction", "EngineName", "infer"]


def infer(triples: Iterable[Triple], *, engine: str = "fast") -> Closure:
    """Compute what follows from asserted triples.

    Args:
        triples: the merged asserted graphs, ontology and data together; duplicates are allowed.
        engine: ``fast`` (the default), ``owlrl`` (the reference, some milliseconds a triple) or
            ``none`` (nothing follows from anything).

    Returns:
        The new triples and the contradictions. A contradictory graph has a closure as well: what the
        rules derive, without the principle that everything follows from a contradiction.

    Raises:
        UsageError: ``unknown-reasoner``, for an engine that does not exist.

    Follows OWL 2 Web Ontology Language Profiles (Second Edition), section 4.3, tables 4 to 9.
    """
    if engine == "fast":
        from citykg.reason import fast_engine

        return fast_engine.infer(triples)
    if engine == "owlrl":
        from citykg.reason import owlrl_engine

        return owlrl_engine.infer(triples)
    if engine == "none":
        return Closure(inferred=(), contradictions=(), engine="none")
    raise UsageError(
        "unknown-reasoner",
        f"there is no reasoner named {engine!r}",
        f"--reasoner takes {', '.join(ENGINES)}",
    )
