"""SPARQL texts of shapes: what they may not hold, how variables are bound beforehand (SHACL, appendix A)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from citykg.errors import CannotRun
from citykg.tokens import Kind, Token, code_tokens

from .paths import Path
from .vocabulary import Term

if TYPE_CHECKING:
    from .patterns import Query

__all__ = ["Functions", "Prebound", "ShapeQuery"]

_FORBIDDEN = {"MINUS", "SERVICE", "VALUES"}
_FREE = {"shapesGraph", "currentShape"}
_FUNCTION = "urn:citykg:prebound:"
_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}

Functions = dict[NamedNode, Callable[..., Term]]


class Prebound:
    """A query whose variables are bound.

    Args:
        text: the query.
        functions: custom functions that it needs: SPARQL cannot name a blank node, a function returns it.
    """

    __slots__ = ("functions", "text")

    def __init__(self, text: str, functions: Functions) -> None:
        self.text = text
        self.functions = functions


class ShapeQuery:
    """The SELECT or ASK text of a shape.

    Args:
        text: as the shape has it, without prefixes.
        where: the shape, for messages.
        prebound: names of the variables that may be bound beforehand, ``this`` among them.
        path: takes the place of ``$PATH``.
        functions: custom functions that the text calls.

    Raises:
        CannotRun: ``ill-formed-shape`` for what pre-binding does not allow: MINUS, VALUES, SERVICE, an AS of
            a pre-bound variable, a subquery that does not return them.
    """

    def __init__(
        self,
        text: str,
        *,
        where: str,
        prebound: Collection[str],
        path: Path | None,
        functions: Functions | None = None,
    ) -> None:
        self.functions: Functions = {} if functions is None else functions
        self._where = where
        self._prebound = frozenset(prebound)
        self._path = path
        self._tokens = tuple(code_tokens(text))
        self._spaces = tuple(_spaces(text, self._tokens))
        self._check()

    def pattern(self, prefixes: Mapping[str, str]) -> "Query":
        """Return the graph patterns of the text.

        Raises:
            Unfollowable: for what `query_reading` does not know.
        """
        from .query_reading import read_tokens  # only a change is followed through patterns

        return read_tokens(self._tokens, prefixes=prefixes, path=self._path)

    def replaced(self, text: str, functions: Functions) -> "ShapeQuery":
        """Return another text in the place of this one, with the functions that it calls."""
        return ShapeQuery(
            text, where=self._where, prebound=self._prebound, path=self._path, functions=functions
        )

    @property
    def mentions(self) -> frozenset[str]:
        """The names of all variables of the text."""
        return frozenset(token.text[1:] for token in self._tokens if token.kind is Kind.VARIABLE)

    def computes(self, name: str) -> bool:
        """Whether the text assigns a variable (``AS``), so that its value need not be one of the data."""
        return any(
            self._is(token, name) and previous.text.upper() == "AS" for previous, token in self._pairs()
        )

    def bind(self, terms: Mapping[str, Term]) -> Prebound:
        """Return the query with terms in the place of variables."""
        inserted = {name: term for name, term in terms.items() if self._must_be_inserted(name, term)}
        replaced = {name: term for name, term in terms.items() if name not in inserted}
        functions = dict(self.functions)
        bindings = ""
        for name, term in inserted.items():
            written = str(term)
            if isinstance(term, BlankNode):
                function = NamedNode(_FUNCTION + name)
                functions[function] = _constant(term)
                written = f"{function}()"
            bindings += f" BIND({written} AS ?{name}) "
        return Prebound(self._joined(self._rewritten(replaced, bindings)), functions)

    def all_at_once(self, targets: str) -> str | None:
        """Return a query that gives the solutions for all focus nodes, or None when they would differ.

        They do not when ``$this`` is bound by the pattern of the targets wherever it is used: in the outer
        group, in EXISTS and OPTIONAL without a scope of their own, in groups and subqueries that begin with
        a triple of it or do not use it.

        Args:
            targets: a group graph pattern that binds ``?this`` to each target once.
        """
        if not self._is_joinable():
            return None
        opening = self._opening()
        written = list(self._rewritten({}, ""))
        written[opening] += f" {targets} "
        return self._joined(written)

    def _joined(self, texts: Iterable[str]) -> str:
        # Spaces stay as they were: Oxigraph's parser does not take every one that the grammar allows.
        return "".join(space + text for space, text in zip(self._spaces, texts, strict=True))

    def _must_be_inserted(self, name: str, term: Term) -> bool:
        if isinstance(term, BlankNode):
            return True
        if not isinstance(term, Literal):
            return False
        before = [previous.text for previous, token in self._pairs() if self._is(token, name)]
        return any(sign in ("{", ".", "}", ")") for sign in before)  # where a subject stands

    def _pairs(self) -> Iterator[tuple[Token, Token]]:
        return zip(self._tokens, self._tokens[1:], strict=False)

    def _is(self, token: Token, name: str) -> bool:
        return token.kind is Kind.VARIABLE and token.text[1:] == name

    def _rewritten(self, terms: Mapping[str, Term], bindings: str) -> Iterator[str]:
        """Yield one text for each token."""
        depth, projecting, clause = 0, False, ""
        tokens = self._tokens
        skip = 0
        for index, token in enumerate(tokens):
            word = token.text.upper() if token.kind is Kind.WORD else ""
            depth += (token.text == "(") - (token.text == ")")
            if word == "SELECT":
                projecting, clause = True, ""
            elif word in ("GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "WHERE"):
                clause = word
                projecting = projecting and word != "WHERE"
            elif token.text in ("{", "}"):
                projecting, clause = False, ""
            if skip:
                skip -= 1
                yield ""
            elif word == "BOUND" and self._binds(index + 2, terms):
                skip = 3
                yield "(true)"
            elif token.text == "{" and bindings:
                subquery = tokens[index + 1].text.upper() == "SELECT"
                yield "{" if subquery else "{" + bindings
            elif token.kind is Kind.VARIABLE:
                yield self._variable(
                    token, terms, projecting=projecting and not depth, clause="" if depth else clause
                )
            else:
                yield token.text

    def _variable(self, token: Token, terms: Mapping[str, Term], *, projecting: bool, clause: str) -> str:
        name = token.text[1:]
        if name == "PATH" and self._path is not None:
            return f"({self._path})"
        if name not in terms:
            return f"?{name}"
        term = terms[name]
        if projecting:
            nested = token.start > self._tokens[self._opening()].start
            # A subquery need not return what is a constant everywhere, but may have nothing else to return.
            return f"({term} AS ?{name}_at_{token.start})" if nested else f"({term} AS ?{name})"
        if clause == "GROUP":
            return f"({term} AS ?{name}_bound)"
        return f"({term})" if clause == "ORDER" else str(term)

    def _binds(self, index: int, terms: Mapping[str, Term]) -> bool:
        token = self._tokens[index] if index < len(self._tokens) else None
        return token is not None and token.kind is Kind.VARIABLE and token.text[1:] in terms

    def _opening(self) -> int:
        return next(index for index, token in enumerate(self._tokens) if token.text == "{")

    def _check(self) -> None:
        if not any(token.text == "{" for token in self._tokens):
            raise self._ill_formed("is no query")
        for token in self._tokens:
            if token.kind is Kind.WORD and token.text.upper() in _FORBIDDEN:
                raise self._ill_formed(f"uses {token.text.upper()}, which pre-binding does not allow")
        if "PATH" in self.mentions and self._path is None:
            raise self._ill_formed("uses $PATH, and the shape has no path")
        if "shapesGraph" in self.mentions:
            raise self._ill_formed(
                "uses $shapesGraph, which is optional (section 5.3.1) and not available here"
            )
        for previous, token in self._pairs():
            if (
                previous.kind is Kind.WORD
                and previous.text.upper() == "AS"
                and token.kind is Kind.VARIABLE
                and token.text[1:] in self._prebound
            ):
                raise self._ill_formed(f"assigns {token.text}, which is bound beforehand")
        for projected in self._subqueries():
            missing = sorted((self._prebound & self.mentions) - _FREE - projected)
            if missing:
                raise self._ill_formed(f"has a subquery that does not return ${missing[0]}")

    def _subqueries(self) -> Iterator[frozenset[str]]:
        opening = self._opening()
        for index in range(opening + 1, len(self._tokens)):
            if self._tokens[index].text.upper() == "SELECT" and self._tokens[index].kind is Kind.WORD:
                yield self._projection(index)

    def _projection(self, index: int) -> frozenset[str]:
        names, depth = set(), 0
        for token in self._tokens[index + 1 :]:
            if token.text == "{":
                break
            depth += (token.text == "(") - (token.text == ")")
            if token.kind is Kind.VARIABLE and not depth:
                names.add(token.text[1:])
        return frozenset(names)

    def _is_joinable(self) -> bool:
        tokens, opening = self._tokens, self._opening()
        if tokens[0].text.upper() != "SELECT" or "this" not in self._projection(0):
            return False
        words = [token.text.upper() if token.kind is Kind.WORD else "" for token in tokens]
        if "LIMIT" in words or "OFFSET" in words:
            return False
        if "SELECT" in words[1:] and not _AGGREGATES.isdisjoint(words):
            return False
        if "GROUP" in words:
            grouped = tokens[words.index("GROUP") :]
            if not any(self._is(token, "this") for token in grouped):
                return False
        elif any(word in _AGGREGATES for word in words):
            return False
        return all(
            self._is_open(index) for index in range(opening + 1, len(tokens)) if tokens[index].text == "{"
        )

    def _is_open(self, index: int) -> bool:
        """Whether a nested group begins with ``$this``, has it from outside, or does not use it."""
        before, after = self._tokens[index - 1], self._tokens[index + 1]
        if self._is(after, "this") or after.text.upper() == "SELECT":  # whose own group is another one
            return True
        word = before.text.upper() if before.kind is Kind.WORD else ""
        if word == "EXISTS" or not any(self._is(token, "this") for token in self._group(index)):
            return True
        return word == "OPTIONAL" and not any(token.text.upper() == "BIND" for token in self._group(index))

    def _group(self, index: int) -> Iterator[Token]:
        depth = 0
        for token in self._tokens[index:]:
            depth += (token.text == "{") - (token.text == "}")
            yield token
            if depth == 0:
                return

    def _ill_formed(self, reason: str) -> CannotRun:
        return CannotRun(
            "ill-formed-shape",
            f"the query of {self._where} {reason}",
            "FILTER NOT EXISTS, IN and a UNION of BINDs say the same" if "pre-binding" in reason else "",
        )


def _spaces(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    """Yield what stands before each token: its space, and a line break for a comment."""
    end = 0
    for token in tokens:
        between = text[end : token.start]
        yield "\n" if "#" in between else between
        end = token.start + len(token.text)


def _constant(term: Term) -> Callable[[], Term]:
    return lambda: term
