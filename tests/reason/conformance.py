"""Writes docs/conformance/owl.md from a run of the W3C suites: ``python -m tests.reason.conformance``."""
# ruff: noqa: E501 - reasons are sentences

import os
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
from tests.reason.entailment_suite import read_query_cases
from tests.reason.w3c import Case, entails, read_cases

from citykg.reason import Closure, infer

PAGE = Path(__file__).parents[2] / "docs" / "conformance" / "owl.md"
ENGINES = ("fast", "owlrl")
SUITES = Path(os.environ.get("CITYKG_SUITES", Path(__file__).parents[3] / "shared" / "suites"))
KINDS = ("PositiveEntailmentTest", "NegativeEntailmentTest", "ConsistencyTest", "InconsistencyTest")

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _TYPE = (ox.NamedNode(_RDF + name) for name in ("first", "rest", "type"))

_RANGES = (
    "needs reasoning about value spaces (one datatype within another, an intersection): no rule does that"
)

#: What an engine does not pass, and why; anything else that fails, or any of these that passes, fails a test.
EXCEPTIONS = {
    "New-Feature-ReflexiveProperty-001": "owl:ReflexiveProperty is not in OWL 2 RL (section 4.2.3); the case says RL all the same",
    "WebOnt-I5.5-005": "a class expression that nobody wrote: the rules create none",
    "WebOnt-I5.8-006": _RANGES,
    "WebOnt-I5.8-008": _RANGES,
    "WebOnt-I5.8-009": _RANGES,
}
OWLRL_EXCEPTIONS = {
    "New-Feature-DisjointDataProperties-002": "owlrl does not compare the last member of owl:AllDisjointProperties",
    "New-Feature-DisjointObjectProperties-002": "owlrl does not compare the last member of owl:AllDisjointProperties",
    "functionality-clash": "literals of different values are not different to owlrl",
    "string-integer-clash": "owlrl does not compare a literal with the range of its property",
    "New-Feature-Keys-006": "owlrl leaves out the last property of a key, and literals of different values are not different to it",
}
QUERY_EXCEPTIONS = {
    "paper-sparqldl-Q1-rdfs": "owl:Nothing is a subclass too (scm-cls): right under OWL 2 RL, too much under RDFS",
    "rdfs11": "that the object of rdfs:subPropertyOf is a property is RDFS only",
    "simple1": "a class expression that stands in the query and not in the data: the rules create none",
    "sparqldl-13": "what is the same as itself is not stated",
}


@lru_cache(maxsize=1)
def outcomes() -> dict[tuple[str, str, str], str]:
    """What came of every test: passed or failed, by engine, kind and name."""
    return {
        (engine, case.kind, case.name): _outcome(case, engine)
        for case in read_cases(SUITES / "owl2" / "all.rdf")
        for engine in ENGINES
    }


@lru_cache(maxsize=1)
def query_outcomes() -> dict[tuple[str, str], bool]:
    """Whether every test of the entailment regimes passed, by engine and name."""
    folder = SUITES / "rdf-tests" / "sparql" / "sparql11" / "entailment"
    return {
        (engine, case.name): case.passes(list(infer(case.data, engine=engine).inferred))
        for case in read_query_cases(folder)
        for engine in ENGINES
    }


def _outcome(case: Case, engine: str) -> str:
    closure = infer(case.premise, engine=engine)
    if case.kind.endswith("ConsistencyTest") or case.kind == "InconsistencyTest":
        return "passed" if bool(closure.contradictions) == (case.kind == "InconsistencyTest") else "failed"
    follows = _follows(case, closure, engine)
    return "passed" if follows == (case.kind == "PositiveEntailmentTest") else "failed"


def _follows(case: Case, closure: Closure, engine: str) -> bool:
    """Whether the conclusion is in the closure; of what says "not", whether its opposite is a contradiction."""
    plain, opposites = _opposites(case.conclusion)
    return entails([*case.premise, *closure.inferred], plain) and all(
        infer([*case.premise, *opposite], engine=engine).contradictions for opposite in opposites
    )


