"""Parameters of stored queries: what they accept, and how a value becomes an RDF term in the text.

A parameter is the token ``?_name`` of grlc, with its suffixes ``_iri``, ``_number``, ``_literal``,
``_integer``, ``_prefix_datatype`` and ``_lang``; ``?__name`` may be left out, and then stays a variable.
Only variables are replaced, never text inside strings, comments or IRIs, and always by a whole serialised
term: no value can end one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import pyoxigraph as ox

from .errors import UsageError
from .record import Record
from .tokens import Kind, tokens

__all__ = ["TYPES", "Parameter", "has_parameters", "literal_text", "parameters_of", "substitute"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
# Patterns are texts: re compiles them when they are needed, and keeps them.
_TOKEN = r"[?$](__?)([A-Za-z0-9]+)(?:_([A-Za-z0-9_]+))?"
_SUFFIXES = {"iri": "iri", "number": "number", "literal": "string", "integer": "integer"}
_LANGUAGE = r"[a-z]{2,3}"

#: Type of a parameter -> what its value looks like, and an example. A type may also be ``prefix:datatype``.
TYPES: Mapping[str, tuple[str, str]] = {
    "string": (r"(?s:.*)", "制药"),
    "lang-string": (r"(?s:.*)", "制药"),
    "integer": (r"[+-]?[0-9]+", "1000000000"),
    "decimal": (r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)", "12.5"),
    "number": (r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", "12.5"),
    "boolean": (r"true|false|0|1", "true"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "2023-05-17"),
    "year": (r"-?[0-9]{4,}", "2023"),
    "iri": (r".+", "https://example.org/x"),
    "thing": (r".+", "a label, an alias, prefix:name or an IRI"),
}
_SPECIAL = r'\\[uU]?|["\n\r\t]'
_ESCAPES = {
    "\\": "\\\\",
    "\\u": "\\\\\\U00000075",
    "\\U": "\\\\\\U00000055",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}
_DATATYPES = {"decimal": "decimal", "boolean": "boolean", "date": "date", "year": "gYear"}


class Parameter(Record):
    """One parameter of a query.

    Args:
        name: without ``?_`` and suffix.
        type: a key of `TYPES`, or ``prefix:datatype``.
        label: Chinese name for people; may be empty.
        description: a sentence; may be empty.
        default: the value when none is given, or None.
        optional: whether it may be left out without a default (``?__name``).
        choices: the only values allowed; empty for any.
        language: tag of a ``lang-string``.
    """

    name: str
    type: str = "string"
    label: str = ""
    description: str = ""
    default: str | None = None
    optional: bool = False
    choices: tuple[str, ...] = ()
    language: str = "zh"

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None and not self.optional


def has_parameters(text: str) -> bool:
    """Whether a text may have parameters: a quick look, which strings and comments may deceive."""
    return "?_" in text or "$_" in text


def parameters_of(text: str, declared: Sequence[Parameter] = ()) -> tuple[Parameter, ...]:
    """Return the parameters whose tokens stand in a text, the declared ones first, in their order.

    What is not declared gets its type from the token's suffix, else ``string``.
    """
    if not has_parameters(text):
        return ()
    found: dict[str, Parameter] = {parameter.name: parameter for parameter in declared}
    optional: dict[str, bool] = {}
    for token in tokens(text):
        match = re.fullmatch(_TOKEN, token.text) if token.kind is Kind.VARIABLE else None
        if match is None:
            continue
        underscores, name, suffix = match.groups()
        optional[name] = optional.get(name, True) and len(underscores) == 2
        if name not in found:
            type_, language = _suffix_type(suffix)
            found[name] = Parameter(name, type_, language=language)
    return tuple(found[name].replace(optional=optional[name]) for name in found if name in optional)


def substitute(
    text: str,
    parameters: Sequence[Parameter],
    values: Mapping[str, str],
    *,
    expand: Callable[[str], str],
    find_thing: Callable[[str], str],
) -> str:
    """Put values into a query text.

    Args:
        text: SPARQL with parameter tokens.
        parameters: those of the text, as `parameters_of` gives them.
        values: parameter name to value, as written by a person.
        expand: turns ``prefix:name`` or an IRI into an IRI.
        find_thing: turns a label, alias, ``prefix:name`` or IRI into the IRI of a thing.

    Raises:
        UsageError: ``unknown-parameter``, ``missing-parameter``, ``wrong-parameter``, and what ``expand``
            raises.
        NegativeAnswer: what ``find_thing`` raises.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in values:
        if name not in known:
            raise _unknown(name, known)
    terms: dict[str, str] = {}
    for parameter in parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.name] = _term(parameter, value, expand=expand, find_thing=find_thing)
        elif not parameter.optional:
            raise _missing(parameter, known)
    if not terms:
        return text
    return "".join(
        _replaced(token.text, terms) if token.kind is Kind.VARIABLE else token.text for token in tokens(text)
    )


