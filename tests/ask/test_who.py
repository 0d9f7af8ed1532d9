"""Who is asked for is somebody: no kind of thing is the answer."""

import pytest

from citykg.ask import open_asker
from citykg.ask.asking import Asker
from citykg.build import build
from citykg.project import Project

_TOLD = """
place:jiangchuan a city:PrefectureLevelCity ; rdfs:label "江川市"@zh .
<https://w3id.org/citykg/id/post/jiangchuan-mayor> a city:GovernmentPost ; rdfs:label "江川市市长"@zh .
<https://w3id.org/citykg/id/person/fan> a city:Person ; rdfs:label "范可新"@zh .
"""


@pytest.fixture
def small_city(tiny_project: Project) -> Asker:
    file = tiny_project.root / "data" / "entities" / "places.ttl"
    file.write_text(file.read_text(encoding="utf-8") + _TOLD, encoding="utf-8")
    build(tiny_project, keep_going=True)
    return open_asker(project=tiny_project)


def test_who_holds_a_post_that_nobody_holds_is_not_known(small_city: Asker) -> None:
    for question in ("江川市市长是谁", "谁是江川市市长", "江川市市长是哪位？"):
        answer = small_city.ask(question)
        assert (answer.status, answer.answers) == ("unknown", ())
        assert "政府职务" in answer.text


def test_who_somebody_is_may_be_told_by_a_kind(small_city: Asker) -> None:
    assert [a.label for a in small_city.ask("范可新是谁").answers] == ["人物"]


def test_what_a_post_is_may_be_told_by_its_kind(small_city: Asker) -> None:
    assert [a.label for a in small_city.ask("江川市市长是什么").answers] == ["政府职务"]


def test_who_holds_a_post_is_known_where_it_is_stated(small_city: Asker) -> None:
    assert [a.label for a in small_city.ask("谁是望岚市副市长").answers] == ["林知远"]
