"""Explanations in the forms that programs read: JSON, Mermaid, and RDF in PROV-O."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

import pyoxigraph as ox

from .breaches import Breach
from .explain import Explanation, Kind, Step
from .reason.missing import Missing

__all__ = ["as_json", "as_mermaid", "as_rdf", "breach_json", "breaches_mermaid", "breaches_rdf"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PROV = "http://www.w3.org/ns/prov#"
_SH = "http://www.w3.org/ns/shacl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

#: Where the rules are defined.
_RULES = "https://www.w3.org/TR/owl2-profiles/#"


def as_json(explanation: Explanation) -> dict[str, object]:
    """The explanation as members of JSON; terms as N-Triples writes them, with labels beside them."""
    step = explanation.step
    return {
        "statement": _statement(explanation.statement),
        "status": "missing" if step is None else "asserted" if step.rule is None else "inferred",
        "proof": None if step is None else _step(step),
        "missing": [_missing(miss) for miss in explanation.missing],
        "labels": explanation.labels,
    }


def breach_json(breach: Breach) -> dict[str, object]:
    """A breach as members of JSON; ``rule`` is a W3C name, or the IRI of a shape or data check."""
    return {
        "rule": breach.rule,
        "severity": breach.severity.value.lower(),
        "focus": None if breach.focus is None else str(breach.focus),
        "messages": dict(breach.messages),
        "facts": [_step(step) for step in breach.facts],
        "labels": dict(breach.labels),
    }


def _statement(statement: tuple[object, ...]) -> dict[str, str]:
    return dict(zip(("subject", "predicate", "object"), map(str, statement), strict=True))


def _step(step: Step) -> dict[str, object]:
    return {
        "statement": _statement(step.statement),
        "rule": step.rule,
        "premises": [_step(premise) for premise in step.premises],
        "sources": [
            {key: value for key, value in asdict(source).items() if value not in (None, ())}
            for source in step.sources
        ],
    }


def _missing(miss: Missing) -> dict[str, object]:
    return {
        "rule": miss.rule,
        "statement": _statement(miss.statement),
        "given": [_statement(statement) for statement in miss.given],
    }


def as_mermaid(step: Step, *, text: Callable[[Step], str], where: Callable[[Step], str]) -> str:
    """A flowchart for Mermaid: premises above, conclusion below; a statement that is used twice stands once.

    Args:
        step: the proof.
        text: what to write for a statement.
        where: what to write for the sources of an asserted one.
    """
    return "\n".join(("flowchart TD", *_drawn([step], {}, text, where))) + "\n"


def breaches_mermaid(
    breaches: Iterable[Breach],
    *,
    headline: Callable[[Breach], str],
    text: Callable[[Step], str],
    where: Callable[[Step], str],
) -> str:
    """A flowchart of what is wrong: facts above, the broken rules below; see `as_mermaid`."""
    lines = ["flowchart TD"]
    numbers: dict[Step, int] = {}
    for number, breach in enumerate(breaches):
        lines += _drawn(breach.facts, numbers, text, where)
        lines.append(f'  b{number}{{{{"{_escaped(headline(breach))}"}}}}')
        lines += [f"  n{numbers[fact]} --> b{number}" for fact in dict.fromkeys(breach.facts)]
    return "\n".join(lines) + "\n"


def _drawn(
    steps: Iterable[Step],
    numbers: dict[Step, int],
    text: Callable[[Step], str],
    where: Callable[[Step], str],
) -> list[str]:
    lines = []
    for node in (node for step in steps for node in _nodes(step)):
        if node in numbers:
            continue
        number = numbers[node] = len(numbers)
        if node.rule is None:
            lines.append(f'  n{number}["{_escaped(text(node))}<br/><small>{_escaped(where(node))}</small>"]')
        else:
            lines.append(f'  n{number}("{_escaped(text(node))}")')
            for premise in dict.fromkeys(node.premises):
                lines.append(f"  n{numbers[premise]} -- {node.rule} --> n{number}")
    return lines


def _escaped(text: str) -> str:
    for character, entity in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;"), ("#", "&#35;")):
        text = text.replace(character, entity)
    return text


def _nodes(step: Step, seen: set[Step] | None = None) -> Iterator[Step]:
    """Every statement of a proof once, premises first."""
    seen = set() if seen is None else seen
    if step in seen:
        return
    seen.add(step)
    for premise in step.premises:
        yield from _nodes(premise, seen)
    yield step


def as_rdf(step: Step, *, prefixes: Mapping[str, str]) -> bytes:
    """The proof in Turtle: a prov:Entity for each statement, derived by the rule that sh:sourceRule names.

    A statement is named by the digest of its terms in N-Triples (RFC 6920), so that the names of two proofs
    agree.
    """
    return _turtle((triple for node in _nodes(step) for triple in _described(node)), prefixes)


def breaches_rdf(breaches: Iterable[Breach], *, prefixes: Mapping[str, str]) -> bytes:
    """What is wrong in Turtle: a sh:ValidationResult for each breach, derived from the facts that make it.

    Facts are named as by `as_rdf`, a breach by the digest of its rule, its node and its facts.
    """
    return _turtle((triple for breach in breaches for triple in _broken(breach)), prefixes)


def _broken(breach: Breach) -> Iterator[ox.Triple]:
    facts = [_name(step) for step in breach.facts]
    node = _digest(breach.rule, breach.focus, *facts)

    def says(namespace: str, name: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.Triple:
        return ox.Triple(node, ox.NamedNode(namespace + name), value)

    yield says(_RDF, "type", ox.NamedNode(_SH + "ValidationResult"))
    yield says(_RDF, "type", ox.NamedNode(_PROV + "Entity"))
    yield says(_SH, "resultSeverity", ox.NamedNode(_SH + breach.severity.value))
    if breach.focus is None:
        yield says(_SH, "sourceRule", ox.NamedNode(_RULES + breach.rule))
    else:
        yield says(_SH, "focusNode", breach.focus)
        known = "sourceConstraintComponent" if breach.rule.startswith(_SH) else "sourceShape"
        yield says(_SH, known, ox.NamedNode(breach.rule))
    for language, message in breach.messages.items():
        yield says(_SH, "resultMessage", ox.Literal(message, language=language or None))
    for fact in facts:
        yield says(_PROV, "wasDerivedFrom", fact)
    for step in breach.facts:
        yield from (triple for inner in _nodes(step) for triple in _described(inner))


def _turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    ordered = sorted(set(triples), key=str)
    # Only prefixes that are used: a proof is short.
    used = {name: iri for name, iri in prefixes.items() if any(iri in str(triple) for triple in ordered)}
    written = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used)
    assert written is not None
    return written


def _name(step: Step) -> ox.NamedNode:
    return _digest(*step.statement)


def _digest(*parts: object) -> ox.NamedNode:
    digest = hashlib.sha256(" ".join(map(str, parts)).encode()).digest()
    name = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return ox.NamedNode(f"ni:///sha-256;{name}")


def _described(step: Step) -> Iterator[ox.Triple]:
    node = _name(step)

    def says(namespace: str, name: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.Triple:
        return ox.Triple(node, ox.NamedNode(namespace + name), value)

    yield says(_RDF, "type", ox.NamedNode(_RDF + "Statement"))
    yield says(_RDF, "type", ox.NamedNode(_PROV + "Entity"))
    for name, term in zip(("subject", "predicate", "object"), step.statement, strict=True):
        yield says(_RDF, name, term)  # type: ignore[arg-type]
    if step.rule is not None:
        yield says(_SH, "sourceRule", ox.NamedNode(_RULES + step.rule))
    for premise in step.premises:
        yield says(_PROV, "wasDerivedFrom", _name(premise))
    for source in step.sources:
        link = "wasQuotedFrom" if source.kind is Kind.PASSAGE else "hadPrimarySource"
        yield says(_PROV, link, ox.NamedNode(source.graph))
        for speaker in source.speakers:
            yield says(_PROV, "wasAttributedTo", ox.NamedNode(speaker))
        for taken in source.taken_from:
            yield says(_PROV, "hadPrimarySource", ox.NamedNode(taken))
