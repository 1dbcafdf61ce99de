"""Real triple stores in processes of their own, for tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import httpx

OXIGRAPH = Path(sysconfig.get_path("scripts")) / "oxigraph"
VIRTUOSO = shutil.which("virtuoso-t")
ISQL = shutil.which("isql-vt")
PASSWORD = "dba"  # what a new Virtuoso database has
_INI = """
[Database]
DatabaseFile = {home}/v.db
ErrorLogFile = {home}/v.log
LockFile = {home}/v.lck
TransactionFile = {home}/v.trx
xa_persistent_file = {home}/v.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {home}/v-temp.db
TransactionFile = {home}/v-temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
LiteMode = 0
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {home}

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
DefaultMailServer =
ServerRoot = {home}

[SPARQL]
ResultSetMaxRows = 100000
DefaultQuery = ASK {{}}
"""


def same(value: str | None) -> str | Decimal:
    """A number by its value, since stores write the same number in different ways."""
    try:
        return Decimal(str(value)).normalize()
    except ArithmeticError:
        return str(value)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        assert process.poll() is None and time.monotonic() < until, f"{url} does not come up"
        try:
            httpx.get(url, trust_env=False, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.05)


@contextmanager
def oxigraph(home: Path) -> Iterator[str]:
    """An Oxigraph server that may be written to; its address."""
    port = free_port()
    process = subprocess.Popen(
        [OXIGRAPH, "serve", "--location", home, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def virtuoso(home: Path) -> Iterator[str]:
    """A Virtuoso server with a new database and its standard user; its address."""
    assert VIRTUOSO is not None
    home.mkdir(parents=True)
    http, sql = free_port(), free_port()
    ini = home / "v.ini"
    ini.write_text(_INI.format(home=home, http=http, sql=sql), encoding="utf-8")
    process = subprocess.Popen(
        [VIRTUOSO, "-f", "-c", ini], cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, f"http://127.0.0.1:{http}/sparql")
        yield f"http://127.0.0.1:{http}"
    finally:
        process.terminate()
        process.wait()


# Of a Java that runs for seconds: no compiling for the long run, no collecting on several cores.
QUICK_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
JARS = Path("/usr/share/java")
_NEEDED = [
    "jena-base",
    "jena-core",
    "jena-arq",
    "jena-iri",
    "jena-tdb2",
    "jena-dboe-base",
    "jena-dboe-index",
    "jena-dboe-storage",
    "jena-dboe-transaction",
    "jena-dboe-trans-data",
    "jena-cmds",
    "slf4j-api",
    "slf4j-nop",
    "jcl-over-slf4j",
    "commons-cli",
    "commons-codec",
    "commons-compress",
    "commons-csv",
    "commons-io",
    "commons-lang3",
    "guava",
    "httpclient",
    "httpclient-cache",
    "httpcore",
    "jackson-annotations",
    "jackson-core",
    "jackson-databind",
    "jsonld-java",
    "titanium-json-ld",
    "protobuf",
    "thrift",
]


class Jena:
    """The command line tools of Apache Jena as Debian packages them."""

    def __init__(self, home: Path) -> None:
        # jena-core looks for these under another name than the one that the package gives them
        hidden = "org/apache/jena/ext/xerces/"
        with ZipFile(JARS / "jena-core.jar") as core:
            for name in core.namelist():
                if name.startswith(hidden) and name.endswith(".properties"):
                    path = home / "xerces" / name.removeprefix(hidden)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(core.read(name))
        self._classes = os.pathsep.join([str(home), *(str(JARS / f"{name}.jar") for name in _NEEDED)])

    def run(self, tool: str, *arguments: str | Path) -> str:
        """What a tool prints; what it complains of fails the test."""
        command = ["java", *QUICK_JAVA, "-cp", self._classes, tool, *map(str, arguments)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout
