"""Readers of binary formats in a process of their own: one that crashes, hangs or eats the memory takes nothing with it.

    parent   {"task", "name", "size"}⏎ bytes  →   child
    parent   ←  {"alive"}⏎ …  {"text" | "rows", "missed"}⏎  or  {"error"}⏎

The child serves file after file; where it dies or is silent for too long, the file is reported and the next one gets
a new child.  It is started as a program and not forked, so that it works wherever Python does.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Literal

from kg.sources import limits
from kg.sources.failure import NotText, SourceError, guarded

Task = Literal["pdf", "image", "sheet"]
_child: subprocess.Popen[bytes] | None = None


def run(task: Task, data: bytes, name: str) -> dict[str, Any]:
    """What the child made of the bytes; what it could not make of them is raised as SourceError."""
    child = _ready()
    timer = late = None
    answer: dict[str, Any] = {}
    try:
        _send(child.stdin, {"task": task, "name": name, "size": len(data)}, data)
        while True:
            late = threading.Event()
            timer = threading.Timer(limits.SILENT, _stop, (child, late))
            timer.start()
            line = child.stdout.readline() if child.stdout else b""
            timer.cancel()
            answer = json.loads(line) if line else {}
            if "alive" not in answer:
                break
    except OSError:
        pass  # the child died as it was written to
    except BaseException:
        _stop(child)
        raise
    finally:
        if timer:
            timer.cancel()
    if not answer:
        _stop(child)
        why = (
            f"no page in {limits.SILENT} seconds"
            if late and late.is_set()
            else "its reader crashed or ran out of memory"
        )
        raise SourceError(name, f"damaged: {why}")
    if "error" in answer:
        raise _error(answer["error"])
    answer["missed"] = [_error(each) for each in answer["missed"]]
    return answer


def _ready() -> subprocess.Popen[bytes]:
    global _child
    if _child is None or _child.poll() is not None:
        # -P: a json.py in the folder of the texts is no module
        command = [sys.executable, "-P", "-m", "kg.sources.apart"]
        # a library's last words go nowhere: the parent says in one line what happened
        _child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    return _child


@atexit.register
def _end() -> None:
    if _child is not None:
        _stop(_child)


def _stop(child: subprocess.Popen[bytes], late: threading.Event | None = None) -> None:
    if late:
        late.set()
    child.kill()
    child.wait()


def _send(pipe: IO[bytes] | None, head: dict[str, Any], data: bytes = b"") -> None:
    if pipe:
        pipe.write(json.dumps(head).encode("ascii") + b"\n" + data)
        pipe.flush()


def _error(said: dict[str, str]) -> SourceError:
    kind = NotText if said["kind"] == "NotText" else SourceError
    return kind(said["name"], said["reason"], said["remedy"])


def _said(error: SourceError) -> dict[str, str]:
    return {"kind": type(error).__name__, "name": error.name, "reason": error.reason, "remedy": error.remedy}


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """The child's part, until there is nothing more to read."""
    while head := source.readline():
        asked = json.loads(head)
        data = source.read(asked["size"])
        missed: list[SourceError] = []
        try:
            with guarded(asked["name"]):
                answer = _made(asked["task"], data, asked["name"], missed, lambda: _send(sink, {"alive": True}))
            answer["missed"] = [_said(error) for error in missed]
        except SourceError as error:
            answer = {"error": _said(error)}
        except BaseException as error:  # the panics of libraries in Rust are no Exception
            answer = {"error": _said(SourceError(asked["name"], f"damaged: {type(error).__name__}: {error}"))}
        _send(sink, answer)


def _made(task: Task, data: bytes, name: str, missed: list[SourceError], alive: Callable[[], None]) -> dict[str, Any]:
    if task == "sheet":
        from kg.sources import rows

        found = list(rows.of_sheet(data, name))
        missed += [row for row in found if isinstance(row, SourceError)]
        return {"rows": [row for row in found if not isinstance(row, SourceError)]}
    if task == "pdf":
        from kg.sources import pdf

        return {"text": pdf.text(data, name, missed, alive)}
    from kg.sources import scan

    return {"text": scan.text(data, name, alive)}


def _bound() -> None:
    """No more memory than a laptop can spare, where the system can tell a process so."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = limits.MEMORY if most == resource.RLIM_INFINITY else min(limits.MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


if __name__ == "__main__":
    _bound()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    serve(sys.stdin.buffer, answers)
