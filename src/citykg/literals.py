"""Literals by value: two lexical forms of one value get one form (XSD 1.1 Datatypes, canonical mappings)."""

import re
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

__all__ = ["by_value", "same_form", "type_of"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
# The types derived from integer, with the least and the greatest of their values (XSD 1.1, section 3.4).
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{
        name: (-(2**bits), 2**bits - 1)
        for name, bits in (("long", 63), ("int", 31), ("short", 15), ("byte", 7))
    },
    **{
        name: (0, 2**bits - 1)
        for name, bits in (
            ("unsignedLong", 64),
            ("unsignedInt", 32),
            ("unsignedShort", 16),
            ("unsignedByte", 8),
        )
    },
}
_LITERAL = re.compile(r'"((?:[^"\\]++|\\.)*+)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?')
# The object of a line of N-Triples or N-Quads when it may have another form: most have the one form already,
# and are passed over without a call. Beginning with the quotation mark, it is looked for by that alone; one
# that follows a space and ends a literal has no other after it in its line.
_OTHER_FORM = re.compile(
    r"""
    " (?<= [ \n]" )
    (?! (?: (?: 0 | -?[1-9][0-9]* ) "\^\^<XSD\#integer>
          | (?: 0 | -?[1-9][0-9]* | -?(?: 0 | [1-9][0-9]* )\.[0-9]*[1-9] ) "\^\^<XSD\#decimal>
          | (?: true | false ) "\^\^<XSD\#boolean>
          | [0-9]{4} (?: -[0-9]{2} ){0,2} "\^\^<XSD\#(?: date | gYear | gYearMonth ) >
        ) )
    (?P<lexical> (?: [^"\\\n]++ | \\. )*+ )
    " (?: \^\^ < (?P<datatype> XSD\#[A-Za-z]+ ) > | @ (?P<tag> [a-z0-9-]* [A-Z] [A-Za-z0-9-]* ) )
    """.replace("XSD\\#", re.escape(_XSD)),
    re.VERBOSE,
)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_DATE_TIME = re.compile(r"(-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:]{8})(?:\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})?")
_ZONE = re.compile(r"(.*[0-9])[+-]00:00")
_FRACTION = re.compile(r"([0-9]{2}:[0-9]{2}:[0-9]{2})\.([0-9]*?)0*(Z|[+-][0-9:]+)?")
_DURATION = re.compile(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)


def by_value(text: str) -> str:
    """Write every typed or tagged literal of lines of N-Triples or N-Quads in the one form of its value.

    What is not of its datatype's lexical space stays as it is: it has no value. A value of a type derived
    from integer is an integer. Language tags become lower case (RDF 1.1 Concepts, section 3.3).
    """
    if "<<( " in text:  # a triple term: its literal stands within the line
        return _LITERAL.sub(lambda match: _in_one_form(*match.groups()), text)
    return _OTHER_FORM.sub(_rewritten, "\n" + text)[1:]


def same_form(lexical: str, datatype: str) -> str:
    """Return the one lexical form of a value.

    Args:
        lexical: as written, without the escapes of N-Triples.
        datatype: IRI.
    """
    if datatype.startswith(_XSD):
        form = _FORMS.get(datatype[len(_XSD) :])
        if form is not None:
            return form(lexical)
    return lexical


def type_of(line: str) -> str:
    """Name the kind of a line's last literal: ``xsd:decimal``, ``@zh``, another IRI, or nothing."""
    found = _LITERAL.findall(line)
    if not found:
        return ""
    _, datatype, tag = found[-1]
    if tag:
        return f"@{tag.lower()}"
    return str(datatype).replace(_XSD, "xsd:")


def _rewritten(match: re.Match[str]) -> str:
    return _in_one_form(match["lexical"], match["datatype"], match["tag"])


