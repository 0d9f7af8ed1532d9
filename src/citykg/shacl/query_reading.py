"""SPARQL text read into graph patterns.

A reading of SPARQL 1.1 Query, section 19.8, from GroupGraphPattern down: paths come apart into triple
patterns, prefixed names become IRIs, variables that a subquery keeps to itself get names of their own. What
the grammar allows and nobody here needs (SERVICE, collections, negated property sets) is refused.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from citykg.tokens import Kind, Token, code_tokens

from .paths import Alternative, Inverse, Path, Predicate, Repeat
from .paths import Sequence as Steps
from .patterns import (
    Bind,
    Element,
    Expression,
    Filter,
    Graphs,
    Group,
    Minus,
    Name,
    Optional,
    Query,
    Reach,
    Subselect,
    TriplePattern,
    Union,
    Values,
    Variable,
)
from .vocabulary import RDF

__all__ = ["Unfollowable", "read_query", "read_tokens"]

_TYPE = NamedNode(RDF + "type")
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


class Unfollowable(Exception):
    """A query that this reading does not know; the message says what of it."""


def read_query(text: str, *, prefixes: Mapping[str, str] | None = None, path: Path | None = None) -> Query:
    """Read a SELECT.

    Args:
        text: the query, its PREFIX lines included.
        prefixes: what is declared beside the text.
        path: takes the place of ``$PATH``.

    Raises:
        Unfollowable: for what this reading does not know.
    """
    return read_tokens(tuple(code_tokens(text)), prefixes=prefixes, path=path)


def read_tokens(
    tokens: Sequence[Token], *, prefixes: Mapping[str, str] | None = None, path: Path | None = None
) -> Query:
    """Read a SELECT that is in tokens already, spaces and comments left out, as `read_query` does."""
    return _Reader(tokens, prefixes or {}, path).query()


@dataclass(slots=True)
class _Scope:
    """Names of variables: a subquery's own are told from those of the query around it."""

    renamed: dict[str, Variable] = field(default_factory=dict)
    mark: str = ""


