"""Worker processes, and what becomes of a question that takes too long or kills its worker."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serve.worker import Answer

WAITING = 64  # questions that may wait for a worker


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds of wall time, rows or triples of its result."""

    seconds: float = 30.0
    rows: int = 100_000


class Refused(Exception):
    """No answer, for a reason that is the server's: `status` is an HTTP status, the message a line for the client."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Pool:
    """A few workers, as many as there are processors to run them; the one that answered last is asked first."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._command = (sys.executable, "-m", "kg.serve.worker", str(store))
        self._limits = limits
        self._size = max(2, min(4, os.cpu_count() or 1))
        self._idle: asyncio.LifoQueue[asyncio.subprocess.Process | None] = asyncio.LifoQueue()
        for _ in range(self._size):
            self._idle.put_nowait(None)
        self._waiting = 0

    async def warm(self) -> None:
        """Start a worker, so that the first question need not wait for it."""
        self._idle.get_nowait()
        self._idle.put_nowait(await self._start())

    async def ask(self, question: dict[str, Any]) -> Answer:
        """The answer of the next free worker, as much of it as the limits allow; Refused when none is to be had.

        `question` is what a worker takes, less the limits, unless it sets its own.
        """
        question = {"rows": self._limits.rows, "seconds": self._limits.seconds} | question
        if self._waiting >= WAITING:
            raise Refused(503, "too many queries are waiting; try again in a moment")
        self._waiting += 1
        try:
            worker = await self._idle.get()
        finally:
            self._waiting -= 1
        whole = False
        try:
            if worker is None or worker.returncode is not None:
                worker = await self._start()
            reply = await asyncio.wait_for(_asked(worker, question), self._limits.seconds)
            whole = True
            return reply
        except TimeoutError:
            raise Refused(504, f"the query took longer than {self._limits.seconds:g} seconds and was ended") from None
        except (OSError, EOFError, ValueError):
            raise Refused(503, _DIED) from None
        finally:
            # also when the client went away in the midst: an answer that nobody read must not reach the next one
            if not whole and worker is not None:
                _kill(worker)
            self._idle.put_nowait(worker if whole else None)

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(*self._command, stdin=pipe, stdout=pipe)

    def close(self) -> None:
        """End the workers that are idle; the others end when their client is let go."""
        while not self._idle.empty():
            worker = self._idle.get_nowait()
            if worker is not None:
                _kill(worker)


_DIED = "the query ended its process: it is nested too deeply, or needs more memory than one query may have"


async def _asked(worker: asyncio.subprocess.Process, question: dict[str, Any]) -> Answer:
    if worker.stdin is None or worker.stdout is None:
        raise OSError("a worker without pipes")
    worker.stdin.write(json.dumps(question).encode() + b"\n")
    await worker.stdin.drain()
    head = json.loads(await worker.stdout.readline())
    return head["status"], head["type"], await worker.stdout.readexactly(head["length"])


def _kill(worker: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()
