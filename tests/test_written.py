"""What files write where a store has another form."""

from pyoxigraph import Literal, NamedNode, Quad, Store

from citykg.shacl.vocabulary import xsd
from citykg.written import Written

A, P, G = (NamedNode(f"http://example.org/{name}") for name in "apg")


def quad(text: str, subject: NamedNode = A, graph: NamedNode = G) -> Quad:
    return Quad(subject, P, Literal(text, datatype=xsd("decimal")), graph)


def test_only_what_a_store_rewrites_is_kept_and_comes_back(tmp_path) -> None:
    Written.of([quad("3.10"), quad("7.5"), quad("130.0", NamedNode("http://example.org/b"))]).write(tmp_path)
    written = Written.read(tmp_path)
    assert written is not None
    assert written.forms(quad("3.1")) == (quad("3.10").object,)
    assert written.forms(quad("7.5")) == ()
    assert written.literals(A) == (quad("3.10").object,)


def test_two_spellings_in_one_graph_are_both_kept() -> None:
    written = Written.of([quad("3.1"), quad("3.10")])
    assert set(written.forms(quad("3.1"))) == {quad("3.1").object, quad("3.10").object}


def test_a_change_leads_to_what_the_files_write_then() -> None:
    before = [quad("3.1"), quad("2.0"), quad("2.00"), quad("5.0")]
    after = [quad("3.1"), quad("3.10"), quad("2.0"), quad("5.0")]
    store = Store()
    store.extend(before)
    changed = Written.of(before).changed(set(before) - set(after), set(after) - set(before), store)
    assert changed.lines == Written.of(after).lines


def test_without_a_file_nothing_is_known(tmp_path) -> None:
    assert Written.read(tmp_path) is None
