"""The ontology put into the rules: its own closure (scm-*), and the clauses that remain for the data."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from citykg.reason.clauses import Atom, Clause, Plan, plan
from citykg.reason.rules import ONE, OWL, ZERO, Each, Members, Pattern, Rule, is_variable, rules
from citykg.reason.set_facts import Row, SetFacts
from citykg.reason.terms import Terms, Triple3, vocabulary

__all__ = ["OPERATORS", "Schema", "axiomatic", "schema_keys"]

#: Rules that the engine applies by operators of its own: equality by representatives, values by number.
OPERATORS = frozenset(
    (
        "eq-ref",
        "eq-sym",
        "eq-trans",
        "eq-rep-s",
        "eq-rep-p",
        "eq-rep-o",
        "dt-type2",
        "dt-eq",
        "dt-diff",
        "dt-not-type",
    )
)

#: The key under which members of lists stand, as pairs of list and member.
_MEMBER = 1 << 40


@cache
def schema_keys() -> frozenset[int]:
    """Keys of the relations that ontologies are written in: what premises of the rules name."""
    names = vocabulary()
    keys = {Terms.FIRST, Terms.REST}
    for rule in rules():
        for premise in rule.body:
            if isinstance(premise, Pattern) and _is_schema(premise):
                keys.add(Atom.of(-1, names[premise.predicate], names.get(premise.object, -1)).key)
    return frozenset(keys)


@cache
def _list_keys() -> frozenset[int]:
    """Properties whose values the rules read as lists."""
    found = set()
    for rule in rules():
        lists = {premise.list for premise in rule.body if isinstance(premise, Members | Each)}
        for premise in rule.body:
            if isinstance(premise, Pattern) and premise.object in lists:
                found.add(vocabulary()[premise.predicate])
    return frozenset(found)


@cache
def _numeral_keys() -> frozenset[int]:
    """Properties whose values the rules read as numbers."""
    patterns = [premise for rule in rules() for premise in rule.body if isinstance(premise, Pattern)]
    return frozenset(vocabulary()[p.predicate] for p in patterns if p.object in (ZERO, ONE))


def _is_schema(pattern: Pattern) -> bool:
    if is_variable(pattern.predicate):
        return False
    number = vocabulary()[pattern.predicate]
    if number == Terms.TYPE:
        return not is_variable(pattern.object) and pattern.object != OWL + "Nothing"
    return number != Terms.SAME_AS and pattern.predicate != OWL + "differentFrom"


@dataclass(frozen=True, slots=True)
class _Split:
    """A rule in two: premises about the ontology, and premises about the data."""

    rule: Rule
    schema: tuple[Atom, ...]
    members: Members | None
    data: tuple[Pattern, ...]
    each: Each | None
    variables: dict[str, int]
    #: What the ontology is asked: the values of the variables, in order.
    query: Plan
    #: The premises about the data and the conclusion, with variables that continue those of the ontology.
    templates: tuple[Triple3, ...]
    head: Triple3 | None
    #: Whether it speaks about the ontology only and concludes about it.
    is_schema: bool


@cache
def _splits() -> tuple[_Split, ...]:
    return tuple(_split(rule) for rule in rules() if rule.name not in OPERATORS)


def _split(rule: Rule) -> _Split:
    variables: dict[str, int] = {}
    schema: list[Atom] = []
    data: list[Pattern] = []
    members: Members | None = None
    each: Each | None = None
    for premise in rule.body:
        if isinstance(premise, Pattern):
            if _is_schema(premise):
                schema.append(_atom(premise, variables))
            else:
                data.append(premise)
        elif isinstance(premise, Members):
            if len(premise.members) == 1:
                list_, member = (_number(name, variables) for name in (premise.list, premise.members[0]))
                schema.append(Atom(_MEMBER, list_, member))
            else:
                members = premise
        elif isinstance(premise, Each):
            each = premise
    own = dict(variables)  # those of the ontology; the data may have more
    is_schema = not data and each is None and rule.head is not None and _is_schema(rule.head)
    return _Split(
        rule,
        tuple(schema),
        members,
        tuple(data),
        each,
        own,
        query=plan(schema, None, own.values()),
        templates=tuple(_numbers(pattern, variables) for pattern in data),
        head=None if rule.head is None else _numbers(rule.head, variables),
        is_schema=is_schema,
    )


def _number(name: str, variables: dict[str, int]) -> int:
    return variables.setdefault(name, -1 - len(variables)) if is_variable(name) else vocabulary()[name]


def _numbers(pattern: Pattern, variables: dict[str, int]) -> Triple3:
    subject, predicate, object_ = pattern.subject, pattern.predicate, pattern.object
    return _number(subject, variables), _number(predicate, variables), _number(object_, variables)


def _atom(pattern: Pattern, variables: dict[str, int]) -> Atom:
    return Atom.of(*_numbers(pattern, variables))


@cache
def axiomatic() -> frozenset[Triple3]:
    """What the empty graph entails: owl:Thing, owl:Nothing, the datatypes and annotation properties."""
    return frozenset(Schema((), numerals=lambda _: None).triples())


@cache
def _schema_clauses() -> tuple[Clause, ...]:
    """The rules about ontologies, as clauses."""
    return tuple(
        Clause(split.rule.name, split.schema, _atom(split.rule.head, dict(split.variables)))
        for split in _splits()
        if split.is_schema and split.rule.body and split.rule.head is not None
    )


@cache
def _schema_plans() -> dict[int, list[tuple[int, Plan]]]:
    """By the key of what is new: what else to look at, and the key of what follows."""
    plans: dict[int, list[tuple[int, Plan]]] = {}
    for clause in _schema_clauses():
        head = clause.head
        assert head is not None
        if not clause.is_transitivity:
            for index, atom in enumerate(clause.body):
                plans.setdefault(atom.key, []).append((head.key, plan(clause.body, index, head.arguments)))
    return plans


class Schema:
    """The ontology of a graph, closed under the rules that speak about ontologies only.

    Args:
        triples: the ontology as stated.
        numerals: for the number of a literal, the stand-in for zero or one, or None.
    """

    def __init__(self, triples: Iterable[Triple3], *, numerals: Callable[[int], int | None]) -> None:
        self.facts = SetFacts()
        for clause in _schema_clauses():
            if clause.is_transitivity and clause.head is not None:
                self.facts.close_transitively(clause.head.key)
        limits = _numeral_keys()
        for subject, predicate, object_ in triples:
            atom = Atom.of(subject, predicate, object_)
            self.facts.stage(atom.key, [atom.arguments])
            if predicate in limits and (numeral := numerals(object_)) is not None:
                self.facts.stage(predicate, [(subject, numeral)])
        for split in _splits():
            if split.rule.head is not None and not split.rule.body:
                atom = _atom(split.rule.head, {})
                self.facts.stage(atom.key, [atom.arguments])
        self.facts.commit()
        self._cells = (
            {row[0]: row[1] for row in self.facts.rows(Terms.FIRST)},
            {row[0]: row[1] for row in self.facts.rows(Terms.REST)},
        )
        heads = {row[1] for key in _list_keys() for row in self.facts.rows(key)}
        self._lists = {head: self._items(head) for head in heads}
        self.facts.stage(_MEMBER, [(head, item) for head, items in self._lists.items() for item in items])
        self.facts.commit()
        self._close()

    def triples(self) -> Iterator[Triple3]:
        """The closed ontology."""
        for key in self.facts.keys():  # noqa: SIM118
            if key == _MEMBER:
                continue
            for row in self.facts.rows(key):
                if key < 0:
                    yield (row[0], Terms.TYPE, ~key)
                elif row[1] not in (Terms.ZERO, Terms.ONE):
                    yield (row[0], key, row[1])

    def clauses(self) -> Iterator[Clause]:
        """The rules about data with this ontology put in; some may occur twice."""
        for split in _splits():
            if split.is_schema or (not split.schema and not split.data):
                continue
            for row in self.facts.evaluate(split.query, [()]):
                yield from self._instantiate(split, row)

    def _instantiate(self, split: _Split, row: Row) -> Iterator[Clause]:
        if split.members is None and split.each is None:
            body = tuple([_put(atom, row) for atom in split.templates])
            head = split.head
            if head is None:
                yield Clause(split.rule.name, body, None, _axioms(split, row))
            elif (conclusion := _put(head, row)) not in body:
                yield Clause(split.rule.name, body, conclusion)
            return
        bound = dict(zip(split.variables, row, strict=True))
        for chosen in self._choices(split, bound):
            variables: dict[str, int] = dict(chosen)
            patterns = [_bind(pattern, variables) for pattern in split.data]
            if split.each is not None:
                items = self._lists.get(chosen[split.each.list], ())
                if not items:
                    continue
                patterns += _unroll(split, items, variables)
            if split.rule.head is None:
                yield Clause(split.rule.name, tuple(patterns), None, _axioms(split, row))
            elif (conclusion := _bind(split.rule.head, variables)) not in patterns:
                yield Clause(split.rule.name, tuple(patterns), conclusion)

    def _choices(self, split: _Split, bound: dict[str, int]) -> Iterator[dict[str, int]]:
        if split.members is None:
            yield bound
            return
        first, second = split.members.members
        items = self._lists.get(bound[split.members.list], ())
        if all(_is_same(pattern) for pattern in split.data):
            # Terms that are the same stand under one representative: only equal members matter.
            for item, count in Counter(items).items():
                if count > 1:
                    yield {**bound, first: item, second: item}
            return
        for left, right in combinations(items, 2):
            yield {**bound, first: left, second: right}

    def _close(self) -> None:
        plans = _schema_plans()
        self.facts.delta = {key: self.facts.rows(key) for key in plans}
        while self.facts.delta:
            for key, rows in self.facts.delta.items():
                for head_key, query in plans.get(key, ()):
                    self.facts.stage(head_key, self.facts.evaluate(query, rows))
            self.facts.commit()

    def _items(self, head: int) -> tuple[int, ...]:
        """The members of a list; none of a list that is not well-formed."""
        firsts, rests = self._cells
        items: list[int] = []
        seen: set[int] = set()
        node = head
        while node != Terms.NIL:
            if node in seen or node not in firsts or node not in rests:
                return ()
            seen.add(node)
            items.append(firsts[node])
            node = rests[node]
        return tuple(items)


def _is_same(pattern: Pattern) -> bool:
    return pattern.predicate == OWL + "sameAs"


def _put(template: Triple3, row: Row) -> Atom:
    """An atom with the values of a row in the place of the first variables."""
    subject, predicate, object_ = template
    known = len(row)
    if subject < 0 and -1 - subject < known:
        subject = row[-1 - subject]
    if predicate < 0 and -1 - predicate < known:
        predicate = row[-1 - predicate]
    if object_ < 0 and -1 - object_ < known:
        object_ = row[-1 - object_]
    return Atom.of(subject, predicate, object_)


def _axioms(split: _Split, row: Row) -> tuple[Triple3, ...]:
    """The triples of the ontology that a rule was instantiated with, for contradictions."""
    bound = dict(zip(split.variables, row, strict=True))
    return tuple(
        (bound.get(premise.subject, -1), vocabulary()[premise.predicate], _value(premise.object, bound))
        for premise in split.rule.body
        if isinstance(premise, Pattern) and _is_schema(premise)
    )


def _value(name: str, bound: dict[str, int]) -> int:
    return bound[name] if is_variable(name) else vocabulary()[name]


def _bind(pattern: Pattern, variables: dict[str, int]) -> Atom:
    """An atom: known names by their numbers, unknown ones as new variables."""
    numbers = []
    for name in (pattern.subject, pattern.predicate, pattern.object):
        if is_variable(name):
            numbers.append(variables.setdefault(name, -1 - len(variables)))
        else:
            numbers.append(vocabulary()[name])
    return Atom.of(*numbers)


def _unroll(split: _Split, items: tuple[int, ...], variables: dict[str, int]) -> list[Atom]:
    """The patterns of an `each` or `chain` once for every member of the list."""
    each = split.each
    assert each is not None
    head = split.rule.head
    outside = {head.subject, head.predicate, head.object} if head else set()
    for pattern in split.data:
        outside |= {pattern.subject, pattern.predicate, pattern.object}
    for name in sorted(outside):
        if is_variable(name):
            variables.setdefault(name, -1 - len(variables))
    found = []
    if each.chained:
        (link,) = each.patterns
        ends = [variables[link.subject]]
        for index in range(len(items) - 1):
            ends.append(variables.setdefault(f"{link.object} {index}", -1 - len(variables)))
        ends.append(variables[link.object])
        return [Atom.of(ends[i], item, ends[i + 1]) for i, item in enumerate(items)]
    for index, item in enumerate(items):
        local = {each.member: item}
        for pattern in each.patterns:
            numbers = []
            for name in (pattern.subject, pattern.predicate, pattern.object):
                if name in local:
                    numbers.append(local[name])
                elif not is_variable(name):
                    numbers.append(vocabulary()[name])
                else:
                    known = name if name in variables else f"{name} {index}"
                    numbers.append(variables.setdefault(known, -1 - len(variables)))
            found.append(Atom.of(*numbers))
    return found
