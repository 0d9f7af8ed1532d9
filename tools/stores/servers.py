"""Real triple stores for tests and benchmarks: on loopback, on free ports, in private folders.

    python tools/stores/servers.py fuseki      run one until Ctrl-C, and say how to load into it

They are installed by ``make stores``: Oxigraph from PyPI, Fuseki and RDF4J from Maven Central (pom.xml),
Virtuoso from Debian. A store that is not installed raises `Missing` with what to do.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["KINDS", "Missing", "Server", "start"]

_ROOT = Path(__file__).parents[2]
_JARS = Path(os.environ.get("CITYKG_STORES", _ROOT / ".stores"))
_PATIENCE = 90.0
_PASSWORD = "a password for tests only"


class Missing(Exception):
    """A store is not installed; the message says how to get it."""


@dataclass
class Server:
    """A running store.

    Args:
        kind: one of `KINDS`.
        url: what ``citykg load`` is given.
        process: the server.
        folder: everything it writes.
        environment: the credentials, as ``citykg`` reads them.
        log: what the server says.
    """

    kind: str
    url: str
    process: "subprocess.Popen[bytes]"
    folder: Path
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def stop(self, *, kill: bool = False) -> None:
        """End the server, at once with ``kill``."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(30)


def start(
    kind: str,
    folder: Path,
    *,
    port: int | None = None,
    read_only: bool = False,
    guarded: bool = False,
    memory: int = 1500,
) -> Server:
    """Start a store and wait until it answers.

    Args:
        kind: one of `KINDS`.
        folder: private to it; what an earlier run left there is used again.
        port: a free one by default.
        read_only: refuse writing, for the stores that can.
        guarded: ask for a password, for Fuseki; Virtuoso always does.
        memory: MB that it may take: Java's heap, or Virtuoso's buffers by the table of its makers. Oxigraph
            takes what it needs.

    Raises:
        Missing: it is not installed.
        RuntimeError: it did not come up; the message ends with its log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if guarded and kind == "fuseki":
        return _fuseki(folder, port or _free_port(), read_only, memory, guarded=True)
    return KINDS[kind](folder, port or _free_port(), read_only, memory)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _oxigraph(folder: Path, port: int, read_only: bool, _: int) -> Server:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        raise Missing("oxigraph is not installed: make stores, or pip install oxigraph")
    verb = "serve-read-only" if read_only else "serve"
    command = [str(program), verb, "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    base = f"http://127.0.0.1:{port}"
    return _run("oxigraph", command, folder, url=base, ready=f"{base}/query?query=ASK%7B%7D")


def _fuseki(folder: Path, port: int, read_only: bool, memory: int, *, guarded: bool = False) -> Server:
    jar = _jar("jena-fuseki-server.jar")
    data = folder / "data"
    data.mkdir(exist_ok=True)
    command = [
        _java(), f"-Xmx{memory}m", "-jar", str(jar), f"--port={port}", "--localhost",
        "--tdb2", f"--loc={data}",
        *([] if read_only else ["--update"]),
    ]  # fmt: skip
    credentials = {}
    if guarded:
        users = folder / "passwd"
        users.write_text(f"editor: {_PASSWORD}\n", encoding="ascii")
        credentials = {"CITYKG_USER": "editor", "CITYKG_PASSWORD": _PASSWORD}
        command += [f"--passwd={users}", "--auth=basic"]
    command.append("/ds")
    base = f"http://127.0.0.1:{port}/ds"
    environment = {"FUSEKI_BASE": str(folder / "run")}
    return _run(
        "fuseki",
        command,
        folder,
        url=base,
        ready=f"{base}/query?query=ASK%7B%7D",
        environment=environment,
        credentials=credentials,
    )


def _rdf4j(folder: Path, port: int, _: bool, memory: int) -> Server:
    runner, war = _jar("jetty-runner.jar"), _jar("rdf4j-http-server.war")
    command = [
        _java(), f"-Xmx{memory}m",
        f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}", f"-Djava.io.tmpdir={folder}",
        "-jar", str(runner), "--host", "127.0.0.1", "--port", str(port), "--path", "/rdf4j-server", str(war),
    ]  # fmt: skip
    base = f"http://127.0.0.1:{port}/rdf4j-server"
    url = f"{base}/repositories/citykg"
    server = _run("rdf4j", command, folder, url=url, ready=f"{base}/protocol")
    config = (Path(__file__).parent / "rdf4j-repository.ttl").read_bytes()
    request = urllib.request.Request(url, config, {"Content-Type": "text/turtle"}, method="PUT")
    try:
        urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        if error.code != 409:  # it exists from an earlier run
            raise
    return server


def _virtuoso(folder: Path, port: int, _: bool, memory: int) -> Server:
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or isql is None:
        raise Missing("virtuoso is not installed: make stores, or apt-get install virtuoso-opensource-7-bin")
    sql_port = _free_port()
    template = (Path(__file__).parent / "virtuoso.ini").read_text(encoding="utf-8")
    ini = folder / "virtuoso.ini"
    ini.write_text(
        template.replace("@FOLDER@", str(folder))
        .replace("@PORT@", str(port))
        .replace("@SQL@", str(sql_port))
        .replace("@BUFFERS@", str(85 * memory))
        .replace("@DIRTY@", str(64 * memory)),
        encoding="utf-8",
    )
    command = [program, "+foreground", "+configfile", str(ini)]
    base = f"http://127.0.0.1:{port}"
    server = _run(
        "virtuoso",
        command,
        folder,
        url=f"{base}/sparql-auth",
        ready=f"{base}/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D",
        credentials={"CITYKG_USER": "dba", "CITYKG_PASSWORD": _PASSWORD},
    )
    changed = folder / "password-changed"
    if not changed.exists():  # the default password must not stand, even on loopback
        statement = f'set password "dba" "{_PASSWORD}"; checkpoint;'
        done = subprocess.run(
            [isql, f"127.0.0.1:{sql_port}", "dba", "dba", f"EXEC={statement}"],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        if done.returncode or "Error" in done.stderr:
            server.stop()
            raise RuntimeError(f"virtuoso: the password was not changed: {done.stderr}{done.stdout}")
        changed.touch()
    return server


KINDS: Mapping[str, Callable[[Path, int, bool, int], Server]] = {
    "oxigraph": _oxigraph,
    "fuseki": _fuseki,
    "rdf4j": _rdf4j,
    "virtuoso": _virtuoso,
}


def _jar(name: str) -> Path:
    path = _JARS / name
    if not path.is_file():
        raise Missing(f"{name} is not installed: make stores")
    return path


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise Missing("Java is not installed: version 17 or later is needed")
    return java


def _run(
    kind: str,
    command: list[str],
    folder: Path,
    *,
    url: str,
    ready: str,
    environment: Mapping[str, str] | None = None,
    credentials: Mapping[str, str] | None = None,
) -> Server:
    log = folder / "server.log"
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env={**os.environ, **(environment or {})},
        )
    server = Server(kind, url, process, folder, log, credentials or {})
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(ready, timeout=5):
                return server
        except urllib.error.HTTPError as error:
            if error.code < 500:  # it answers; 401 and the like are answers
                return server
        except OSError:
            pass
        time.sleep(0.1)
    server.stop(kill=True)
    raise RuntimeError(f"{kind} did not come up:\n{log.read_text(errors='replace')[-3000:]}")


def _main() -> None:
    kind = sys.argv[1] if len(sys.argv) == 2 else ""
    if kind not in KINDS:
        sys.exit(f"usage: servers.py {'|'.join(KINDS)}")
    with tempfile.TemporaryDirectory(prefix=f"citykg-{kind}-") as folder:
        try:
            server = start(kind, Path(folder))
        except Missing as error:
            sys.exit(str(error))
        for name, value in server.environment.items():
            print(f"export {name}='{value}'")
        print(f"citykg load {server.url} --kind {kind}", flush=True)
        try:
            server.process.wait()
        except KeyboardInterrupt:
            server.stop()


if __name__ == "__main__":
    _main()
