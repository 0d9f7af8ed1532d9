"""The comparison: by canonical form, by value, by what hangs together."""

import random
import tracemalloc
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citykg import diff
from citykg.canonical import blank_components, canonical_nquads
from citykg.diff import compare, labels
from citykg.errors import CannotRun, UsageError
from citykg.export import DatasetSource, Graphs, from_quads, lines
from citykg.export.lines import sorted_lines
from citykg.export.opening import open_dataset
from citykg.export.sources import Term
from citykg.literals import by_value, same_form

XSD = "http://www.w3.org/2001/XMLSchema#"
HEADER = """PREFIX : <urn:x:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX owl: <http://www.w3.org/2002/07/owl#> """


def _data(text: str) -> DatasetSource:
    return from_quads(ox.parse(HEADER + text, ox.RdfFormat.TRIG))


def test_equal_datasets_differ_in_nothing() -> None:
    text = ":g { :a :p [ :q 1, 2 ], 'x'@zh . } :h { :a :p :b }"
    difference = compare(_data(text), _data(text))
    assert difference.equal
    assert difference.counts == (5, 5)


def test_what_is_added_and_removed_is_told_apart_with_its_graph() -> None:
    difference = compare(_data(":g { :a :p :b, :c }"), _data(":g { :a :p :c } :h { :a :p :b }"))
    assert difference.removed == ["<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g> ."]
    assert difference.added == ["<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:h> ."]


def test_against_a_dataset_without_graphs_only_the_statements_count() -> None:
    assert compare(_data(":g { :a :p :b, :c } :h { :a :p :c }"), _data(":a :p :b, :c .")).equal


def test_values_are_compared_and_other_spellings_counted() -> None:
    before = ":g { :a :p 3.10, 5, 'x'@zh-Hans, '2023-05-17T08:00:00+08:00'^^xsd:dateTime }"
    after = ":g { :a :p 3.1, 05, 'x'@zh-hans, '2023-05-17T00:00:00Z'^^xsd:dateTime }"
    difference = compare(_data(before), _data(after))
    assert difference.equal
    kinds = {kind: rewritten.count for kind, rewritten in difference.rewritten.items()}
    assert kinds == {"xsd:decimal": 1, "xsd:integer": 1, "xsd:dateTime": 1}
    assert "3.10" in difference.rewritten["xsd:decimal"].before
    assert not compare(_data(before), _data(after), exact=True).equal


def test_a_changed_value_is_a_difference() -> None:
    difference = compare(_data(":g { :a :p 3.1 }"), _data(":g { :a :p 3.11 }"))
    assert (difference.removed_count, difference.added_count) == (1, 1)


def test_one_value_in_two_spellings_is_no_difference() -> None:
    assert compare(_data(":g { :a :p 1, 01, 001 }"), _data(":g { :a :p 1 }")).equal


def test_a_change_beside_one_blank_node_leaves_the_others_alone() -> None:
    before = ":g { :a :p [ :q 1 ], [ :q 2 ], [ :q [ :r 3 ] ] }"
    after = ":g { :a :p [ :q 1 ], [ :q 2 ], [ :q [ :r 4 ] ] }"
    difference = compare(_data(before), _data(after))
    assert difference.removed_count == difference.added_count == 3


def test_the_same_blank_structure_twice_is_not_the_same_as_once() -> None:
    one = _data(":g { [] :q 1 . [] :q 1 }")
    assert compare(one, _data(":g { [] :q 1 }")).removed_count == 1