class _Reader:
    def __init__(self, tokens: Sequence[Token], prefixes: Mapping[str, str], path: Path | None) -> None:
        self._tokens = tokens
        self._next = 0
        self._prefixes = dict(prefixes)
        self._path = path
        self._fresh = count(1)
        self._scope = _Scope()
        self._graph: Name | None = None
        self._nested = 0

    def query(self) -> Query:
        while self._word() in ("PREFIX", "BASE"):
            if self._word() == "BASE":
                raise Unfollowable("BASE")
            self._take()
            name, iri = self._take(), self._take()
            self._prefixes[name.text[:-1]] = iri.text[1:-1]
        found = self._select()
        if self._next < len(self._tokens):
            raise Unfollowable(f"{self._here()} after the query")
        return found

    # The query and its subqueries

    def _select(self) -> Subselect:
        if self._word() != "SELECT":
            raise Unfollowable("no SELECT")
        start = self._next
        while self._text() != "{":
            self._take()
        end = self._next
        projected, computed = self._projection(start, end)
        outer = self._scope
        if self._nested:  # what it does not return is its own
            inner = {name: self._named(name) for name in projected}
            self._scope = _Scope(inner, f"\u00b7{next(self._fresh)}")
        self._nested += 1
        group = self._group()
        self._nested -= 1
        tail_start = self._next
        open_ = 0
        while self._next < len(self._tokens) and (open_ or self._text() != "}"):
            open_ += (self._text() == "{") - (self._text() == "}")
            self._take()
        tail_end = self._next
        head, tail = self._pieces(start, end), self._pieces(tail_start, tail_end)
        if any(isinstance(piece, Group) for piece in (*head, *tail)):
            raise Unfollowable("EXISTS outside of the pattern")
        names = frozenset(self._named(name) for name in projected)
        plain = frozenset(self._named(name) for name in projected - computed)
        keys = plain & self._keys(self._words(start, end), tail_start, tail_end, plain)
        self._scope = outer
        return Subselect(head, group, tail, names, keys)

    def _projection(self, start: int, end: int) -> tuple[set[str], set[str]]:
        """The names of the variables that a SELECT returns, and those of them that it computes."""
        names: set[str] = set()
        computed: set[str] = set()
        depth = 0
        for place in range(start + 1, end):
            token = self._tokens[place]
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "*" and not depth:
                raise Unfollowable("SELECT *")
            if token.kind is Kind.VARIABLE:
                if not depth:
                    names.add(token.text[1:])
                elif self._tokens[place - 1].text.upper() == "AS":
                    names.add(token.text[1:])
                    computed.add(token.text[1:])
        return names, computed

    def _keys(self, head: list[str], start: int, end: int, plain: frozenset[Variable]) -> frozenset[Variable]:
        """The variables that tell solutions apart before anything is counted or cut."""
        words = self._words(start, end)
        if not {"LIMIT", "OFFSET", "VALUES"}.isdisjoint(words):
            return frozenset()
        if "GROUP" not in words:
            return plain if _AGGREGATES.isdisjoint(head) else frozenset()
        stop = next((place for place, word in enumerate(words) if word in ("HAVING", "ORDER")), len(words))
        grouped = self._tokens[start + words.index("GROUP") : start + stop]
        return frozenset(self._named(token.text[1:]) for token in grouped if token.kind is Kind.VARIABLE)

    def _words(self, start: int, end: int) -> list[str]:
        return [t.text.upper() if t.kind is Kind.WORD else "" for t in self._tokens[start:end]]

    def _pieces(self, start: int, end: int) -> Expression:
        place, self._next = self._next, start
        pieces: list[str | Variable | Group] = []
        while self._next < end:
            pieces.append(self._piece())
        self._next = place
        return _joined(pieces)

    # Groups

    def _group(self) -> Group:
        self._take("{")
        if self._word() == "SELECT":
            found: tuple[Element, ...] = (self._select(),)
        else:
            found = tuple(self._elements())
        self._take("}")
        return Group(found)

    def _elements(self) -> Iterator[Element]:
        while self._text() != "}":
            word = self._word()
            if self._text() == "{":
                yield self._groups()
            elif word == "OPTIONAL":
                self._take()
                yield Optional(self._group())
            elif word == "MINUS":
                self._take()
                yield Minus(self._group())
            elif word == "FILTER":
                self._take()
                yield Filter(self._expression())
            elif word == "BIND":
                yield self._bind()
            elif word == "VALUES":
                yield self._values()
            elif word == "GRAPH":
                yield from self._in_graph()
            elif word == "SERVICE":
                raise Unfollowable("SERVICE")
            elif self._text() == ".":
                self._take()
            else:
                yield from self._triples()

    def _groups(self) -> Element:
        branches = [self._group()]
        while self._word() == "UNION":
            self._take()
            branches.append(self._group())
        if len(branches) > 1:
            return Union(tuple(branches))
        inner = branches[0]
        if len(inner.elements) == 1 and isinstance(inner.elements[0], Subselect):
            return inner.elements[0]
        return inner

    def _in_graph(self) -> Iterator[Element]:
        self._take()
        if self._graph is not None:
            raise Unfollowable("GRAPH within GRAPH")
        name = self._name()
        self._graph = name
        group = self._group()
        self._graph = None
        if group.elements and not any(isinstance(e, TriplePattern | Reach | Union) for e in group.elements):
            raise Unfollowable("GRAPH without a triple pattern of its own")
        if not group.elements:
            yield Graphs(name)
        elif all(isinstance(element, TriplePattern | Reach) for element in group.elements):
            yield from group.elements  # each names its graph
        else:
            yield group

    def _bind(self) -> Bind:
        self._take()
        self._take("(")
        pieces: list[str | Variable | Group] = []
        depth = 0
        while depth or self._word() != "AS":
            depth += (self._text() == "(") - (self._text() == ")")
            pieces.append(self._piece())
        self._take()
        name = self._variable()
        self._take(")")
        return Bind(_joined(pieces), name)

    def _values(self) -> Values:
        self._take()
        names = []
        if self._text() == "(":
            self._take()
            while self._text() != ")":
                names.append(self._variable())
            self._take()
        else:
            names.append(self._variable())
        start = self._next
        self._take("{")
        while self._text() != "}":
            self._take()
        self._take()
        rows = self._pieces(start, self._next)
        complete = all(token.text.upper() != "UNDEF" for token in self._tokens[start : self._next])
        return Values(tuple(names), "".join(str(piece) for piece in rows).strip(), complete)

    # Expressions

    def _expression(self) -> Expression:
        """A constraint of FILTER: in brackets, a call, or EXISTS."""
        pieces: list[str | Variable | Group] = []
        if self._word() in ("EXISTS", "NOT"):
            while self._text() != "{":
                pieces.append(self._piece())
            pieces.append(self._piece())
            return _joined(pieces)
        while self._text() != "(":
            pieces.append(self._piece())
        depth = 0
        while True:
            depth += (self._text() == "(") - (self._text() == ")")
            pieces.append(self._piece())
            if not depth:
                return _joined(pieces)

    def _piece(self) -> "str | Variable | Group":
        token = self._peek()
        if token.text == "{" and self._tokens[self._next - 1].text.upper() == "EXISTS":
            graph, self._graph = self._graph, None
            if graph is not None:
                raise Unfollowable("EXISTS within GRAPH")
            group = self._group()
            self._graph = graph
            return group
        self._take()
        if token.kind is Kind.VARIABLE:
            return self._named(token.text[1:])
        if token.kind is Kind.BLANK:
            raise Unfollowable("a blank node in an expression")
        before = self._tokens[self._next - 2] if self._next > 1 else None
        apart = before is None or before.start + len(before.text) < token.start
        text = str(self._iri(token)) if token.kind is Kind.NAME else token.text
        # Spaces stay where they were: Oxigraph's parser does not take every one that the grammar allows.
        return f" {text}" if apart else text

    # Triples and paths

    def _triples(self) -> Iterator[Element]:
        subject = self._node()
        yield from self._properties(subject)

    def _properties(self, subject: Name) -> Iterator[Element]:
        while True:
            predicate: Name | Path
            if self._peek().kind is Kind.VARIABLE and self._text() != "$PATH":
                predicate = self._variable()
            else:
                predicate = self._alternatives()
            while True:
                yield from self._apart(subject, predicate, self._node())
                if self._text() != ",":
                    break
                self._take()
            if self._text() != ";":
                return
            while self._text() == ";":
                self._take()
            if self._text() in (".", "}"):
                return

    def _apart(self, start: Name, path: Name | Path, end: Name) -> Iterator[Element]:
        """The triple patterns that a path means (section 18.2.2.4, translation of property path patterns)."""
        match path:
            case Variable():
                yield TriplePattern(start, path, end, self._graph)
            case Predicate(iri):
                yield TriplePattern(start, iri, end, self._graph)
            case Inverse(inner):
                yield from self._apart(end, inner, start)
            case Steps(steps):
                for number, step in enumerate(steps, start=1):
                    after = end if number == len(steps) else self._new()
                    yield from self._apart(start, step, after)
                    start = after
            case Alternative(choices):
                yield Union(tuple(Group(tuple(self._apart(start, choice, end))) for choice in choices))
            case Repeat():
                yield Reach(start, path, end, self._graph)

    def _alternatives(self) -> Path:
        choices = [self._sequence()]
        while self._text() == "|":
            self._take()
            choices.append(self._sequence())
        return choices[0] if len(choices) == 1 else Alternative(tuple(choices))

    def _sequence(self) -> Path:
        steps = [self._step()]
        while self._text() == "/":
            self._take()
            steps.append(self._step())
        return steps[0] if len(steps) == 1 else Steps(tuple(steps))

    def _step(self) -> Path:
        if self._text() == "^":
            self._take()
            return Inverse(self._step())
        token = self._take()
        found: Path
        if token.text == "(":
            found = self._alternatives()
            self._take(")")
        elif token.text == "a":
            found = Predicate(_TYPE)
        elif token.text == "$PATH" and self._path is not None:
            found = self._path
        elif token.kind in (Kind.IRI, Kind.NAME):
            found = Predicate(self._iri(token))
        else:
            raise Unfollowable(f"{token.text} in a path")
        if self._text() in ("*", "+", "?"):
            found = Repeat(found, self._take().text)
        return found

    # Terms

    def _node(self) -> Name:
        token = self._peek()
        if token.text == "[" and self._tokens[self._next + 1].text == "]":
            self._take()
            self._take()
            return self._new()
        if token.kind is Kind.BLANK:
            self._take()
            return Variable(f"blank\u00b7{token.text[2:]}")
        return self._name()

    def _name(self) -> Name:
        token = self._take()
        if token.kind is Kind.VARIABLE:
            return self._named(token.text[1:])
        if token.kind in (Kind.IRI, Kind.NAME):
            return self._iri(token)
        if token.kind is Kind.STRING:
            text = token.text
            if self._peek().kind is Kind.LANGUAGE:
                text += self._take().text
            elif self._text() == "^^":
                self._take()
                text += f"^^{self._iri(self._take())}"
            return _literal(text)
        if token.text in ("+", "-") and self._peek().kind is Kind.NUMBER:
            return _literal(token.text + self._take().text)
        if token.kind is Kind.NUMBER or token.text in ("true", "false"):
            return _literal(token.text)
        raise Unfollowable(f"{token.text} in a triple pattern")

    def _iri(self, token: Token) -> NamedNode:
        if token.kind is Kind.IRI:
            return NamedNode(token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        if token.kind is not Kind.NAME or prefix not in self._prefixes or "\\" in local:
            raise Unfollowable(f"{token.text}")
        return NamedNode(self._prefixes[prefix] + local)

    def _variable(self) -> Variable:
        token = self._take()
        if token.kind is not Kind.VARIABLE:
            raise Unfollowable(f"{token.text} where a variable is meant")
        return self._named(token.text[1:])

    def _named(self, name: str) -> Variable:
        renamed = self._scope.renamed
        if name not in renamed:
            renamed[name] = Variable(name + self._scope.mark)
        return renamed[name]

    def _new(self) -> Variable:
        return Variable(f"step\u00b7{next(self._fresh)}")

    # Tokens

    def _peek(self) -> Token:
        if self._next >= len(self._tokens):
            raise Unfollowable("the end of the text")
        return self._tokens[self._next]

    def _text(self) -> str:
        return self._tokens[self._next].text if self._next < len(self._tokens) else ""

    def _here(self) -> str:
        return self._text() or "the end"

    def _word(self) -> str:
        if self._next >= len(self._tokens):
            return ""
        token = self._tokens[self._next]
        return token.text.upper() if token.kind is Kind.WORD else ""

    def _take(self, text: str | None = None) -> Token:
        token = self._peek()
        if text is not None and token.text != text:
            raise Unfollowable(f"{token.text} where {text} is meant")
        self._next += 1
        return token


def _joined(pieces: Iterable["str | Variable | Group"]) -> Expression:
    """The pieces, with plain text joined to one."""
    found: list[str | Variable | Group] = []
    for piece in pieces:
        last = found[-1] if found else None
        if type(piece) is str and type(last) is str:
            found[-1] = last + piece
        else:
            found.append(piece)
    return tuple(found)


@lru_cache(maxsize=1024)
def _literal(text: str) -> Literal:
    statement = next(iter(parse(f"<urn:s> <urn:p> {text} .", RdfFormat.TURTLE)))
    assert isinstance(statement.object, Literal)
    return statement.object
