"""Value spaces of literals: which value a literal has, and which datatypes it belongs to.

Follows XML Schema 1.1 part 2 and the datatype map of OWL 2 (OWL 2 Structural Specification,
section 4): xsd:decimal, xsd:float and xsd:double are disjoint, integers are decimals, strings
without a language are xsd:string, strings with one are rdf:langString.
"""

import base64
import binascii
import re
from calendar import monthrange
from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from pyoxigraph import Literal

from citykg.reason.rules import RDF, RDFS, XSD

__all__ = ["datatypes_within", "differ", "ill_typed", "is_datatype", "same", "within"]

_ZONE = r"(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_INTEGER = r"[+-]?\d+"
_FLOAT = r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"
_NAME_START = r"A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�\U00010000-\U000effff"
_NAME_REST = _NAME_START + r"\-.0-9·̀-ͯ‿-⁀"

#: Lexical forms by datatype; integers are narrowed by _RANGES, strings by _STRINGS.
_FORMS = {
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "float": _FLOAT,
    "double": _FLOAT,
    "boolean": r"true|false|0|1",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:[A-Za-z0-9+/=]\s?)*",
    "anyURI": r"[^\s<>\"{}|\\^`]*(?:\s[^\s<>\"{}|\\^`]+)*",
    "dateTime": rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE[:-1]}",
    "date": rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": rf"{_TIME}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gMonthDay": rf"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
    "duration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
}

#: Lowest and highest value of the datatypes derived from xsd:integer.
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "nonPositiveInteger": (None, 0),
    "positiveInteger": (1, None),
    "negativeInteger": (None, -1),
    **{
        name: (-(1 << bits - 1), (1 << bits - 1) - 1)
        for name, bits in (("long", 64), ("int", 32), ("short", 16), ("byte", 8))
    },
    **{
        name: (0, (1 << bits) - 1)
        for name, bits in (
            ("unsignedLong", 64),
            ("unsignedInt", 32),
            ("unsignedShort", 16),
            ("unsignedByte", 8),
        )
    },
}

#: What a string must look like to be in the value space of a datatype derived from xsd:string.
_STRINGS = {
    "string": r"(?s:.*)",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": rf"[:{_NAME_START}][:{_NAME_REST}]*",
    "NCName": rf"[{_NAME_START}][{_NAME_REST}]*",
    "NMTOKEN": rf"[:{_NAME_REST}]+",
}

#: Spaces without a parser here: only equal spellings are known to be equal.
_OPAQUE = (RDF + "XMLLiteral", RDF + "HTML", RDF + "JSON")

_Value = tuple[str, Hashable]


def is_datatype(iri: str) -> bool:
    """Whether the value space of a datatype is known here."""
    name = iri.removeprefix(XSD)
    return (iri.startswith(XSD) and (name in _FORMS or name in _RANGES or name in _STRINGS)) or iri in (
        RDF + "PlainLiteral",
        RDF + "langString",
        RDFS + "Literal",
        *_OPAQUE,
    )


def datatypes_within(datatype: str) -> tuple[str, ...]:
    """Datatypes whose values all belong to another one, so that nothing needs to be looked at."""
    name = datatype.removeprefix(XSD)
    if name == "decimal":
        return tuple(XSD + narrower for narrower in _RANGES)
    if name in _RANGES:
        low, high = _RANGES[name]
        return tuple(
            XSD + narrower
            for narrower, (lowest, highest) in _RANGES.items()
            if (low is None or (lowest is not None and lowest >= low))
            and (high is None or (highest is not None and highest <= high))
        )
    if name == "string":
        return tuple(XSD + narrower for narrower in _STRINGS)
    return (XSD + "dateTimeStamp",) if name == "dateTime" else ()


def ill_typed(literals: Iterable[Literal]) -> Iterator[Literal]:
    """The literals whose lexical form does not belong to their own, known datatype."""
    by_datatype: dict[str, list[Literal]] = {}
    for literal in literals:
        by_datatype.setdefault(literal.datatype.value, []).append(literal)
    for datatype, group in by_datatype.items():
        if is_datatype(datatype) and not _all_well_typed(datatype, group):
            yield from (literal for literal in group if _value(literal) is None)


def _all_well_typed(datatype: str, literals: list[Literal]) -> bool:
    """Whether one look at all literals of a datatype is enough to know that all are well typed."""
    name = datatype.removeprefix(XSD)
    if name == "string" or not datatype.startswith(XSD):
        return True
    if name in _RANGES or name in ("decimal", "boolean", "gYear", "gYearMonth"):
        form = _INTEGER if name in _RANGES else _FORMS[name]
        text = "\n".join([literal.value for literal in literals])
        if re.fullmatch(rf"(?:(?:{form})\n)*(?:{form})", text, re.ASCII) is None:
            return False
        low, high = _RANGES.get(name, (None, None))
        return (low is None and high is None) or all(_value(literal) is not None for literal in literals)
    return False


