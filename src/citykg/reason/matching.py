"""Bodies of rules matched against a closed graph: what makes a conclusion follow, found backwards."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import islice

from pyoxigraph import Literal, NamedNode

from citykg.reason.datatypes import differ, is_datatype, same, within
from citykg.reason.proof import KnownFacts, Statement
from citykg.reason.rules import (
    ONE,
    OWL,
    RDF,
    XSD,
    ZERO,
    Each,
    Members,
    Pattern,
    Premise,
    Rule,
    Test,
    is_variable,
    rules,
)
from citykg.reason.terms import Term, Terms

__all__ = ["Binding", "Matcher", "bind", "is_given", "rules_for", "unify"]

Binding = dict[str, Term]

TYPE = NamedNode(RDF + "type")
SAME_AS = NamedNode(OWL + "sameAs")
FIRST = NamedNode(RDF + "first")
REST = NamedNode(RDF + "rest")
NIL = NamedNode(RDF + "nil")

#: How many triples are looked at, and how many instances kept, for one rule and one conclusion. Where a
#: name occurs once (some x that p leads to y) one asserted triple is as good as all others.
_LOOKED_AT = 20_000
_KEPT = 500
_ALIKE = 200


@cache
def _constant(name: str) -> Term:
    if name in (ZERO, ONE):
        return Literal(name, datatype=NamedNode(XSD + "nonNegativeInteger"))
    return NamedNode(name)


def bind(name: str, binding: Binding) -> Term | None:
    """The term that a name of a pattern stands for; None for a variable without a value."""
    return binding.get(name) if is_variable(name) else _constant(name)


def unify(pattern: Pattern, statement: Statement, binding: Binding) -> Binding | None:
    """The binding extended so that the pattern is the statement; None where that cannot be."""
    extended = dict(binding)
    for name, term in zip((pattern.subject, pattern.predicate, pattern.object), statement, strict=True):
        known = bind(name, extended)
        if known is None:
            extended[name] = term
        elif known != term and not (name in (ZERO, ONE) and _is_number(term, known)):
            return None
    return extended


def _is_number(term: Term, number: Term) -> bool:
    return isinstance(term, Literal) and isinstance(number, Literal) and same(term, number)


@cache
def rules_for(predicate: Term) -> tuple[Rule, ...]:
    """The rules that may conclude something with a predicate."""
    found = []
    for rule in rules():
        if rule.head is not None and rule.name not in ("eq-ref", "dt-eq", "dt-diff"):
            known = bind(rule.head.predicate, {})
            if known is None or known == predicate:
                found.append(rule)
    return tuple(found)


def is_given(statement: Statement) -> str | None:
    """The rule by which a statement holds of itself: equality with itself, and what literals are."""
    subject, predicate, object_ = statement
    if predicate == SAME_AS and subject == object_:
        return "eq-ref"
    if isinstance(subject, Literal):
        if predicate == TYPE and isinstance(object_, NamedNode) and is_datatype(object_.value):
            return "dt-type2" if within(subject, object_.value) else None
        if isinstance(object_, Literal):
            if predicate == SAME_AS and same(subject, object_):
                return "dt-eq"
            if predicate.value == OWL + "differentFrom" and differ(subject, object_):  # type: ignore[union-attr]
                return "dt-diff"
    return None


class Matcher:
    """Matches bodies of rules against facts.

    Args:
        facts: the closed graph.
    """

    def __init__(self, facts: KnownFacts) -> None:
        self._facts = facts
        self._schema: dict[tuple[Term | None, Term | None, Term | None], list[Statement]] = {}
        self._asserted: dict[Statement, bool] = {}
        self._starts: dict[tuple[int, Term], list[tuple[tuple[Premise, ...], Binding]]] = {}
        self._has_equality: bool | None = None
        self._only_asserted = False
        #: How many triples were looked at so far.
        self.lookups = 0

    def is_asserted(self, statement: Statement) -> bool:
        """Whether some graph asserts the statement."""
        known = self._asserted.get(statement)
        if known is None:
            known = self._asserted[statement] = any(True for _ in self._facts.asserted(*statement))
        return known

    def holds(self, statement: Statement) -> bool:
        """Whether the statement is in the closure or goes without saying.

        What would be said of a literal is in no graph: it may hold, and only a proof can tell.
        """
        if is_given(statement) is not None or statement in _axiomatic():
            return True
        subject, predicate, object_ = statement
        if isinstance(subject, Literal) or (predicate == SAME_AS and isinstance(object_, Literal)):
            return True
        return any(True for _ in self._match(subject, predicate, object_))

    def bodies(self, rule: Rule, statement: Statement) -> Iterator[tuple[Statement, ...]]:
        """The premises of every instance of a rule that concludes a statement, some thousands at most."""
        assert rule.head is not None
        if rule.name.startswith("eq-rep") and not self._equality():
            return
        for body, known in self._started(rule, statement):
            binding = unify(rule.head, statement, known)
            if binding is not None:
                found = self.solve(body, binding, needed=frozenset(binding))
                yield from islice((self.premises(rule, solution) for solution in found), _KEPT)

    def _started(self, rule: Rule, statement: Statement) -> list[tuple[tuple[Premise, ...], Binding]]:
        """What is left of a rule's body, and what is bound, once the ontology has told about a property."""
        assert rule.head is not None
        name, predicate = rule.head.predicate, statement[1]
        if not is_variable(name) or predicate == TYPE:
            return [(rule.body, {})]
        key = (id(rule), predicate)  # the table is made once
        if key not in self._starts:
            binding = {name: predicate}
            schema = [premise for premise in rule.body if _is_schema(premise)]
            data = tuple(premise for premise in rule.body if not _is_schema(premise))
            needed = frozenset().union({name}, *map(_names, rule.body))
            if name in frozenset().union(*map(_names, schema)):
                found = self.solve(tuple(schema), binding, needed=needed)
                self._starts[key] = [(data, solution) for solution in found]
            else:
                self._starts[key] = [(rule.body, binding)]
        return self._starts[key]

    def renamings(self, statement: Statement) -> Iterator[tuple[Rule, NamedNode, tuple[Statement, ...]]]:
        """The rules by which one triple with other ends or another property makes one like a statement.

        Yields:
            The rule, whose last premise is the data; the property of the data; and the axioms before it.
        """
        for rule in rules_for(statement[1]):
            head, data = rule.head, rule.body[-1] if rule.body else None
            if head is None or not isinstance(data, Pattern):
                continue
            if {data.subject, data.object} != {head.subject, head.object}:
                continue
            for body, known in self._started(rule, statement):
                name = bind(data.predicate, known)
                if body == (data,) and isinstance(name, NamedNode):
                    axioms = Rule(rule.name, rule.table, rule.body[:-1], head)
                    yield rule, name, self.premises(axioms, known)

    def neighbours(self, statement: Statement, rule: Rule, *, wide: bool) -> Iterator[Term]:
        """For a transitive rule: what the subject reaches in one step that the rule itself did not make.

        Every path to the object begins with such a step, so no others need to be tried.

        Args:
            statement: where the path leads from, by which property, and where to.
            rule: prp-trp or eq-trans.
            wide: every step; otherwise only those that follow by one rule from asserted data.
        """
        subject, predicate, _ = statement
        seen: set[Term] = set()
        steps = [step[2] for step in self._facts.asserted(subject, predicate, None)]
        if rule.name == "eq-trans":
            steps += [step[0] for step in self._facts.asserted(None, predicate, subject)]
        for term in steps:
            if term not in seen:
                seen.add(term)
                yield term
        for other in rules_for(predicate):
            if other.name in (rule.name, "eq-sym"):
                continue
            if other.name.startswith("eq-rep") and (rule.name == "eq-trans" or not self._equality()):
                continue
            self._only_asserted = not wide
            terms = list(self._steps(other, statement, backwards=rule.name == "eq-trans"))
            self._only_asserted = False
            for term in terms:
                if term not in seen:
                    seen.add(term)
                    yield term

    def _steps(self, rule: Rule, statement: Statement, *, backwards: bool) -> Iterator[Term]:
        """What a rule leads to from the subject of a statement, by its predicate."""
        head = rule.head
        assert head is not None
        ends = [(head.subject, head.object)]
        if backwards:
            ends.append((head.object, head.subject))
        for here, there in ends:
            if not is_variable(here) or not is_variable(there):
                continue
            for body, known in self._started(rule, statement):
                if known.get(here, statement[0]) != statement[0]:
                    continue
                binding = {**known, here: statement[0]}
                found = self.solve(body, binding, needed=frozenset((*binding, there)))
                yield from (solution[there] for solution in islice(found, _KEPT))

    def premises(self, rule: Rule, binding: Binding) -> tuple[Statement, ...]:
        """The premises of an instance, lists spelled out as their cells; tests of values say nothing."""
        found: list[Statement] = []
        for premise in rule.body:
            found += self._statements(premise, binding)
        return tuple(dict.fromkeys(found))

    def solve(
        self, body: tuple[Premise, ...], binding: Binding, *, needed: frozenset[str]
    ) -> Iterator[Binding]:
        """All bindings under which the premises hold in the closure.

        Args:
            body: what must hold.
            binding: what is known already.
            needed: names whose different values matter; for others an asserted triple is as good as any.
        """
        if not body:
            yield binding
            return
        index = min(range(len(body)), key=lambda place: _priority(body[place], binding))
        premise, rest = body[index], (*body[:index], *body[index + 1 :])
        matters = needed.union(*map(_names, rest)) & (_names(premise) - binding.keys())
        if isinstance(premise, Pattern) and not matters and not _names(premise) <= binding.keys():
            found = self._any_of(premise, binding)
        else:
            found = self._extend(premise, binding)
        for extended in found:
            yield from self.solve(rest, extended, needed=needed)

    def _any_of(self, pattern: Pattern, binding: Binding) -> Iterator[Binding]:
        """One asserted triple that fits, or some inferred ones."""
        terms = [bind(name, binding) for name in (pattern.subject, pattern.predicate, pattern.object)]
        stated = self._facts.asserted(*terms)
        extended = next((found for found in (unify(pattern, s, binding) for s in stated) if found), None)
        if extended is not None:
            yield extended
        else:
            yield from islice(self._extend_pattern(pattern, binding), _ALIKE)

    def _extend(self, premise: Premise, binding: Binding) -> Iterator[Binding]:
        if isinstance(premise, Pattern):
            yield from self._extend_pattern(premise, binding)
        elif isinstance(premise, Members):
            for items in self._combinations(premise, binding):
                extended = dict(binding)
                if all(extended.setdefault(n, t) == t for n, t in zip(premise.members, items, strict=True)):
                    yield extended
        elif isinstance(premise, Each):
            members = self.list_items(binding[premise.list])
            if members:
                yield from self._extend_each(premise, members, binding)
        elif _passes(premise, binding):
            yield binding

    def _extend_pattern(self, pattern: Pattern, binding: Binding) -> Iterator[Binding]:
        terms = [bind(name, binding) for name in (pattern.subject, pattern.predicate, pattern.object)]
        subject, predicate, object_ = terms
        if pattern.object in (ZERO, ONE):
            object_ = None
        elif subject is not None and predicate is not None and object_ is not None:
            if self.holds((subject, predicate, object_)):
                yield binding
            return
        for statement in islice(self._match(subject, predicate, object_), _LOOKED_AT):
            extended = unify(pattern, statement, binding)
            if extended is not None:
                yield extended

    def _extend_each(self, premise: Each, items: list[Term], binding: Binding) -> Iterator[Binding]:
        """Every way in which the patterns hold for all members; inner names are numbered by member."""
        patterns: list[Pattern] = []
        for index, names in enumerate(_member_names(premise, len(items), _plain(binding))):
            patterns += [
                Pattern(*(names.get(name, name) for name in (p.subject, p.predicate, p.object)))
                for p in premise.patterns
            ]
            binding = {**binding, names[premise.member]: items[index]}
        yield from self.solve(tuple(patterns), binding, needed=frozenset(binding))

    def _combinations(self, premise: Members, binding: Binding) -> Iterator[tuple[Term, ...]]:
        items = self.list_items(binding[premise.list])
        if len(premise.members) == 1:
            yield from ((item,) for item in items)
            return
        for index, item in enumerate(items):
            yield from ((item, other) for other in items[index + 1 :])

    def list_items(self, head: Term) -> list[Term]:
        """The members of a list; none of a list that is not well-formed."""
        items: list[Term] = []
        seen = {NIL}
        while head not in seen:
            seen.add(head)  # type: ignore[arg-type]
            first = next(iter(self._match(head, FIRST, None)), None)
            rest = next(iter(self._match(head, REST, None)), None)
            if first is None or rest is None:
                return []
            items.append(first[2])
            head = rest[2]
        return items if head == NIL else []

    def _cells(self, head: Term, upto: Iterable[Term] | None) -> Iterator[Statement]:
        """The triples of a list, as far as its members are needed; all for None."""
        wanted = None if upto is None else list(upto)
        while head != NIL and wanted != []:
            first = next(iter(self._match(head, FIRST, None)))
            if wanted is None or first[2] in wanted:
                yield first
                if wanted is not None:
                    wanted.remove(first[2])
                    if not wanted:
                        return
            rest = next(iter(self._match(head, REST, None)))
            yield rest
            head = rest[2]

    def _statements(self, premise: Premise, binding: Binding) -> list[Statement]:
        if isinstance(premise, Pattern):
            return [self._statement(premise, binding)]
        if isinstance(premise, Members):
            return list(self._cells(binding[premise.list], [binding[name] for name in premise.members]))
        if isinstance(premise, Each):
            found = list(self._cells(binding[premise.list], None))
            items = self.list_items(binding[premise.list])
            for names in _member_names(premise, len(items), _plain(binding)):
                local = {inner: binding[outer] for inner, outer in names.items()}
                found += [self._statement(pattern, {**binding, **local}) for pattern in premise.patterns]
            return found
        return []

    def _statement(self, pattern: Pattern, binding: Binding) -> Statement:
        subject, predicate, object_ = (
            bind(name, binding) for name in (pattern.subject, pattern.predicate, pattern.object)
        )
        assert subject is not None
        assert predicate is not None
        assert object_ is not None
        if pattern.object in (ZERO, ONE):
            for statement in self._match(subject, predicate, None):
                if _is_number(statement[2], object_):
                    return statement
        return (subject, predicate, object_)

    def _match(
        self, subject: Term | None, predicate: Term | None, object_: Term | None
    ) -> Iterator[Statement]:
        key = (subject, predicate, object_)
        if predicate in _schema_predicates() or (predicate == TYPE and object_ in _schema_classes()):
            if key not in self._schema:
                known = list(self._facts.match(*key))
                known += [s for s in _axiomatic() if s not in known and _fits(s, key)]
                self._schema[key] = known
            found: Iterable[Statement] = self._schema[key]
        else:
            found = self._facts.asserted(*key) if self._only_asserted else self._facts.match(*key)
        self.lookups += 1
        for statement in found:
            self.lookups += 1
            yield statement

    def _equality(self) -> bool:
        if self._has_equality is None:
            self._has_equality = any(True for _ in islice(self._facts.match(None, SAME_AS, None), 1))
        return self._has_equality