_statements = st.lists(
    st.tuples(
        st.sampled_from(["urn:g", "urn:h"]), st.sampled_from("ab"), st.sampled_from(["1", "01", "2", "1.0"])
    ),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(_statements, _statements)
def test_datasets_are_equal_exactly_when_their_values_are(
    one: list[tuple[str, str, str]], other: list[tuple[str, str, str]]
) -> None:
    def dataset(
        statements: list[tuple[str, str, str]],
    ) -> tuple[DatasetSource, set[tuple[str, str, bool, Decimal]]]:
        text = "".join(f"GRAPH <{graph}> {{ :{node} :p {value} }} " for graph, node, value in statements)
        kinds = {(graph, node, "." in value, Decimal(value)) for graph, node, value in statements}
        return _data(text), kinds

    (first, values), (second, others) = dataset(one), dataset(other)
    difference = compare(first, second, merge=False)
    assert difference.equal == (values == others)
    assert (difference.removed_count, difference.added_count) == (len(values - others), len(others - values))


class _Generated:
    """Statements that nobody holds, backwards or forwards; every tenth in another form of its value."""

    def __init__(self, number: int, *, form: str, backwards: bool) -> None:
        self._number = number
        self._form = form
        self._backwards = backwards

    def graphs(self) -> list[str]:
        return ["urn:g"]

    def read(self, _: str | None) -> Iterator[bytes]:
        starts = range(0, self._number, 1000)
        for start in reversed(starts) if self._backwards else starts:
            yield b"".join(map(self._line, range(start, start + 1000)))

    def _line(self, number: int) -> bytes:
        value = f"{number}{self._form}" if number % 10 == 0 else f"{number}.5"
        return f'<urn:s{number}> <urn:p> "{value}"^^<{XSD}decimal> .\n'.encode()

    def read_many(self, graphs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return ((graph, block) for graph in graphs for block in self.read(graph))

    def construct(self, query: str) -> Iterator[bytes]:
        raise NotImplementedError

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        raise NotImplementedError


@pytest.mark.parametrize("form", [".0", ".00"])
def test_memory_does_not_grow_with_what_is_compared(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "_SORTED_AT_ONCE", 100_000)  # what is more goes through files
    monkeypatch.setattr(lines, "_LEAST_BLOCK", 1_000)

    def peak(number: int) -> int:
        tracemalloc.start()
        try:
            difference = compare(
                _Generated(number, form=".0", backwards=False), _Generated(number, form=form, backwards=True)
            )
            assert difference.equal
            assert difference.counts == (number, number)
            rewritten = {kind: found.count for kind, found in difference.rewritten.items()}
            assert rewritten == ({} if form == ".0" else {"xsd:decimal": number // 10})
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1_000)  # what is made once
    assert peak(80_000) < 1.2 * peak(10_000)


def test_only_so_many_lines_are_kept_but_all_are_counted() -> None:
    difference = compare(_data(":g { :a :p 1, 2, 3, 4 }"), _data(":g { :a :p 9 }"), keep=2)
    assert (len(difference.removed), difference.removed_count) == (2, 4)


def test_chosen_graphs_only() -> None:
    one, two = _data(":g { :a :p :b } :h { :a :p :c }"), _data(":g { :a :p :b } :h { :a :p :d }")
    assert compare(one, two, selection=Graphs(["urn:x:g"])).equal
    assert not compare(one, two).equal


def test_labels_are_found_in_any_graph() -> None:
    data = _data(":g { :a rdfs:label '甲'@zh, 'A'@en } :b rdfs:label '乙'@zh .")
    assert labels(data, ["urn:x:a", "urn:x:b", "urn:x:c"]) == {
        "urn:x:a": {"zh": "甲", "en": "A"},
        "urn:x:b": {"zh": "乙"},
    }


@pytest.mark.parametrize(
    ("datatype", "forms"),
    [
        ("integer", ["7", "+7", "007"]),
        ("decimal", ["3.10", "3.1", "+03.100"]),
        ("decimal", ["0", "-0.0", ".0", "0."]),
        ("double", ["1e3", "1000", "1.0E+3"]),
        ("double", ["INF", "+INF"]),
        ("float", ["0.1", "1e-1"]),
        ("boolean", ["1", "true"]),
        ("dateTime", ["2023-05-17T08:00:00.500+08:00", "2023-05-17T00:00:00.5Z"]),
        ("dateTime", ["2023-12-31T24:00:00Z", "2024-01-01T00:00:00Z", "2024-01-01T08:00:00+08:00"]),
        ("gYear", ["2023Z", "2023+00:00"]),
        ("duration", ["P1Y", "P12M"]),
        ("duration", ["PT60M", "PT1H"]),
        ("time", ["08:00:00.0", "08:00:00"]),
    ],
)
def test_forms_of_one_value_become_one(datatype: str, forms: list[str]) -> None:
    assert len({same_form(form, XSD + datatype) for form in forms}) == 1


@pytest.mark.parametrize(
    ("datatype", "one", "other"),
    [
        ("decimal", "3.1", "3.10000000000000000001"),
        ("integer", "123456789012345678901234567890", "123456789012345678901234567891"),
        ("gYear", "2023", "2023Z"),
        ("duration", "P1Y", "P365D"),
        ("string", "1", "01"),
        ("integer", "x", "X"),
    ],
)
def test_different_values_stay_different(datatype: str, one: str, other: str) -> None:
    assert same_form(one, XSD + datatype) != same_form(other, XSD + datatype)


def test_types_derived_from_integer_have_its_values_and_no_others() -> None:
    for name, form in (
        ("byte", "127"),
        ("nonNegativeInteger", "0"),
        ("unsignedLong", "18446744073709551615"),
    ):
        assert by_value(f'"{form}"^^<{XSD}{name}>') == by_value(f'"+{form}"^^<{XSD}integer>')
    for name, form in (("byte", "128"), ("nonNegativeInteger", "-1"), ("unsignedByte", "256"), ("int", "x")):
        assert by_value(f'"{form}"^^<{XSD}{name}>') == f'"{form}"^^<{XSD}{name}>'


def test_what_looks_like_a_literal_inside_a_string_is_left_alone() -> None:
    line = '<urn:s> <urn:p> "say \\"01\\"^^<http://www.w3.org/2001/XMLSchema#integer>" .\n'
    assert by_value(line) == line


_lexical = st.one_of(
    st.from_regex(r"[+-]?[0-9]{0,3}(\.[0-9]{0,3})?", fullmatch=True),
    st.from_regex(r"(true|false|0|1|-?0{0,2}[0-9]{4}(-[0-9]{2}){0,2}Z?)", fullmatch=True),
    st.text(alphabet='aZ1 @"\\\n七', max_size=5),
)
_kinds = st.sampled_from(
    ["integer", "decimal", "boolean", "date", "gYear", "gYearMonth", "double", "byte", "string"]
)
_tags = st.sampled_from(["zh", "zh-Hans", "EN"])
_values = st.one_of(
    st.builds(lambda lexical, kind: ox.Literal(lexical, datatype=ox.NamedNode(XSD + kind)), _lexical, _kinds),
    st.builds(lambda lexical, tag: ox.Literal(lexical, language=tag), _lexical, _tags),
    st.builds(ox.NamedNode, st.sampled_from(["urn:a", "urn:七"])),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_values, min_size=1, max_size=5), st.booleans())
def test_lines_by_value_are_their_objects_by_value(
    values: list[ox.Literal | ox.NamedNode], read: bool
) -> None:
    one = ox.NamedNode("urn:s七")
    text = "".join(f"{one} {one} {value} .\n" for value in values)
    expected = "".join(f"{one} {one} {by_value(str(value))} .\n" for value in values)
    for value in values:
        if isinstance(value, ox.Literal) and value.datatype.value.startswith(XSD) and not value.language:
            kind = value.datatype.value
            assert by_value(str(value)).startswith(str(ox.Literal(same_form(value.value, kind))))
    if read:  # as the comparison does: UTF-8 read as Latin-1
        text, expected = (each.encode().decode("latin-1") for each in (text, expected))
    assert by_value(text) == expected


def test_a_string_that_begins_like_a_tag_stays_as_it_is() -> None:
    text = '<urn:s> <urn:p> "a" .\n<urn:s> <urn:p> "@ZH" .\n'
    assert by_value(text) == text


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="ab\x85é七", min_size=1, max_size=4), max_size=300), st.integers(1, 400))
def test_sorting_in_runs_is_sorting(words: list[str], limit: int) -> None:
    lines = [word.encode().decode("latin-1") for word in words]
    blocks = sorted_lines((f"{line}\n" for line in lines), limit=limit)
    assert [line for block in blocks for line in block] == sorted(set(lines))


