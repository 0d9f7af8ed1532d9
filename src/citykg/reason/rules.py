"""The rules of OWL 2 RL/RDF as data, read from the one table that engines, proofs, checker and docs share."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = [
    "ONE",
    "OWL",
    "RDF",
    "RDFS",
    "TABLES",
    "XSD",
    "ZERO",
    "Each",
    "Members",
    "Pattern",
    "Premise",
    "Rule",
    "Test",
    "is_variable",
    "rules",
]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: Stand for literals by value in patterns.
ZERO = "0"
ONE = "1"

TABLES = {
    "4": "The Semantics of Equality",
    "5": "The Semantics of Axioms about Properties",
    "6": "The Semantics of Classes",
    "7": "The Semantics of Class Axioms",
    "8": "The Semantics of Datatypes",
    "9": "The Semantics of Schema Vocabulary",
    "RDF Schema": "One entailment pattern beyond the tables",
}

_FILE = Path(__file__).with_name("owl2-rl.rules")
_LINE = re.compile(r"(\S+)\s+(.*?)=> (.*)")
_NAMESPACES = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}
_WORDS = {"a": RDF + "type", "zero": ZERO, "one": ONE}
_TESTS = ("within", "outside", "equals", "differs")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; a term is a variable (``?x``), an IRI, or ZERO or ONE."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Members:
    """Variables that stand for members of a list, at different positions in this order."""

    list: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Patterns that hold for every member of a list; ``chained``: each begins where the last one ended."""

    list: str
    member: str
    patterns: tuple[Pattern, ...]
    chained: bool


@dataclass(frozen=True, slots=True)
class Test:
    """A test of values: ``within``, ``outside`` (a datatype), ``equals``, ``differs`` (a literal)."""

    test: str
    left: str
    right: str


Premise = Pattern | Members | Each | Test


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    Attributes:
        name: the W3C name; rules with several conclusions in the specification are several here.
        table: a key of TABLES.
        body: what must hold.
        head: what follows, or None for a contradiction.
    """

    name: str
    table: str
    body: tuple[Premise, ...]
    head: Pattern | None


def is_variable(term: str) -> bool:
    """Whether a term of a pattern is a variable."""
    return term.startswith("?")


@cache
def rules() -> tuple[Rule, ...]:
    """The table, in the order of the specification."""
    found = []
    table = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            table = line[2:]
        elif line and not line.startswith("#"):
            name, body, head = _LINE.fullmatch(line).groups()  # type: ignore[union-attr]
            premises = tuple(_premise(text.strip()) for text in body.split(" . ") if text.strip())
            found.append(Rule(name, table, premises, None if head == "false" else _pattern(head)))
    return tuple(found)


def _premise(text: str) -> Premise:
    words = text.split()
    if words[0] in ("each", "chain"):
        patterns = text.partition(" : ")[2].split(" , ")
        return Each(words[3], words[1], tuple(map(_pattern, patterns)), chained=words[0] == "chain")
    if words[-2] == "in":
        return Members(words[-1], tuple(words[:-2]))
    if words[1] in _TESTS:
        return Test(words[1], words[0], words[2])
    return _pattern(text)


def _pattern(text: str) -> Pattern:
    subject, predicate, object_ = map(_term, text.split())
    return Pattern(subject, predicate, object_)


def _term(word: str) -> str:
    if is_variable(word):
        return word
    if word in _WORDS:
        return _WORDS[word]
    prefix, _, name = word.partition(":")
    return _NAMESPACES[prefix] + name