def _member_names(premise: Each, count: int, outside: Collection[str]) -> list[dict[str, str]]:
    """For every member of a list, the names that the patterns use for it in place of their own."""
    found = []
    for index in range(count):
        names = {premise.member: f"{premise.member} {index}"}
        for pattern in premise.patterns:
            if premise.chained:
                names[pattern.subject] = f"{pattern.object} {index - 1}" if index else pattern.subject
                names[pattern.object] = f"{pattern.object} {index}" if index < count - 1 else pattern.object
            else:
                inner = {name for name in _names(pattern) if name != premise.member and name not in outside}
                names |= {name: f"{name} {index}" for name in inner}
        found.append(names)
    return found


def _plain(binding: Binding) -> set[str]:
    """The names of a binding that are not numbered."""
    return {name for name in binding if " " not in name}


def _fits(statement: Statement, wanted: tuple[Term | None, ...]) -> bool:
    return all(term in (None, value) for term, value in zip(wanted, statement, strict=True))


def _is_schema(premise: Premise) -> bool:
    """Whether a premise speaks about the ontology: by a schema property, class or list."""
    if isinstance(premise, Pattern):
        if is_variable(premise.predicate):
            return False
        predicate = _constant(premise.predicate)
        is_class = predicate == TYPE and not is_variable(premise.object)
        return predicate in _schema_predicates() or is_class
    return isinstance(premise, Members)


