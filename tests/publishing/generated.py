"""Made-up statements with everything that RDF 1.1 allows: the hard cases of formats and stores."""

import random
from collections.abc import Iterator

import pyoxigraph as ox

__all__ = ["ODD_TEXTS", "generated"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IRIS = (
    "http://example.org/七台河", "http://example.org/a%20b", "urn:x:a,b;c=(d)", "tag:example.org,2023:1",
    "http://example.org/?q=1&r=%E4%B8%83#f'x!*", "http://example.org/~u/$1+2", "http://example.org/é/ß/😀",
    "http://example.org/a:b@c", "http://example.org/p_:x", "http://example.org/.x.",
)  # fmt: skip
#: Texts that a careless writer or reader would break.
ODD_TEXTS = (
    "", "七台河 \n\t\"'\\ 🚄", "a\rb", "长" * 300, "\u0085\u2028\u00a0 end ", "_:b0 .", '<a> "b"@c ^^<d>',
    "e\u0301 or é", " .", "]]>", "&amp;<b>", "\\u4e03", "{}|^`",
)  # fmt: skip
_FORMS = {
    "string": ODD_TEXTS,
    "integer": ("0", "007", "+5", "-0", "-99999999999999999", "not a number"),
    "decimal": ("3.10", "1.50", "-0.5", "+1.0", ".5", "100", "0.000001", "1.12345678901234567890"),
    "double": ("1.0E3", "-2.5e-7", "INF", "-INF", "NaN", "1e400", "0.1E0"),
    "float": ("1.5", "3.4028235E38", "NaN", "1e-3"),
    "boolean": ("true", "1", "0", "false", "TRUE"),
    "date": ("2023-05-17", "2023-05-17Z", "2023-05-17+08:00", "-0044-03-15", "2023-13-99"),
    "dateTime": ("2023-05-17T08:30:00Z", "2023-05-17T08:30:00.500+08:00", "2023-05-17T24:00:00"),
    "time": ("08:30:00", "08:30:00.10Z"),
    "gYear": ("2023", "2023Z", "-0500"),
    "gYearMonth": ("2023-05",),
    "gMonthDay": ("--05-17",),
    "gDay": ("---17",),
    "gMonth": ("--05",),
    "anyURI": ("http://example.org/?a=b&c=d",),
    "hexBinary": ("0aFF", "0AFF"),
    "base64Binary": ("AQID",),
    "byte": ("7",),
    "long": ("-9",),
    "unsignedLong": ("18446744073709551615",),
    "nonNegativeInteger": ("12",),
    "normalizedString": ("a b",),
    "token": ("a b",),
    "language": ("zh",),
    "NCName": ("a",),
}
# Whole requests are refused for these by some stores.
_LARGE = {
    "integer": ("123456789012345678901234567890",),
    "duration": ("P1Y", "PT36H", "-P1DT2H", "P0D"),
    "dayTimeDuration": ("P1DT1H",),
    "yearMonthDuration": ("P14M",),
}


def generated(number: int, *, seed: int = 7, large: bool = True) -> Iterator[ox.Quad]:
    """Yield statements in the default graph and in passages, the same each time.

    Args:
        number: of statements; a few come twice.
        seed: of the generator.
        large: with integers of any length, and durations.
    """
    chance = random.Random(seed)
    forms = [(kind, form) for kind, some in _FORMS.items() for form in some]
    if large:
        forms += [(kind, form) for kind, some in _LARGE.items() for form in some]
    for index in range(number):
        name = f"https://w3id.org/citykg/article/odd-{index // 5000}#p{index // 50 % 100:02}"
        subject = ox.NamedNode(f"{chance.choice(_IRIS)}{index // 7}") if index % 13 else _blank(index, "x")
        yield ox.Quad(
            subject,
            ox.NamedNode(f"http://example.org/属性/p{index % 40}"),
            _value(index, chance, forms),
            ox.NamedNode(name) if index % 10 else ox.DefaultGraph(),
        )


def _value(
    index: int, chance: random.Random, forms: list[tuple[str, str]]
) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    match index % 5:
        case 0:
            return ox.NamedNode(chance.choice(_IRIS))
        case 1 if index % 3 == 0:
            return _blank(index, chance.choice("xyz"))
        case 1:
            return ox.Literal(f"名{index}", language=chance.choice(["zh", "zh-Hans", "en-US", "x-odd"]))
        case 2:
            return ox.Literal(f"v{index}", datatype=ox.NamedNode("http://example.org/类型#t"))
        case _:
            kind, form = chance.choice(forms)
            return ox.Literal(form, datatype=ox.NamedNode(_XSD + kind))


def _blank(index: int, letter: str) -> ox.BlankNode:
    return ox.BlankNode(f"b{index // 100}{letter}")
