"""An independent checker of proofs: it knows the rule table and nothing of engines or searches."""

from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from citykg.reason.datatypes import differ, same, within
from citykg.reason.proof import Proof, Statement
from citykg.reason.refutation import Refutation
from citykg.reason.rules import OWL, RDF, XSD, Each, Members, Pattern, Premise, Rule, Test, is_variable, rules
from citykg.reason.terms import Term

__all__ = ["faults", "refutation_faults"]

_Binding = dict[str, Term]

_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


def faults(proof: Proof, *, asserted: Callable[[Statement], bool]) -> Iterator[str]:
    """What is wrong with a proof; nothing for a proof that holds.

    Args:
        proof: the tree.
        asserted: whether a graph asserts a statement.
    """
    stack: list[tuple[Proof, frozenset[Statement]]] = [(proof, frozenset())]
    while stack:
        node, above = stack.pop()
        if node.statement in above:
            yield f"{_text(node.statement)} is used to prove itself"
            continue
        if node.rule is None:
            if node.premises or not asserted(node.statement):
                yield f"{_text(node.statement)} is not asserted"
            continue
        premises = [premise.statement for premise in node.premises]
        named = [rule for rule in rules() if rule.name == node.rule]
        if not any(_applies(rule, node.statement, premises) for rule in named):
            given = "; ".join(map(_text, premises))
            yield f"{node.rule} does not conclude {_text(node.statement)} from {given or 'nothing'}"
        below = above | {node.statement}
        stack += [(premise, below) for premise in node.premises]


def refutation_faults(refutation: Refutation, *, asserted: Callable[[Statement], bool]) -> Iterator[str]:
    """What is wrong with the proof of a contradiction; nothing for one that holds.

    Args:
        refutation: the false rule and the proofs of its premises.
        asserted: whether a graph asserts a statement.
    """
    premises = [premise.statement for premise in refutation.premises]
    named = [rule for rule in rules() if rule.name == refutation.rule and rule.head is None]
    fires = any(any(True for _ in _satisfy(list(rule.body), premises, {})) for rule in named)
    # RDF 1.1 Semantics, section 7: a literal that its datatype does not know is a contradiction by itself.
    if not fires and not (refutation.rule == "dt-not-type" and any(map(_says_ill_typed, premises))):
        yield f"{refutation.rule} does not follow from {'; '.join(map(_text, premises)) or 'nothing'}"
    for premise in refutation.premises:
        yield from faults(premise, asserted=asserted)


def _says_ill_typed(statement: Statement) -> bool:
    value = statement[2]
    return isinstance(value, Literal) and within(value, value.datatype.value) is False


def _text(statement: Statement) -> str:
    return " ".join(map(str, statement))


def _applies(rule: Rule, conclusion: Statement, premises: Sequence[Statement]) -> bool:
    if rule.name == "eq-ref":
        return conclusion[1] == NamedNode(OWL + "sameAs") and conclusion[0] == conclusion[2]
    if rule.head is None:
        return False
    return any(
        any(True for _ in _satisfy(list(rule.body), premises, binding))
        for binding in _unify(rule.head, conclusion, {})
    )


def _satisfy(body: list[Premise], premises: Sequence[Statement], binding: _Binding) -> Iterator[_Binding]:
    """Ways to find every premise of a body among the given ones."""
    if not body:
        yield binding
        return
    tests = [premise for premise in body if isinstance(premise, Test)]
    premise = next((one for one in body if not isinstance(one, Test)), None)
    if premise is None:
        if all(_passes(test, binding) for test in tests):
            yield binding
        return
    rest = [one for one in body if one is not premise]
    if isinstance(premise, Pattern):
        for statement in premises:
            for extended in _unify(premise, statement, binding):
                yield from _satisfy(rest, premises, extended)
        return
    lists = (
        Pattern(one.subject, one.predicate, one.object)
        for one in rest
        if isinstance(one, Pattern) and premise_list(premise) == one.object
    )
    if premise_list(premise) not in binding and any(True for _ in lists):
        yield from _satisfy([*rest, premise], premises, binding)
        return
    head = binding[premise_list(premise)]
    if isinstance(premise, Members):
        for found in _members(premise.members, head, premises, binding):
            yield from _satisfy(rest, premises, found)
    elif isinstance(premise, Each):
        patterns = [one for one in rest if isinstance(one, Pattern)]
        if patterns:  # what the patterns bind is not new for each member
            yield from _satisfy([*rest, premise], premises, binding)
            return
        items = _whole_list(head, premises)
        if items:
            for found in _each(premise, items, premises, binding):
                yield from _satisfy(rest, premises, found)


