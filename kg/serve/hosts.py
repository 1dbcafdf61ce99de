"""Which names this server goes by: a request that calls it by another is refused.

A page of somewhere else can have its own name lead to 127.0.0.1 and then ask this server as if it were its own (DNS
rebinding); what it cannot do is change the Host header that its name puts there (RFC 9110 section 7.4: 421).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Any

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.%]+\]|[^:\[\]]*)(?::\d{0,5})?")


class KnownHosts:
    """An ASGI application that answers only to addresses, to localhost, and to the names it is told."""

    def __init__(self, inner: Any, names: frozenset[str]) -> None:
        self._inner, self._names = inner, names

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hand on what is addressed to this server."""
        if scope["type"] == "http" and not all(
            self.knows(value.decode("latin-1")) for name, value in scope["headers"] if name == b"host"
        ):
            body = b"this server does not go by that name; kg serve --host NAME allows it\n"
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
            await send({"type": "http.response.start", "status": 421, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        await self._inner(scope, receive, send)

    def knows(self, host: str) -> bool:
        """Is a Host header one of this server's?  An address is: no page can have a name that is one.

        >>> known = KnownHosts(None, frozenset({"huimin.example"}))
        >>> [known.knows(h) for h in ("127.0.0.1:7979", "[::1]", "localhost", "Huimin.example:80", "evil.example", "%zz")]
        [True, True, True, True, False, False]
        """
        match = _HOST.fullmatch(host.strip())
        if not match:
            return False
        name = match["name"].casefold().rstrip(".")
        try:
            ipaddress.ip_address(name.strip("[]").partition("%")[0])
        except ValueError:
            return name in self._names or name == "localhost" or name.endswith(".localhost")
        return True


def names(host: str) -> frozenset[str]:
    """The names of a server that listens on `host`: that, and this machine's where it listens beyond itself.

    >>> names("127.0.0.1"), names("news-desk.lan")
    (frozenset({'127.0.0.1'}), frozenset({'news-desk.lan'}))
    """
    own = {host.casefold()}
    if host in ("0.0.0.0", "::"):
        machine = socket.gethostname().casefold()
        own |= {machine, f"{machine.partition('.')[0]}.local", socket.getfqdn().casefold()}
    return frozenset(own)