def within(literal: Literal, datatype: str) -> bool | None:  # noqa: PLR0911 - a case for each kind of value
    """Whether a literal's value is in the value space of a datatype; None when that is not known."""
    value = _value(literal)
    if value is None or datatype == RDFS + "Literal":
        return value is not None
    if not is_datatype(datatype) or value[0] == "unknown":
        return None
    space, content = value
    name = datatype.removeprefix(XSD)
    if datatype in (RDF + "PlainLiteral", RDF + "langString"):
        return space == "langString" or (space == "string" and datatype.endswith("PlainLiteral"))
    if name in _STRINGS:
        return space == "string" and re.fullmatch(_STRINGS[name], str(content)) is not None
    if name in _RANGES:
        return space == "decimal" and isinstance(content, Decimal) and _in_range(content, *_RANGES[name])
    if name == "dateTimeStamp":
        return space == "dateTime" and _has_offset(literal.value)
    return space == (datatype if datatype in _OPAQUE else name)


def same(left: Literal, right: Literal) -> bool:
    """Whether two literals certainly have the same value (dt-eq)."""
    if left == right:
        return True
    value = _value(left)
    return value is not None and value[0] != "unknown" and value == _value(right)


def differ(left: Literal, right: Literal) -> bool:
    """Whether two literals certainly have different values (dt-diff)."""
    a, b = _value(left), _value(right)
    if a is None or b is None or "unknown" in (a[0], b[0]):
        return False
    if a[0] == b[0] and a[0] in _OPAQUE:
        return False
    return a != b


def _in_range(value: Decimal, low: int | None, high: int | None) -> bool:
    whole = value == value.to_integral_value()
    return whole and (low is None or value >= low) and (high is None or value <= high)


def _has_offset(lexical: str) -> bool:
    return re.search(r"(Z|[+-]\d\d:\d\d)$", lexical.strip()) is not None


def _value(literal: Literal) -> _Value | None:  # noqa: PLR0911 - a case for each kind of value
    """The value as (space, content): None if ill-typed, space ``unknown`` for unknown datatypes."""
    lexical = literal.value
    if literal.language is not None:
        return "langString", (lexical, literal.language.lower())
    datatype = literal.datatype.value
    if datatype in _OPAQUE:
        return datatype, lexical
    name = datatype.removeprefix(XSD)
    if not datatype.startswith(XSD) or not is_datatype(datatype):
        return "unknown", (datatype, lexical)
    if name in _STRINGS:
        return ("string", lexical) if re.fullmatch(_STRINGS[name], lexical) else None
    lexical = " ".join(lexical.split())
    if name in _RANGES:
        if not re.fullmatch(_INTEGER, lexical):
            return None
        number = Decimal(lexical)
        return ("decimal", number) if _in_range(number, *_RANGES[name]) else None
    if not re.fullmatch(_FORMS[name], lexical, re.ASCII if name != "anyURI" else 0):
        return None
    return _parse(name, lexical)


def _parse(name: str, lexical: str) -> _Value | None:  # noqa: PLR0911 - a case for each kind of value
    if name == "decimal":
        return "decimal", Decimal(lexical)
    if name in ("float", "double"):
        return name, repr(float(lexical.replace("INF", "inf")))  # +0 and -0 are two values
    if name == "boolean":
        return name, lexical in ("true", "1")
    if name == "hexBinary":
        return name, lexical.lower()
    if name == "base64Binary":
        try:
            return name, base64.b64decode(lexical.replace(" ", ""), validate=True)
        except binascii.Error:
            return None
    if name in ("date", "dateTime", "dateTimeStamp") and not _is_day(lexical):
        return None
    if name in ("dateTime", "dateTimeStamp"):
        return "dateTime", _instant(lexical)
    return name, lexical


def _is_day(lexical: str) -> bool:
    """Whether the month has such a day; the Gregorian calendar repeats after 400 years."""
    year, month, day = re.match(r"(-?\d+)-(\d\d)-(\d\d)", lexical).groups()  # type: ignore[union-attr]
    return int(day) <= monthrange(int(year) % 400 + 2000, int(month))[1]


def _instant(lexical: str) -> Hashable:
    """A point in time that compares by value: moved to UTC where there is an offset."""
    match = re.fullmatch(r"(.*?T[\d:]+)(\.\d+)?(Z|[+-]\d\d:\d\d)?", lexical)
    assert match is not None
    text, fraction, offset = match.groups()
    seconds = Decimal(fraction or 0)
    try:
        moment = datetime.fromisoformat(text.replace("T24:", "T00:"))
    except ValueError:  # years beyond 9999, and days that a month does not have
        return lexical
    if "T24:" in text:
        moment += timedelta(days=1)
    if offset and offset != "Z":
        shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
        moment += -shift if offset[0] == "+" else shift
    return moment, seconds, offset is not None