def _opposites(conclusion: tuple[ox.Triple, ...]) -> tuple[list[ox.Triple], list[tuple[ox.Triple, ...]]]:
    """Part a conclusion into what the rules may conclude, and the opposites of what says "not".

    The false rules decide owl:differentFrom, AllDifferent and membership in a complement: the rules conclude
    none of these as triples.
    """
    values = {(t.subject, t.predicate): t.object for t in conclusion}
    same = ox.NamedNode(_OWL + "sameAs")
    negative: set[ox.Triple] = set()
    opposites: list[tuple[ox.Triple, ...]] = []
    for triple in conclusion:
        name = triple.predicate.value
        if name == _OWL + "differentFrom":
            negative.add(triple)
            opposites.append((ox.Triple(triple.subject, same, triple.object),))
        elif name == _OWL + "distinctMembers":
            items, node = [], triple.object
            while (node, _FIRST) in values:
                negative |= {ox.Triple(node, p, values[node, p]) for p in (_FIRST, _REST)}  # type: ignore[arg-type]
                items.append(values[node, _FIRST])
                node = values[node, _REST]
            negative |= {triple, ox.Triple(triple.subject, _TYPE, ox.NamedNode(_OWL + "AllDifferent"))}
            opposites += [(ox.Triple(left, same, right),) for left, right in combinations(items, 2)]
        elif name == _OWL + "complementOf":
            members = [t for t in conclusion if t.predicate == _TYPE and t.object == triple.subject]
            negative |= {triple, *members}
            opposites += [(ox.Triple(t.subject, _TYPE, triple.object),) for t in members]
        elif name == _OWL + "propertyChainAxiom" or triple.object == ox.NamedNode(
            _OWL + "TransitiveProperty"
        ):
            # What the axiom says of things that nothing else is known of: a way, and that it leads nowhere.
            chain, cells = _chain(triple, values)
            negative |= {triple, *cells}
            opposites.append(_broken_chain(triple.subject, chain))
        elif name == _OWL + "propertyDisjointWith":
            negative.add(triple)
            ends = (ox.NamedNode("urn:x-test:left"), ox.NamedNode("urn:x-test:right"))
            pairs = [ox.Triple(ends[0], p, ends[1]) for p in (triple.subject, triple.object)]
            opposites.append(tuple(pairs))
    return [triple for triple in conclusion if triple not in negative], opposites


Values = dict[tuple[object, object], object]


def _chain(triple: ox.Triple, values: Values) -> tuple[list[object], set[ox.Triple]]:
    """The properties of a chain, and the cells of its list; a transitive property is a chain of itself."""
    if triple.predicate == _TYPE:
        return [triple.subject, triple.subject], set()
    chain, cells, node = [], set(), triple.object
    while (node, _FIRST) in values:
        cells |= {ox.Triple(node, p, values[node, p]) for p in (_FIRST, _REST)}  # type: ignore[arg-type]
        chain.append(values[node, _FIRST])
        node = values[node, _REST]  # type: ignore[assignment]
    return chain, cells


def _broken_chain(property_: object, chain: list[object]) -> tuple[ox.Triple, ...]:
    nodes = [ox.NamedNode(f"urn:x-test:{number}") for number in range(len(chain) + 1)]
    steps = [ox.Triple(nodes[i], p, nodes[i + 1]) for i, p in enumerate(chain)]  # type: ignore[arg-type]
    denial = {"sourceIndividual": nodes[0], "assertionProperty": property_, "targetIndividual": nodes[-1]}
    denied = ox.BlankNode()
    steps += [ox.Triple(denied, ox.NamedNode(_OWL + name), term) for name, term in denial.items()]  # type: ignore[arg-type]
    return tuple(steps)


def whole_cases(engine: str) -> dict[str, bool]:
    """Whether all the tests of a case passed, by its name."""
    found: dict[str, bool] = {}
    for (by, _, name), result in outcomes().items():
        if by == engine:
            found[name] = found.get(name, True) and result == "passed"
    return found


