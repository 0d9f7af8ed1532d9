"""`citykg query`: the whole output."""

import gzip
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.cli.main import run
from citykg.errors import CannotRun
from citykg.project import Project

City = Callable[..., "subprocess.CompletedProcess[str]"]
Terminal = Callable[..., tuple[str, str]]

_HEKANG = "https://w3id.org/citykg/id/enterprise/hekang-pharma"
_PLANT = "https://w3id.org/citykg/id/project/hekang-plant"


def test_into_a_pipe_rows_are_tsv(city: City) -> None:
    done = city("query", "project-investments", "--param", "min=100000000")
    assert done.stdout == f"?project\t?amount\t?investor\n<{_PLANT}>\t1500000000\t<{_HEKANG}>\n"
    assert (done.stderr, done.returncode) == ("", 0)


def test_csv_and_json_are_those_of_w3c(city: City) -> None:
    arguments = ("query", "project-investments", "-p", "investor=和康")
    assert (
        city(*arguments, "--format", "csv").stdout
        == f"project,amount,investor\n{_PLANT},1500000000,{_HEKANG}\n"
    )
    assert city(*arguments, "--format", "json").stdout == (
        '{"head":{"vars":["project","amount","investor"]},"results":{"bindings":[\n'
        f'{{"project":{{"type":"uri","value":"{_PLANT}"}},"amount":{{"type":"literal","value":"1500000000",'
        '"datatype":"http://www.w3.org/2001/XMLSchema#integer"},"investor":{"type":"uri",'
        f'"value":"{_HEKANG}"}}}}\n]}}}}\n'
    )


def test_a_table_has_labels_headings_and_chinese_at_its_width(city: City) -> None:
    done = city("query", "project-investments", "--format", "table", "--lang", "zh")
    assert done.stdout == (
        "项目                    金额   投资方\n"
        "───────────────────────────────────────\n"
        "和康制药二期   1,500,000,000   和康制药\n"
        "明月园            20,000,000   明月食品\n"
    )
    english = city("query", "officials", "--format", "table", "--lang", "en")
    assert english.stdout == "person      personLabel\n───────────────────────\nperson:li   李明\n"


def test_yes_and_no_are_words_in_a_table_and_both_are_done(city: City) -> None:
    for text, zh, en, word in (
        ("ASK {}", "是", "yes", "true"),
        ("ASK { <a:a> <a:b> 1 }", "否", "no", "false"),
    ):
        assert city("query", "--text", text, "--format", "table", "--lang", "zh").stdout == f"{zh}\n"
        assert city("query", "--text", text, "--format", "table", "--lang", "en").stdout == f"{en}\n"
        done = city("query", "--text", text)
        assert (done.stdout, done.returncode) == (f"{word}\n", 0)


def test_construct_is_turtle_with_the_prefixes_that_it_uses(city: City) -> None:
    done = city("query", "--text", "CONSTRUCT { ?s a city:City } { ?s a city:City }")
    assert done.stdout == (
        "@prefix city: <https://w3id.org/citykg/ontology#> .\n"
        "@prefix place: <https://w3id.org/citykg/id/place/> .\n"
        "place:baihe a city:City .\n"
    )


def test_standard_input_and_files_are_queries_too(city: City, tmp_path: Path) -> None:
    text = "SELECT ?s { ?s a city:City }"
    expected = "?s\n<https://w3id.org/citykg/id/place/baihe>\n"
    assert city("query", "-", stdin=text).stdout == expected
    file = tmp_path / "my.rq"
    file.write_text(text, encoding="utf-8")
    assert city("query", file).stdout == expected


def test_a_file_takes_parameters_with_the_types_of_its_header(city: City, tmp_path: Path) -> None:
    file = tmp_path / "my.rq"
    file.write_text(
        "#+ citykg:\n#+   parameters: {where: thing}\nSELECT ?s { ?s city:within ?_where } ORDER BY ?s",
        encoding="utf-8",
    )
    assert city("query", file, "--param", "where=柳林园区").stdout == f"?s\n<{_HEKANG}>\n"


@pytest.mark.parametrize("more", ["", "-p where=place:liulin"])
def test_a_query_comes_from_a_pipe_of_the_shell(made_up_city: Project, more: str) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash on this system")
    where = "?_where_iri" if more else "place:liulin"
    text = f"SELECT ?s {{ ?s city:within {where} }} ORDER BY ?s"
    command = f"{sys.executable} -m citykg query <(echo '{text}') {more}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=made_up_city.root, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout, done.stderr) == (f"?s\n<{_HEKANG}>\n", "")


def test_a_folder_is_no_query(city: City) -> None:
    done = city("query", "./data")
    assert done.returncode == 3
    assert done.stderr.startswith("citykg: error[unreadable]: cannot read ./data: it is a folder\n")