def test_many_runs_are_merged_in_steps() -> None:
    numbers = random.Random(7).sample(range(100_000), 20_000)
    blocks = sorted_lines((f"{number:06}\n{number // 2:06}\n" for number in numbers), limit=500)
    expected = sorted({f"{number:06}" for number in numbers} | {f"{number // 2:06}" for number in numbers})
    assert [line for block in blocks for line in block] == expected


def test_components_are_counted_whatever_their_names() -> None:
    quads = ox.parse(HEADER + "_:x :p _:y . _:z :p _:w . :a :p _:v .", ox.RdfFormat.TURTLE)
    assert sorted(blank_components(quads).values()) == [1, 2]


_nodes = st.sampled_from([ox.BlankNode(name) for name in "abcde"] + [ox.NamedNode("urn:n")])
_graphs_of_blanks = st.lists(st.builds(ox.Quad, _nodes, st.just(ox.NamedNode("urn:p")), _nodes), max_size=8)


@settings(max_examples=60, deadline=None)
@given(_graphs_of_blanks, st.randoms())
def test_components_are_equal_exactly_when_the_canonical_forms_are(
    quads: list[ox.Quad], chance: random.Random
) -> None:
    names = list("vwxyz")
    chance.shuffle(names)
    renamed = dict(zip("abcde", names, strict=True))

    def other(term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode | ox.BlankNode:
        return ox.BlankNode(renamed[term.value]) if isinstance(term, ox.BlankNode) else term

    copy = [ox.Quad(other(quad.subject), quad.predicate, other(quad.object)) for quad in quads]
    assert compare(from_quads(quads), from_quads(copy)).equal
    fewer = copy[1:]
    same = canonical_nquads(fewer) == canonical_nquads(quads)
    assert compare(from_quads(quads), from_quads(fewer)).equal == same


def test_files_are_read_by_their_ending(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 1 .")
    assert compare(open_dataset(str(tmp_path / "a.ttl")), _data("<urn:a> <urn:p> 1 .")).equal
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(UsageError, match="names no format"):
        open_dataset(str(tmp_path / "a.txt"))
    (tmp_path / "a.nq.gz").write_bytes(b"\x1f\x8b\x08")
    with pytest.raises(CannotRun, match="not whole or not gzip"):
        open_dataset(str(tmp_path / "a.nq.gz"))
