"""Literals as they were written: whether they are well-formed, what a store makes of them, their order."""

import re
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from .vocabulary import XSD, Term, xsd

__all__ = [
    "DERIVED_INTEGERS",
    "REWRITTEN",
    "as_stored",
    "is_canonical",
    "is_well_formed",
    "less",
    "less_or_equal",
]

DERIVED_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    XSD + "nonNegativeInteger": (0, None),
    XSD + "positiveInteger": (1, None),
    XSD + "nonPositiveInteger": (None, 0),
    XSD + "negativeInteger": (None, -1),
    XSD + "long": (-(2**63), 2**63 - 1),
    XSD + "int": (-(2**31), 2**31 - 1),
    XSD + "short": (-(2**15), 2**15 - 1),
    XSD + "byte": (-128, 127),
    XSD + "unsignedLong": (0, 2**64 - 1),
    XSD + "unsignedInt": (0, 2**32 - 1),
    XSD + "unsignedShort": (0, 2**16 - 1),
    XSD + "unsignedByte": (0, 255),
}
"""Types derived from xsd:integer with their bounds; a store makes their literals into integers."""

REWRITTEN = frozenset(
    {*DERIVED_INTEGERS}
    | {
        XSD + name
        for name in (
            "integer",
            "decimal",
            "float",
            "double",
            "boolean",
            "dateTime",
            "dateTimeStamp",
            "date",
            "time",
            "gYear",
            "gYearMonth",
            "gMonthDay",
            "gDay",
            "gMonth",
            "duration",
            "dayTimeDuration",
            "yearMonthDuration",
        )
    }
)
"""Datatypes whose literals a store may rewrite."""

_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_DAYS = r"(?=[0-9T])(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_FLOAT = _NUMBER + r"(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_NAME = r"[^\W\d:][\w.\-·]*"
_FORMS = {
    "integer": r"[+-]?[0-9]+",
    "decimal": _NUMBER,
    "float": _FLOAT,
    "double": _FLOAT,
    "boolean": "true|false|1|0",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?=[Z+-]){_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "duration": rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:$|{_DAYS})",
    "dayTimeDuration": f"-?P{_DAYS}",
    "yearMonthDuration": r"-?P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}=|(?:[A-Za-z0-9+/] ?){2}= ?=)?",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": rf"[:]?{_NAME}(?::[\w.\-·:]*)*",
    "NCName": _NAME,
    "NMTOKEN": r"[\w.\-·:]+",
}
_CANONICAL = {
    XSD + "integer": r"0|-?[1-9][0-9]{0,17}",
    XSD + "decimal": r"0|-?[1-9][0-9]{0,14}|-?(?:0|[1-9][0-9]{0,11})\.[0-9]{0,5}[1-9]",
    XSD + "boolean": "true|false",
    XSD + "date": r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]",
    XSD + "gYear": r"[12][0-9]{3}",
    XSD + "gYearMonth": r"[12][0-9]{3}-[01][0-9]",
}
_INTEGER = xsd("integer")
_OBJECT = NamedNode("urn:o")
_EXACT = (XSD + "integer", XSD + "decimal", *DERIVED_INTEGERS)
_COMPARE = "SELECT (({a} < {b}) AS ?less) (({a} <= {b}) AS ?most) WHERE {{}}"


def is_well_formed(literal: Literal) -> bool:
    """Whether the lexical form is one of its datatype's (XML Schema 1.1 part 2); unknown ones allow any."""
    name = literal.datatype.value
    if name in DERIVED_INTEGERS:
        low, high = DERIVED_INTEGERS[name]
        if not is_well_formed(Literal(literal.value, datatype=_INTEGER)):
            return False
        number = int(literal.value)
        return (low is None or number >= low) and (high is None or number <= high)
    form = _FORMS.get(name.removeprefix(XSD)) if name.startswith(XSD) else None
    if form is None:
        return True
    match = _compiled(form)(literal.value)
    if match is None:
        return False
    found = match.groupdict()
    return not (found.get("day") and found.get("month")) or _is_day(found)


def is_canonical(text: str, datatype: str) -> bool:
    """Whether a store surely keeps this lexical form of a datatype."""
    form = _CANONICAL.get(datatype)
    return form is not None and _compiled(form)(text) is not None


def as_stored(literals: list[Literal]) -> dict[Literal, Literal]:
    """Return what a store makes of each literal that it does not keep as it was written."""
    doubtful = [literal for literal in literals if not is_canonical(literal.value, literal.datatype.value)]
    if not doubtful:
        return {}
    store = Store()
    subjects = {NamedNode(f"urn:{number}"): literal for number, literal in enumerate(doubtful)}
    store.extend(Quad(subject, _OBJECT, literal) for subject, literal in subjects.items())
    kept = {quad.subject: cast(Literal, quad.object) for quad in store}
    return {literal: kept[subject] for subject, literal in subjects.items() if kept[subject] != literal}


def less(a: Term, b: Term) -> bool | None:
    """Return ``a < b`` as SPARQL has it (SPARQL 1.1, section 17.3); None where it is an error."""
    return _compare(a, b, strict=True)


def less_or_equal(a: Term, b: Term) -> bool | None:
    """Return ``a <= b`` as SPARQL has it; None where it is an error."""
    return _compare(a, b, strict=False)


def _compare(a: Term, b: Term, *, strict: bool) -> bool | None:
    if not isinstance(a, Literal) or not isinstance(b, Literal) or a.language or b.language:
        return None
    if a.datatype.value in _EXACT and b.datatype.value in _EXACT:
        if not (is_well_formed(a) and is_well_formed(b)):
            return None
        x, y = Decimal(a.value), Decimal(b.value)
        return x < y if strict else x <= y
    return _compared(a, b)[0 if strict else 1]


@lru_cache(maxsize=4096)
def _compared(a: Literal, b: Literal) -> tuple[bool | None, bool | None]:
    # An ill-typed literal equals itself to the store, but has no place in any order.
    if not (is_well_formed(a) and is_well_formed(b)):
        return None, None
    rows = cast(QuerySolutions, _empty().query(_COMPARE.format(a=a, b=b)))
    row = next(iter(rows))
    return _truth(row["less"]), _truth(row["most"])


@cache
def _compiled(form: str) -> Callable[[str], re.Match[str] | None]:
    """Compile a form when it is first needed: importing this module costs nothing."""
    return re.compile(form).fullmatch


@lru_cache(maxsize=1)
def _empty() -> Store:
    return Store()


def _truth(term: object) -> bool | None:
    return None if not isinstance(term, Literal) else term.value == "true"


def _is_day(found: dict[str, str]) -> bool:
    year = int(found["year"]) % 400 + 2000 if found.get("year") else 2000
    return int(found["day"]) <= monthrange(year, int(found["month"]))[1]