def _passes(premise: Test, binding: Binding) -> bool:
    left, right = binding[premise.left], binding[premise.right]
    if not isinstance(left, Literal):
        return False
    if premise.test in ("within", "outside"):
        inside = within(left, right.value) if isinstance(right, NamedNode) else None
        return inside is (premise.test == "within")
    if not isinstance(right, Literal):
        return False
    return same(left, right) if premise.test == "equals" else differ(left, right)


def _names(premise: Premise) -> frozenset[str]:
    if isinstance(premise, Pattern):
        names = [premise.subject, premise.predicate, premise.object]
    elif isinstance(premise, Members):
        names = [premise.list, *premise.members]
    elif isinstance(premise, Each):
        names = [premise.list, *(name for pattern in premise.patterns for name in _names(pattern))]
    else:
        names = [premise.left, premise.right]
    return frozenset(name for name in names if is_variable(name))


def _priority(premise: Premise, binding: Binding) -> tuple[int, int]:
    """What to match first: what is known, then what leads on from a subject, lists once they are known."""
    if isinstance(premise, Test):
        return (9, 0) if not _names(premise) <= binding.keys() else (0, 0)
    if isinstance(premise, Members | Each):
        return (3, 0) if premise.list in binding else (9, 1)
    known = [bind(name, binding) is not None for name in (premise.subject, premise.predicate, premise.object)]
    is_schema = not is_variable(premise.predicate) and _constant(premise.predicate) in _schema_predicates()
    unknown = 3 - sum(known)
    if unknown == 0:
        return (0, 0)
    if unknown == 1 and premise.predicate == SAME_AS.value:
        return (0, 1)
    if unknown == 1 and known[1]:
        return (1 if known[0] else 2 if is_schema else 4, not is_schema)
    return (5 + unknown, not is_schema)


@cache
def _schema_predicates() -> frozenset[Term]:
    found: set[Term] = {FIRST, REST}
    for rule in rules():
        for premise in rule.body:
            if isinstance(premise, Pattern) and not is_variable(premise.predicate):
                found.add(_constant(premise.predicate))
    return frozenset(found - {TYPE, SAME_AS})


@cache
def _schema_classes() -> frozenset[Term]:
    patterns = (premise for rule in rules() for premise in rule.body if isinstance(premise, Pattern))
    return frozenset(_constant(p.object) for p in patterns if not is_variable(p.object))


@cache
def _axiomatic() -> frozenset[Statement]:
    from citykg.reason.compiling import axiomatic

    nodes = Terms().terms
    return frozenset((nodes[s], nodes[p], nodes[o]) for s, p, o in axiomatic())
