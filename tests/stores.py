"""Real triple stores in processes of their own, for tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
