"""The SPARQL editor YASGUI, from the Oxigraph server that carries it: nothing is fetched from the network."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from functools import cache
from pathlib import Path

import httpx

FILES = ("yasgui.min.js", "yasgui.min.css")
PATIENCE = 10.0  # seconds for the server to come up


def _binary() -> str:
    beside = Path(sysconfig.get_path("scripts")) / "oxigraph"
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if found is None:
        raise FileNotFoundError("the program oxigraph is missing; pip install 'huimin[serve]' brings it")
    return found


@cache
def files() -> dict[str, bytes]:
    """The editor's script and style sheet by name.

    The Oxigraph server is started on an empty store, asked for them, and ended.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [_binary(), "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            until = time.monotonic() + PATIENCE
            while True:
                try:
                    return {name: client.get(f"/{name}").raise_for_status().content for name in FILES}
                except httpx.TransportError:
                    if time.monotonic() > until or server.poll() is not None:
                        raise
                    time.sleep(0.02)
    finally:
        server.kill()
        server.wait()