def test_output_goes_to_a_file(city: City, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    done = city("query", "officials", "--format", "csv", "-o", file)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert file.read_bytes() == "person,personLabel\r\nhttps://w3id.org/citykg/id/person/li,李明\r\n".encode()


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("rows.csv", b"person,personLabel\r\n"),
        ("rows.tsv", b"?person\t?personLabel\n"),
        ("rows.json", b'{"head"'),
        ("ROWS.SRJ", b'{"head"'),
        ("rows.xml", b"<?xml"),
        ("rows.srx", b"<?xml"),
        ("rows", b"?person\t?personLabel\n"),
        (".rows", b"?person\t?personLabel\n"),
    ],
)
def test_the_ending_chooses_the_form_of_rows(city: City, tmp_path: Path, name: str, beginning: bytes) -> None:
    done = city("query", "officials", "-o", tmp_path / name)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert (tmp_path / name).read_bytes().startswith(beginning)
    city("query", "officials", "-o", tmp_path / f"{name}.gz")
    assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()).startswith(beginning)


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        (".ttl", "TURTLE"),
        (".nt", "N_TRIPLES"),
        (".nq", "N_QUADS"),
        (".jsonld", "JSON_LD"),
        (".rdf", "RDF_XML"),
    ],
)
def test_the_ending_chooses_the_form_of_triples(city: City, tmp_path: Path, ending: str, form: str) -> None:
    file = tmp_path / f"graph{ending}"
    text = "CONSTRUCT WHERE { ?s city:within ?o }"
    assert city("query", "--text", text, "-o", file).returncode == 0
    assert len(list(ox.parse(file.read_bytes(), getattr(ox.RdfFormat, form)))) == 6


def test_the_format_that_is_said_comes_before_the_ending(city: City, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    assert city("query", "officials", "-f", "json", "-o", file).returncode == 0
    assert file.read_bytes().startswith(b'{"head"')


def test_an_ending_that_names_no_form_is_refused_before_the_query_runs(city: City, tmp_path: Path) -> None:
    file = tmp_path / "rows.xlsx"
    done = city("query", "--text", "no query", "-o", file)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.startswith(f"citykg: error[unknown-format]: {file}: the ending names no format\n")
    assert not file.exists()
    done = city("query", "officials", "-o", tmp_path / "rows.ttl")
    assert (done.returncode, "error[wrong-format]" in done.stderr) == (2, True)


def test_no_rows_are_a_header_and_exit_0(city: City) -> None:
    done = city("query", "--text", "SELECT ?s { ?s a city:Nothing }")
    assert (done.stdout, done.returncode) == ("?s\n", 0)


def test_both_engines_write_the_same(city: City) -> None:
    text = "SELECT ?s ?o { ?s city:within ?o } ORDER BY ?s ?o"
    first, second = (city("query", "--text", text, "--engine", engine) for engine in ("oxigraph", "rdflib"))
    assert first.stdout == second.stdout
    assert first.stdout.count("\n") == 7


@pytest.mark.parametrize("value", ["} DROP ALL", '" } ; DROP ALL #', "line\nline", "'\\\"{{"])
def test_a_value_full_of_syntax_changes_nothing(city: City, value: str) -> None:
    before = city("query", "--text", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").stdout
    done = city("query", "echo", "--param", f"text={value}", "--format", "json")
    assert done.returncode == 0
    assert city("query", "--text", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").stdout == before


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["project-investment"], 2, "unknown-query"),
        (["project-investments", "-p", "mn=1"], 2, "unknown-parameter"),
        (["project-investments", "-p", "min=x"], 2, "wrong-parameter"),
        (["project-investments", "-p", "min=1", "-p", "min=2"], 2, "usage"),
        (["project-investments", "-p", "investor=明月"], 1, "ambiguous"),
        (["project-investments", "-p", "investor=无此公司"], 1, "not-found"),
        (["officials", "--format", "turtle"], 2, "wrong-format"),
        (["officials", "--format", "table", "-o", "x"], 2, "wrong-format"),
        (["--text", "DROP ALL"], 2, "query-is-update"),
        (["--text", "ASK { ?s ?p ?_x }"], 2, "missing-parameter"),
        (["--text", "ASK { ?s cty:x 1 }"], 3, "undeclared-prefix"),
        (["--text", "ASK { ?s "], 3, "query-syntax"),
        (["no/such/file.rq"], 3, "file-not-found"),
        (["officials", "-o", "/no/such/folder/x"], 3, "cannot-write"),
        (["officials", "--store", "/no/such/store"], 3, "no-store"),
    ],
)
def test_each_mistake_has_its_code_and_exit_status(
    city: City, arguments: list[str], status: int, error: str
) -> None:
    done = city("query", *arguments)
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr.startswith(f"citykg: error[{error}]: ")


def test_a_query_text_in_place_of_a_name_is_told_where_it_belongs(city: City) -> None:
    done = city("query", "SELECT * { ?s a city:City }")
    assert done.returncode == 2
    assert "citykg query --text" in done.stderr


