"""The same answers from every store: stored queries, show, search and export through ``--store URL``."""

from pathlib import Path

import pytest
from answers import answer, compared, questions  # type: ignore[import-not-found]
from servers import Server  # type: ignore[import-not-found]

from citykg.cli.main import run
from citykg.endpoints import EndpointStore
from citykg.manifest import store_folder
from citykg.store import EmbeddedStore

pytestmark = pytest.mark.stores


def test_every_stored_query_has_the_same_rows_everywhere(loaded: EndpointStore, shipped_build: Path) -> None:
    embedded = EmbeddedStore(store_folder(shipped_build))
    asked = list(questions())
    assert len(asked) >= 45
    different = {}
    for question in asked:
        here, there = answer(embedded, question), answer(loaded, question)
        if compared(here, there) == "differs":
            different[str(question)] = (
                sorted(set(here) - set(there))[:2],
                sorted(set(there) - set(here))[:2],
            )
    assert not different


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "联顺制药"),
        ("show", "七台河市"),
        ("ask", "联顺制药项目总投资多少？"),
        ("ask", "七台河有哪些化工企业？"),
        ("ask", "七台河市委书记是谁？", "--format", "json"),
        ("ask", "2022年七台河以什么为突破点"),
        ("ask", "七台河想打造哪两个原料药基地"),
        ("search", "制药"),
        ("export", "--graphs", "asserted", "--format", "ntriples"),
        ("export", "--thing", "联顺制药", "--format", "nquads"),
        ("query", "relations", "--format", "tsv"),
        ("explain", "勃利县", "位于", "中国"),
        ("explain", "中国", "位于", "勃利县"),
        ("explain", "七台河市", "a", "city:Place", "--format", "turtle"),
        ("explain", "勃利县", "位于", "七台河市", "--format", "json"),
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_other_verbs_answer_the_same(
    arguments: tuple[str, ...],
    loaded: EndpointStore,
    environment: Server,
    shipped_build: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    shipped_project: object,
) -> None:
    monkeypatch.chdir(shipped_project.root)  # type: ignore[attr-defined]
    outputs = []
    for store in (str(shipped_build), environment.url):
        status = run([*arguments, "--store", store])
        out, err = capfdbinary.readouterr()
        outputs.append((status, out.decode(), err.decode()))
    assert outputs[0][0] in (0, 1), outputs[0][2]
    if arguments[0] == "export":
        from citykg.literals import by_value

        here, there = (sorted(by_value(out).splitlines()) for _, out, _ in outputs)
        blankless = [[line for line in lines if "_:" not in line] for lines in (here, there)]
        assert blankless[0] == blankless[1]
        assert len(here) == len(there)
    else:
        assert outputs[0][:2] == outputs[1][:2]


def test_two_built_stores_and_a_server_do_not_differ(
    loaded: EndpointStore, environment: Server, shipped_build: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", str(shipped_build), environment.url]) == 0, capfd.readouterr().out