@lru_cache(maxsize=1)
def approved() -> frozenset[str]:
    """The names of the approved cases."""
    return frozenset(
        case.name for case in read_cases(SUITES / "owl2" / "all.rdf") if case.status == "Approved"
    )


def page() -> str:
    """Return the page."""
    found = outcomes()
    lines = [
        "# OWL 2 RL conformance",
        "",
        "Written by `python -m tests.reason.conformance` from a run; do not edit.",
        "",
        "The rules are those of [OWL 2 Profiles, section 4.3](https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules),",
        "tables 4 to 9, in `src/citykg/reason/owl2-rl.rules`. `fast` is citykg's own engine, `owlrl` the reference.",
        "",
        "## W3C OWL 2 test cases of profile RL, approved and proposed",
        "",
        "A case is one or several tests: most premises of an entailment are to be found consistent as well. Of the 93",
        "cases one has tests of syntax alone, which say nothing of an engine; 69 of the others are approved. A case is",
        "passed when all its tests are.",
        "",
        "| engine | cases | approved cases | positive entailment | negative entailment | consistency | inconsistency |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for engine in ENGINES:
        cases = whole_cases(engine)
        official = [passed for name, passed in cases.items() if name in approved()]
        scores = [f"{sum(cases.values())} of {len(cases)}", f"{sum(official)} of {len(official)}"]
        for kind in KINDS:
            results = [r for (by, of, _), r in found.items() if (by, of) == (engine, kind)]
            scores.append(f"{results.count('passed')} of {len(results)}")
        lines.append(f"| {engine} | {' | '.join(scores)} |")
    lines += [
        "",
        "A conclusion is looked up in the closure; declarations count as given. For conclusions that say that two things",
        "are different, that properties are disjoint, that a property is transitive or a chain, or that something is not",
        "in a class, the opposite is added, said of new names, and has to be a contradiction. In cases of the Direct",
        "Semantics alone, annotations are no part of the conclusion.",
        "",
        "## Exceptions",
        "",
        *(f"- {name}: {reason}." for name, reason in EXCEPTIONS.items()),
        *(f"- owlrl, {name}: {reason}." for name, reason in OWLRL_EXCEPTIONS.items()),
        "",
        "## SPARQL 1.1 entailment regimes, the tests for RDFS or profile RL",
        "",
        "| engine | passed |",
        "|---|--:|",
    ]
    for engine in ENGINES:
        results = [passed for (by, _), passed in query_outcomes().items() if by == engine]
        lines.append(f"| {engine} | {sum(results)} of {len(results)} |")
    lines += ["", *(f"- {name}: {reason}." for name, reason in QUERY_EXCEPTIONS.items()), "", *_differences()]
    return "\n".join(lines) + "\n"


def _differences() -> list[str]:
    return [
        "## What is left out, and where the engines differ",
        "",
        "Neither engine emits triples that carry nothing: `x owl:sameAs x`, statements about literals (their datatypes",
        "included, also where a thing is the same as a literal), predicates that are no IRIs, and axiomatic triples, which",
        "follow from the empty graph. All of them take part in the reasoning. Literals of the same value in different",
        "spellings (dt-eq) are not copied for one another; the cardinalities 0 and 1 are read by value, and values that",
        "would have to be the same and differ (dt-diff) are a contradiction.",
        "",
        "owlrl differs from the specification, each with a test in `tests/reason/test_owlrl_gaps.py`:",
        "",
        "- prp-key: the last property of a key is not compared; a key of one property makes all members of the class the same.",
        "- prp-adp, eq-diff2, eq-diff3: the last member of the list is not compared.",
        "- scm-sco, scm-spo, scm-eqc1, scm-eqp1: what is its own subclass by a cycle is not stated unless it is declared.",
        "- dt-type2: a literal belongs to its own datatype and those above it, not to all that have its value.",
        "- dt-diff, dt-not-type: values that differ are not different, and ranges are not compared with values.",
        "- rdfs6, which is not in the tables: a declared rdf:Property is its own subproperty; citykg does the same.",
    ]


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