def literal_text(value: str, *, datatype: str = "", language: str = "") -> str:
    r"""Return a literal as SPARQL text that every engine reads as exactly this value.

    SPARQL expands ``\uXXXX`` before it parses (section 19.2), some engines even after a backslash, and one
    takes eight digits after ``\u`` where it finds them: a ``u`` after a backslash is therefore an escape of
    eight digits.

    Raises:
        UsageError: ``wrong-parameter`` when the value is not UTF-8 text.
    """
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(
            "wrong-parameter",
            f"the value {value!r} is not UTF-8 text",
            "use a UTF-8 locale, for instance LC_ALL=C.UTF-8",
        ) from error
    escaped = re.sub(_SPECIAL, lambda match: _ESCAPES[match.group()], value)
    if language:
        return f'"{escaped}"@{language}'
    return f'"{escaped}"^^<{datatype}>' if datatype else f'"{escaped}"'


def _replaced(variable: str, terms: Mapping[str, str]) -> str:
    match = re.fullmatch(_TOKEN, variable)
    term = terms.get(match.group(2)) if match else None
    # Spaces, because what stood before and after a variable need not be apart from a term.
    return variable if term is None else f" {term} "


def _suffix_type(suffix: str | None) -> tuple[str, str]:
    """Return type and language that a token's suffix means."""
    if suffix is None:
        return "string", "zh"
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix], "zh"
    if re.fullmatch(_LANGUAGE, suffix):
        return "lang-string", suffix
    prefix, underscore, datatype = suffix.partition("_")
    return (f"{prefix}:{datatype}" if underscore else "string"), "zh"


def _term(  # noqa: PLR0911 - one per type
    parameter: Parameter, value: str, *, expand: Callable[[str], str], find_thing: Callable[[str], str]
) -> str:
    if parameter.choices and value not in parameter.choices:
        raise _wrong(parameter, value, "one of " + ", ".join(parameter.choices))
    kind = parameter.type
    if kind not in TYPES:  # prefix:datatype
        return literal_text(value, datatype=expand(kind))
    looks, example = TYPES[kind]
    if not re.fullmatch(looks, value) or (kind == "date" and not _is_date(value)):
        raise _wrong(parameter, value, f"{_with_article(kind)}, for example {example}")
    if kind == "string":
        return literal_text(value)
    if kind == "lang-string":
        return literal_text(value, language=parameter.language)
    if kind in {"iri", "thing"}:
        return _iri_text(parameter, expand(value) if kind == "iri" else find_thing(value))
    if kind == "integer":
        return value.removeprefix("+")  # bare, so that it may stand behind LIMIT
    if kind == "number":
        datatype = "double" if "e" in value.lower() else "decimal"
        return literal_text(value, datatype=_XSD + datatype)
    return literal_text(value, datatype=_XSD + _DATATYPES[kind])


def _iri_text(parameter: Parameter, iri: str) -> str:
    try:
        text = str(ox.NamedNode(iri))
    except (ValueError, UnicodeEncodeError) as error:
        raise _wrong(parameter, iri, "an absolute IRI or prefix:name") from error
    if re.search(r'[\x00-\x20<>"{}|^`\\]', text[1:-1]):  # SPARQL's IRIREF has none of these
        raise _wrong(parameter, iri, "an absolute IRI or prefix:name")
    return text


def _is_date(value: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _with_article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _wrong(parameter: Parameter, value: str, expected: str) -> UsageError:
    return UsageError(
        "wrong-parameter", f"{parameter.name}={value!r} does not fit", f"{parameter.name} takes {expected}"
    )


def _unknown(name: str, known: Mapping[str, Parameter]) -> UsageError:
    from .nearest import nearest_hint

    otherwise = f"it takes {_listed(known.values())}" if known else "it takes no parameters"
    hint = nearest_hint(name, known)
    return UsageError(
        "unknown-parameter",
        f"the query has no parameter {name!r}",
        f"{hint} {otherwise}" if hint else otherwise,
    )


def _missing(parameter: Parameter, known: Mapping[str, Parameter]) -> UsageError:
    example = TYPES[parameter.type][1] if parameter.type in TYPES else "…"
    what = f" ({parameter.label})" if parameter.label else ""
    others = f"; it takes {_listed(known.values())}" if len(known) > 1 else ""
    return UsageError(
        "missing-parameter",
        f"the query needs the parameter {parameter.name}{what}",
        f"give it with --param {parameter.name}={example}{others}",
    )


def _listed(parameters: Iterable[Parameter]) -> str:
    return ", ".join(f"{p.name} ({p.type}{'' if p.required else ', may be left out'})" for p in parameters)