def test_a_query_that_finds_nothing_names_what_the_graph_does_not_know(city: City) -> None:
    done = city("query", "--text", 'SELECT ?s { ?s a city:Officail FILTER(?s != "1"^^xsd:integr) }')
    assert (done.returncode, done.stdout) == (0, "?s\n")
    assert done.stderr.startswith(
        "note: nothing in the graph is called city:Officail: did you mean city:Official"
    )
    assert done.stderr.count("\n") == 1
    assert city("query", "--text", "SELECT ?s { ?s a city:Official FILTER(false) }").stderr == ""
    assert city("-q", "query", "--text", "ASK { ?s a city:Officail }").stderr == ""


def test_another_endpoint_that_does_not_answer_is_no_damage_to_the_store(city: City) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    text = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}"
    done = city("query", "--text", text)
    assert done.returncode == 3
    assert done.stderr.startswith("citykg: error[service-failed]: ")
    assert city("query", "--text", text.replace("SERVICE", "SERVICE SILENT")).returncode == 0


def test_a_syntax_error_shows_the_line_with_a_caret(city: City) -> None:
    done = city("query", "-", stdin="SELECT ?s {\n  ?s a city:City .\n  FILTR(?s)\n}")
    assert done.stderr == (
        "citykg: error[query-syntax]: standard input:3:3: unexpected FILTR\n"
        "  3 |   FILTR(?s)\n"
        "        ^\n"
        "hint: did you mean FILTER?\n"
    )


def test_a_query_that_is_not_utf8_is_named(city: City, tmp_path: Path) -> None:
    file = tmp_path / "my.rq"
    file.write_bytes("ASK { ?s ?p '七台河' }".encode("gb18030"))
    done = city("query", file)
    assert done.returncode == 3
    assert "error[not-utf8]" in done.stderr
    assert "my.rq:1" in done.stderr


def test_a_full_disk_is_one_message(city: City) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    done = city("query", "officials", "-o", "/dev/full")
    assert done.returncode == 3
    assert done.stderr.startswith("citykg: error[cannot-write]: /dev/full: No space left")


def test_a_store_that_was_never_built_says_how(citykg: City, made_up_city: Project, tmp_path: Path) -> None:
    done = citykg("query", "officials", cwd=made_up_city.root, env={"CITYKG_CACHE": str(tmp_path)})
    assert done.returncode == 3
    assert "error[no-store]" in done.stderr
    assert "citykg build" in done.stderr


def test_what_does_not_fit_a_terminal_goes_without_the_names_that_have_labels(terminal: Terminal) -> None:
    arguments = ("query", "officials", "--lang", "zh")
    out, err = terminal(30, *arguments)
    assert out == "人          姓名\n────────────────\nperson:li   李明\n"
    assert err == "1 行\n"
    out, err = terminal(12, *arguments)
    assert out == "姓名\n────\n李明\n"
    assert err == "因宽度未显示：person（--format tsv 给出全部）\n1 行\n"


_FIGURES = """SELECT ?figure ?subject ?value ?passage ?start ?end
{ ?figure a city:Measurement ; city:about ?subject ; city:value ?value ;
    city:inPassage ?passage ; city:start ?start ; city:end ?end }
"""


def test_where_room_is_short_passages_go_without_their_article_and_figures_stay_whole(
    terminal: Terminal,
) -> None:
    out, err = terminal(60, "query", "--text", _FIGURES)
    assert out == (
        "figure     subject         value  passage  start  end\n"
        "─────────────────────────────────────────────────────\n"
        "p01s01.m1  和康制药  120,000,000  p01s01      10   15\n"
    )
    assert "article:baihe-2024-01-02 in figure, article:baihe-2024-01-02 in passage" in err


def test_more_columns_than_a_terminal_has_room_for_are_written_one_below_the_other(
    terminal: Terminal,
) -> None:
    out, _ = terminal(40, "query", "--text", _FIGURES)
    assert out == (
        "figure   p01s01.m1\n"
        "subject  和康制药\n"
        "value    120,000,000\n"
        "passage  p01s01\n"
        "start    10\n"
        "end      15\n"
        "\n"
    )


@pytest.mark.parametrize("arguments", [["query", "officials"], ["ask", "七台河在哪里"]])
def test_the_first_build_of_the_packaged_graph_does_not_count_as_time_of_the_answer(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, shipped_project: Project, tmp_path: Path
) -> None:
    def no_time(*_: object, **__: object) -> None:
        raise AssertionError("time is counted before the store is there")

    def end(_: Project, **__: object) -> Path:
        raise CannotRun("build-failed", "far enough")

    monkeypatch.setenv("CITYKG_CACHE", str(tmp_path))
    monkeypatch.setattr(Project, "find", lambda _: Project(shipped_project.root, packaged=True))
    monkeypatch.setattr(f"citykg.cli.{arguments[0]}.time_limit", no_time)
    monkeypatch.setattr("citykg.build.ensure_built", end)
    assert run(arguments) == 3
