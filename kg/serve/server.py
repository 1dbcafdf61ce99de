"""The HTTP server around the application."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn

from kg.serve.hosts import KnownHosts, names


def run(application: Any, host: str, port: int) -> Iterator[str]:
    """Listen, yield the address, then serve until interrupted.

    The socket is bound before anything is said, so that the address works when a person sees it.  Raises OSError
    where the port is taken or the host is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off, which would cost 40 ms an answer, only where the protocol is spelt out
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            raise OSError(error.errno, error.strerror or str(error), f"{host}:{port}") from None
        listening.listen(128)
        name = f"[{host}]" if family == socket.AF_INET6 else host
        yield f"http://{name}:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            KnownHosts(application, names(host)), log_level="warning", access_log=False, server_header=False
        )
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
