"""What a long name takes is bounded: people ask by short ones, and search finds the others."""

from citykg.ask import open_asker
from citykg.ask.words.index import LONGEST_NAME, Index
from citykg.build import build
from citykg.opening import open_store
from citykg.project import Project
from citykg.search import search
from citykg.search_index import index_of

_POINTS = 20_000


def _named(project: Project, *names: str) -> None:
    file = project.root / "data" / "entities" / "places.ttl"
    text = file.read_text(encoding="utf-8")
    for number, name in enumerate(names):
        text += f'\nplace:long-{number} a city:Place ; rdfs:label "{name}"@zh .\n'
    file.write_text(text, encoding="utf-8")


def _index(project: Project) -> Index:
    assert build(project, keep_going=True).folder is not None
    return open_asker(project=project, many=False).index


def _letters(count: int) -> str:
    """Characters of which hardly any part comes twice."""
    return "".join(chr(0x4E00 + number * number % 20_011) for number in range(count))


def test_a_name_of_many_thousand_code_points_adds_no_entry_to_what_questions_are_read_by(
    tiny_project: Project,
) -> None:
    before = _index(tiny_project)
    _named(tiny_project, _letters(_POINTS), "a" * _POINTS)
    after = _index(tiny_project)
    assert (len(after.words), len(after.typos)) == (len(before.words), len(before.typos))
    assert max(map(len, after.words)) <= LONGEST_NAME
    assert max(map(len, index_of(open_store(tiny_project)).words)) <= LONGEST_NAME


def test_search_finds_a_name_that_nobody_asks_by(tiny_project: Project) -> None:
    name = _letters(_POINTS)
    _named(tiny_project, name)
    assert build(tiny_project, keep_going=True).folder is not None
    found = search(open_store(tiny_project), name[9_000:9_020])
    assert [hit.name for hit in found] == [name]


def test_a_name_as_long_as_people_ask_by_is_read(tiny_project: Project) -> None:
    _named(tiny_project, _letters(LONGEST_NAME), _letters(LONGEST_NAME + 1)[::-1])
    words = _index(tiny_project).words
    assert _letters(LONGEST_NAME) in words
    assert _letters(LONGEST_NAME + 1)[::-1] not in words
