"""A report that is kept is read back as it was."""

from pyoxigraph import BlankNode, Literal, NamedNode

from citykg.shacl.kept import read_report, write_report
from citykg.shacl.paths import Alternative, Inverse, Predicate, Repeat, Sequence
from citykg.shacl.results import Fallback, Report, Result
from citykg.shacl.vocabulary import sh, xsd

P = Predicate(NamedNode("http://example.org/p"))
Q = Predicate(NamedNode("http://example.org/q"))


def result(**more) -> Result:
    return Result(NamedNode("http://example.org/a"), sh("X"), sh("Violation"), BlankNode("b1"), **more)


def test_a_report_is_read_back_whole(tmp_path) -> None:
    path = Sequence((Inverse(P), Alternative((P, Repeat(Q, "*"), Repeat(P, "+"), Repeat(Q, "?")))))
    report = Report(
        (
            result(path=path, value=Literal("3.10", datatype=xsd("decimal"))),
            result(path=P, value=Literal('湖\n"x"', language="zh"), messages={"zh": "不对“{", "": "a\nb"}),
            result(details=(result(path=Q, value=BlankNode("b2")),), source_constraint=BlankNode("c")),
            result(graphs=(NamedNode("http://example.org/g"),)),
        ),
        "fast",
        (Fallback(NamedNode("http://example.org/s"), "pyshacl-store", "sh:js"),),
    )
    write_report(tmp_path, report)
    assert read_report(tmp_path) == report


def test_without_a_kept_report_there_is_none(tmp_path) -> None:
    assert read_report(tmp_path) is None


def test_the_gravest_results_are_the_same_of_a_kept_report(tmp_path) -> None:
    severities = ("Info", "Warning", "Violation", "Info", "Violation", "Warning", "mine")
    nodes = [NamedNode(f"http://example.org/{number}") for number in range(len(severities))]
    found = [Result(node, sh("X"), sh(name), P.iri) for node, name in zip(nodes, severities, strict=True)]
    report = Report(tuple(found))
    write_report(tmp_path, report)
    kept = read_report(tmp_path)
    assert kept is not None
    for number in range(len(found) + 2):
        wanted = [found[place] for place in (2, 4, 6, 1, 5, 0, 3)][:number]
        assert list(report.gravest(number)) == list(kept.gravest(number)) == wanted