def premise_list(premise: Premise) -> str:
    """The name of the list that a premise speaks about."""
    assert isinstance(premise, Members | Each)
    return premise.list


def _members(
    names: tuple[str, ...], cell: Term, premises: Sequence[Statement], binding: _Binding
) -> Iterator[_Binding]:
    """Ways to find names, in order, in the cells of a list that the premises spell out."""
    while names:
        for statement in premises:
            if statement[:2] == (cell, _FIRST) and binding.get(names[0], statement[2]) == statement[2]:
                found = {**binding, names[0]: statement[2]}
                if len(names) == 1:
                    yield found
                else:
                    for following in _nexts(cell, premises):
                        yield from _members(names[1:], following, premises, found)
        following_cell = next(_nexts(cell, premises), None)
        if following_cell is None:
            return
        cell = following_cell


def _nexts(cell: Term, premises: Sequence[Statement]) -> Iterator[Term]:
    return (statement[2] for statement in premises if statement[:2] == (cell, _REST))


def _whole_list(cell: Term, premises: Sequence[Statement]) -> list[Term]:
    items: list[Term] = []
    while cell != _NIL:
        first = next((s[2] for s in premises if s[:2] == (cell, _FIRST)), None)
        following = next(_nexts(cell, premises), None)
        if first is None or following is None or len(items) > len(premises):
            return []
        items.append(first)
        cell = following
    return items


def _each(
    premise: Each, items: list[Term], premises: Sequence[Statement], binding: _Binding
) -> Iterator[_Binding]:
    if premise.chained:
        yield from _chain(premise, items, premises, binding, binding[premise.patterns[0].subject])
        return
    first, *others = items
    for found in _satisfy(list(premise.patterns), premises, {**binding, premise.member: first}):
        if others:
            if any(True for _ in _each(premise, others, premises, binding)):
                yield found
        else:
            yield found
        return


def _chain(
    premise: Each, items: list[Term], premises: Sequence[Statement], binding: _Binding, here: Term
) -> Iterator[_Binding]:
    (link,) = premise.patterns
    if not items:
        if binding.get(link.object, here) == here:
            yield binding
        return
    for subject, predicate, object_ in premises:
        if subject == here and predicate == items[0]:
            yield from _chain(premise, items[1:], premises, binding, object_)


def _unify(pattern: Pattern, statement: Statement, binding: _Binding) -> Iterator[_Binding]:
    extended = dict(binding)
    for name, term in zip((pattern.subject, pattern.predicate, pattern.object), statement, strict=True):
        if is_variable(name):
            if extended.setdefault(name, term) != term:
                return
        elif name in ("0", "1"):
            number = Literal(name, datatype=NamedNode(XSD + "integer"))
            if not isinstance(term, Literal) or not same(term, number):
                return
        elif term != NamedNode(name):
            return
    yield extended


def _passes(test: Test, binding: _Binding) -> bool:
    left, right = binding[test.left], binding[test.right]
    if not isinstance(left, Literal):
        return False
    match test.test:
        case "within":
            return isinstance(right, NamedNode) and within(left, right.value) is True
        case "outside":
            return isinstance(right, NamedNode) and within(left, right.value) is False
        case "equals":
            return isinstance(right, Literal) and same(left, right)
        case _:
            return isinstance(right, Literal) and differ(left, right)