def _in_one_form(lexical: str, datatype: str | None, tag: str | None) -> str:
    if tag is not None:
        return f'"{lexical}"@{tag.lower()}'
    if datatype is None:
        return f'"{lexical}"'
    form = same_form(lexical, datatype)
    if datatype.startswith(_XSD) and _is_integer(form, datatype[len(_XSD) :]):
        datatype = f"{_XSD}integer"
    return f'"{form}"^^<{datatype}>'


def _is_integer(form: str, name: str) -> bool:
    """Whether a form is of the value space of a type derived from integer."""
    if name not in _INTEGERS or not _INTEGER.fullmatch(form) or len(form) > 4000:
        return False
    least, greatest = _INTEGERS[name]
    return (least is None or int(form) >= least) and (greatest is None or int(form) <= greatest)


def _integer(lexical: str) -> str:
    return str(int(lexical)) if _INTEGER.fullmatch(lexical) and len(lexical) < 4000 else lexical


def _decimal(lexical: str) -> str:
    if not _DECIMAL.fullmatch(lexical):
        return lexical
    try:
        text = f"{Decimal(lexical):f}"
    except InvalidOperation:
        return lexical
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _double(lexical: str) -> str:
    if not _FLOAT.fullmatch(lexical):
        return lexical
    number = float(lexical)
    if number in (float("inf"), float("-inf")):
        return "INF" if number > 0 else "-INF"
    return repr(number).replace("nan", "NaN")


def _float(lexical: str) -> str:
    if not _FLOAT.fullmatch(lexical) or "INF" in lexical or "NaN" in lexical:
        return lexical.removeprefix("+")
    try:
        return repr(struct.unpack("f", struct.pack("f", float(lexical)))[0])
    except OverflowError:
        return "-INF" if lexical.startswith("-") else "INF"


def _boolean(lexical: str) -> str:
    return {"1": "true", "0": "false"}.get(lexical, lexical)


def _date_time(lexical: str) -> str:
    match = _DATE_TIME.fullmatch(lexical)
    if match is None:
        return lexical
    moment, fraction, zone = match[1], (match[2] or "").rstrip("0"), match[3] or ""
    if moment.endswith("T24:00:00") and not fraction:  # the first moment of the next day
        try:
            moment = f"{date.fromisoformat(moment[:-9]) + timedelta(days=1)}T00:00:00"
        except (ValueError, OverflowError):
            return lexical
    if zone and zone != "Z":
        try:
            there = datetime.fromisoformat(moment + zone)
            moment, zone = there.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0"), "Z"
        except (ValueError, OverflowError):
            return lexical
    return moment + (f".{fraction}" if fraction else "") + zone


def _calendar(lexical: str) -> str:
    return _ZONE.sub(r"\1Z", lexical) if _ZONE.fullmatch(lexical) else lexical


def _time(lexical: str) -> str:
    match = _FRACTION.fullmatch(lexical)
    if match is not None:
        lexical = match[1] + (f".{match[2]}" if match[2] else "") + (match[3] or "")
    return _calendar(lexical)


def _duration(lexical: str) -> str:
    match = _DURATION.fullmatch(lexical)
    if match is None or lexical.endswith(("P", "T")):
        return lexical
    sign, years, months, days, hours, minutes, seconds = match.groups()
    whole = 12 * int(years or 0) + int(months or 0)
    rest = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes or 0)) * 60 + Decimal(seconds or 0)
    return f"{sign if whole or rest else ''}P{whole}MT{_decimal(str(rest))}S"


def _binary(lexical: str) -> str:
    return lexical.upper()


_FORMS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    **dict.fromkeys(("date", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"), _calendar),
    **dict.fromkeys(("duration", "yearMonthDuration", "dayTimeDuration"), _duration),
    **dict.fromkeys(("dateTime", "dateTimeStamp"), _date_time),
    "decimal": _decimal,
    "double": _double,
    "float": _float,
    "boolean": _boolean,
    "time": _time,
    "hexBinary": _binary,
}
