"""Run queries: stored ones with parameters, files, and texts that may leave out their PREFIX lines."""

from collections.abc import Callable, Mapping, Sequence

from .errors import CannotRun
from .library import StoredQuery
from .parameters import Parameter, parameters_of, substitute
from .record import Record
from .results import Answer, Solutions
from .store import EmbeddedStore, Store
from .tokens import Kind, Token, caret, code_tokens, position, refuse_update

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from .prefixes import Prefixes

    PrefixSource = Prefixes | Callable[[], Prefixes] | None

__all__ = ["PreparedQuery", "prepare", "prepare_stored", "run_as_written", "run_query"]


class PreparedQuery(Record):
    """A text that a store can run.

    Args:
        text: complete SPARQL.
        written: the text as a person wrote it, which messages point into.
        where: the name of the query or of its file.
    """

    text: str
    written: str
    where: str


def prepare_stored(
    query: StoredQuery, values: Mapping[str, str], *, store: Store, prefixes: "PrefixSource" = None
) -> PreparedQuery:
    """Put values into a stored query.

    Args:
        query: from the library, or a file read by `library.read_query`.
        values: parameter name to value, as written by a person.
        store: where a thing is looked up by its name.
        prefixes: for values written as ``prefix:name``; or a function that reads them, called where they are
            needed.

    Raises:
        UsageError: ``unknown-parameter``, ``missing-parameter``, ``wrong-parameter``, ``unknown-prefix``,
            ``query-is-update``.
        NegativeAnswer: ``not-found`` or ``ambiguous`` for the name of a thing.
    """
    return _prepare(
        query.text, values, query.parameters, store=store, prefixes=_later(prefixes), where=query.name
    )


def prepare(
    text: str,
    values: Mapping[str, str] | None = None,
    *,
    store: Store,
    prefixes: "PrefixSource" = None,
    where: str = "the query",
) -> PreparedQuery:
    """Make a text complete: PREFIX lines for what it uses and does not declare, and values for parameters.

    Args:
        text: SPARQL 1.1 Query text.
        values: parameter name to value, as written by a person.
        store: where a thing is looked up by its name.
        prefixes: what may be left undeclared; or a function that reads them.
        where: what messages call the text.

    Raises:
        UsageError: as `prepare_stored`.
    """
    parameters = parameters_of(text)
    return _prepare(text, values or {}, parameters, store=store, prefixes=_later(prefixes), where=where)


def run_as_written(
    store: Store, text: str, *, prefixes: "PrefixSource" = None, where: str = "the query"
) -> Answer:
    """Run a text that has no parameters, and look at it closely only when the store refuses it as it is.

    Args:
        store: what answers.
        text: SPARQL 1.1 Query text.
        prefixes: what may be left undeclared; or a function that reads them.
        where: what messages call the text.

    Raises:
        UsageError: ``query-is-update``.
        CannotRun: as `run_query`, and ``undeclared-prefix``.
    """
    try:
        # Only this engine tells an undeclared prefix from other failures, and answers at no cost.
        answer = store.query(text) if isinstance(store, EmbeddedStore) else None
    except SyntaxError:
        answer = None
    if answer is None:
        return run_query(store, prepare(text, store=store, prefixes=prefixes, where=where))
    return _in_order(answer, text)


def run_query(store: Store, query: PreparedQuery) -> Answer:
    """Run a prepared query.

    Raises:
        CannotRun: ``query-syntax`` with line, column and a caret; ``query-failed``; what the store raises.
    """
    try:
        answer = store.query(query.text)
    except SyntaxError as error:
        raise _syntax_error(query, str(error)) from error
    return _in_order(answer, query.text)


def _selects_all(text: str) -> bool:
    """Whether the outermost SELECT has ``*``, for which stores choose an order of their own."""
    words = [token.text.upper() for token in code_tokens(text) if token.kind in (Kind.WORD, Kind.SIGN)]
    after = words[words.index("SELECT") + 1 :] if "SELECT" in words else []
    return next((word for word in after if word not in {"DISTINCT", "REDUCED"}), "") == "*"


def _in_order(answer: Answer, text: str) -> Answer:
    """Put the columns of ``SELECT *`` into the order in which the text names them."""
    if not isinstance(answer, Solutions) or "*" not in text or not _selects_all(text):
        return answer
    found = dict.fromkeys(token.text[1:] for token in code_tokens(text) if token.kind is Kind.VARIABLE)
    names = [name for name in found if name in answer.variables]
    if len(names) != len(answer.variables) or tuple(names) == answer.variables:
        return answer
    places = [answer.variables.index(name) for name in names]
    return Solutions(tuple(names), [tuple(row[place] for place in places) for row in answer.rows])


def _later(prefixes: "PrefixSource") -> "Callable[[], Prefixes]":
    if callable(prefixes):
        return prefixes

    def given() -> "Prefixes":
        from .prefixes import Prefixes

        return Prefixes({}) if prefixes is None else prefixes

    return given


def _prepare(
    text: str,
    values: Mapping[str, str],
    parameters: Sequence[Parameter],
    *,
    store: Store,
    prefixes: "Callable[[], Prefixes]",
    where: str,
) -> PreparedQuery:
    refuse_update(text, where=where)
    header = _missing_prefixes(text, prefixes, where=where)

    def find_thing(name: str) -> str:
        from .search import find_thing

        return find_thing(store, name, prefixes=prefixes())

    def expand(name: str) -> str:
        return prefixes().expand(name)

    filled = substitute(text, parameters, values, expand=expand, find_thing=find_thing)
    return PreparedQuery(header + filled, text, where)


def _missing_prefixes(text: str, prefixes: "Callable[[], Prefixes]", *, where: str) -> str:
    """Return one line of PREFIX declarations for the names that a text uses and does not declare."""
    used: dict[str, Token] = {}
    declared: set[str] = set()
    before: Token | None = None
    for token in code_tokens(text):
        if token.kind is Kind.NAME:
            prefix = token.text.partition(":")[0]
            if before is not None and before.kind is Kind.WORD and before.text.upper() == "PREFIX":
                declared.add(prefix)
            else:
                used.setdefault(prefix, token)
        before = token
    missing = {prefix: token for prefix, token in used.items() if prefix not in declared}
    if not missing:
        return ""
    known = prefixes()
    for prefix, token in missing.items():
        if prefix not in known:
            line, column = position(text, token.start)
            raise CannotRun(
                "undeclared-prefix",
                f"{where}:{line}:{column}: the prefix {prefix}: is not declared\n{caret(text, line, column)}",
                known.hint(prefix),
            )
    return "".join(f"PREFIX {prefix}: <{known[prefix]}> " for prefix in missing) + ("\n" if missing else "")


def _syntax_error(query: PreparedQuery, message: str) -> CannotRun:
    from .syntax import first_error

    found = first_error(query.written)
    if found is None:
        reason = message.partition(": ")[2] or message
        return CannotRun("query-syntax", f"{query.where}: {_plain(reason)}")
    line, column = position(query.written, found.start)
    return CannotRun(
        "query-syntax",
        f"{query.where}:{line}:{column}: {found.message}\n{caret(query.written, line, column)}",
        found.hint,
    )


def _plain(reason: str) -> str:
    """Keep the sentences of a parser's list of expectations; its terminals say nothing to a person."""
    sentences = [
        part
        for part in reason.removeprefix("expected one of ").split(", ")
        if " " in part and part[0].isupper()
    ]
    return "; ".join(sentences) or reason.removeprefix("expected one of ")
