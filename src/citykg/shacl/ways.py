"""What a property path leads to from a node, with the triples on the way."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from .data import Data
from .literals import as_stored
from .paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from .vocabulary import Term

__all__ = ["Fact", "is_value", "walk"]

#: Subject, predicate, object.
Fact = tuple[Term, NamedNode, Term]


def walk(
    data: Data, node: Term, path: Path, *, backwards: bool = False
) -> Iterator[tuple[Term, tuple[Fact, ...]]]:
    """Yield what a path leads to, each time with the triples of one way there."""
    match path:
        case Predicate(iri) if backwards:
            yield from ((subject, ((subject, iri, node),)) for subject in data.subjects(iri, node))
        case Predicate(iri):
            yield from ((value, ((node, iri, value),)) for value in data.objects(node, iri))
        case Inverse(inner):
            yield from walk(data, node, inner, backwards=not backwards)
        case Alternative(choices):
            for choice in choices:
                yield from walk(data, node, choice, backwards=backwards)
        case Sequence(steps):
            first, *rest = reversed(steps) if backwards else steps
            for middle, way in walk(data, node, first, backwards=backwards):
                following = (
                    [(middle, ())]
                    if not rest
                    else walk(data, middle, _sequence(rest, backwards), backwards=backwards)
                )
                yield from ((end, (*way, *further)) for end, further in following)
        case Repeat(inner, sign):
            yield from _repeated(data, node, inner, sign, backwards=backwards)


def _sequence(steps: list[Path], backwards: bool) -> Path:
    ordered = list(reversed(steps)) if backwards else steps
    return ordered[0] if len(ordered) == 1 else Sequence(tuple(ordered))


def _repeated(
    data: Data, node: Term, inner: Path, sign: str, *, backwards: bool
) -> Iterator[tuple[Term, tuple[Fact, ...]]]:
    if sign != "+":
        yield (node, ())
    seen = {node} if sign != "+" else set()
    here: list[tuple[Term, tuple[Fact, ...]]] = [(node, ())]
    while here:
        following = []
        for start, way in here:
            for end, further in walk(data, start, inner, backwards=backwards):
                if end not in seen:
                    seen.add(end)
                    following.append((end, (*way, *further)))
        yield from following
        here = following if sign != "?" else []


def is_value(found: Term, reported: Term) -> bool:
    """Whether a value is the reported one, which may be in another form than the store has it in."""
    if found == reported:
        return True
    return isinstance(reported, Literal) and as_stored([reported]).get(reported) == found
