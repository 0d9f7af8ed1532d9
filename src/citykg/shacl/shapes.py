"""Shapes as a shapes graph declares them: targets, path, constraints, severity, messages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from .constraints.base import Constraint
from .data import Data
from .paths import Path
from .vocabulary import Resource, Term, rdf

__all__ = ["Shape", "Target", "target_patterns"]

_TYPE = rdf("type")


@dataclass(frozen=True, slots=True)
class Target:
    """One target declaration (SHACL, section 2.1.3).

    Args:
        kind: ``targetClass`` (implicit too), ``targetNode``, ``targetSubjectsOf`` or ``targetObjectsOf``.
        node: its value.
    """

    kind: str
    node: Term

    def nodes(self, data: Data) -> Iterator[Term]:
        """Yield the focus nodes; one may come more than once."""
        match self.kind, self.node:
            case "targetClass", cls:
                yield from data.instances(cls)
            case "targetNode", node:
                yield node
            case "targetSubjectsOf", NamedNode() as predicate:
                yield from (subject for subject, _ in data.pairs(predicate))
            case "targetObjectsOf", NamedNode() as predicate:
                yield from (value for _, value in data.pairs(predicate))

    def contains(self, data: Data, node: Term) -> bool:
        """Whether a node is a focus node."""
        match self.kind, self.node:
            case "targetClass", cls:
                return data.is_instance(node, cls)
            case "targetNode", target:
                return node == target
            case "targetSubjectsOf", NamedNode() as predicate:
                return bool(data.objects(node, predicate))
            case _, NamedNode() as predicate:
                return bool(data.subjects(predicate, node))
        return False


def target_patterns(
    targets: Iterable[Target], data: Data, focus: str
) -> tuple[list[str], tuple[Target, ...]]:
    """Return graph patterns that bind a variable to focus nodes, and the targets that have none.

    A node that is named need not be in the graph, where the zero steps of a path would not find it.

    Args:
        targets: the targets of a shape.
        data: the data graph, for its subclasses.
        focus: the variable; those that begin with it are used as well.
    """
    terms: dict[str, dict[NamedNode, None]] = {}
    others = []
    for target in targets:
        named: tuple[NamedNode, ...] | None = None
        if target.kind == "targetClass":
            named = data.named_classes_below(target.node)
        elif target.kind != "targetNode" and isinstance(target.node, NamedNode):
            named = (target.node,)
        if named is None:
            others.append(target)
        else:
            terms.setdefault(target.kind, {}).update(dict.fromkeys(named))
    return [_pattern(kind, tuple(found), focus) for kind, found in terms.items()], tuple(others)


def _pattern(kind: str, terms: tuple[NamedNode, ...], focus: str) -> str:
    one = str(terms[0]) if len(terms) == 1 else f"{focus}_term"
    choice = "" if len(terms) == 1 else f"VALUES {one} {{ {' '.join(map(str, terms))} }} "
    if kind == "targetClass":
        return f"{choice}{focus} {_TYPE} {one} ."
    if kind == "targetSubjectsOf":
        return f"{choice}{focus} {one} {focus}_value ."
    return f"{choice}{focus}_subject {one} {focus} ."


class Shape:
    """A node shape, or a property shape where it has a path.

    Args:
        node: its node in the shapes graph.
        path: the path of a property shape.
        severity: the severity of its results.
        messages: its sh:message values by language.
        deactivated: whether everything conforms to it.
        targets: its target declarations.
    """

    __slots__ = (
        "constraints",
        "deactivated",
        "messages",
        "node",
        "path",
        "severity",
        "targets",
        "unsupported",
    )

    def __init__(
        self,
        node: Resource,
        path: Path | None,
        *,
        severity: NamedNode,
        messages: Mapping[str, str],
        deactivated: bool,
        targets: tuple[Target, ...],
    ) -> None:
        self.node = node
        self.path = path
        self.severity = severity
        self.messages = messages
        self.deactivated = deactivated
        self.targets = targets
        self.constraints: tuple[Constraint, ...] = ()
        self.unsupported: str | None = None

    def __repr__(self) -> str:
        return f"Shape({self.node})"

    def reachable(self) -> Iterator["Shape"]:
        """Yield this shape and every shape that it refers to, directly or not, each once."""
        seen: set[Shape] = set()
        queue = [self]
        while queue:
            shape = queue.pop()
            if shape not in seen:
                seen.add(shape)
                yield shape
                queue += [inner for constraint in shape.constraints for inner in constraint.shapes()]
