"""Every inferred triple of the shipped graph has a proof that the checker accepts, down to its leaves."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.manifest import store_folder
from citykg.reason.checker import faults
from citykg.reason.proof import Statement, StoreFacts
from citykg.reason.search import Prover


def faults_in(build: Path, *, every: int) -> tuple[int, list[str]]:
    """How many inferred triples were looked at, and what is wrong with their proofs."""
    store = ox.Store.read_only(str(store_folder(build)))
    facts = StoreFacts(store)
    prover = Prover(facts)
    known: dict[Statement, bool] = {}

    def is_asserted(statement: Statement) -> bool:
        if statement not in known:
            known[statement] = any(True for _ in facts.asserted(*statement))
        return known[statement]

    closure = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    statements = ((quad.subject, quad.predicate, quad.object) for quad in closure)
    inferred = sorted((s for s in statements if not is_asserted(s)), key=str)[::every]
    wrong: list[str] = []
    for statement in inferred:
        proof = prover.prove(statement)
        if proof is None or proof.statement != statement:
            wrong.append(f"no proof of {statement}")
        else:
            wrong += faults(proof, asserted=is_asserted)
    return len(inferred), wrong


def test_every_tenth_inferred_triple_of_the_shipped_graph_has_a_proof(shipped_build: Path) -> None:
    looked_at, wrong = faults_in(shipped_build, every=10)
    assert wrong == []
    assert looked_at > 500


@pytest.mark.long
def test_every_inferred_triple_of_the_shipped_graph_has_a_proof(shipped_build: Path) -> None:
    looked_at, wrong = faults_in(shipped_build, every=1)
    assert wrong == []
    assert looked_at > 5000
