"""Work shared out to processes: answers in the order of the tasks, and no more under way than can be used soon."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from kg import SELDOM

Task = TypeVar("Task")
Answer = TypeVar("Answer")
_AHEAD = 32  # tasks a process: what the slowest holds up is bounded, and none waits while the store is written


class CrewError(Exception):
    """A process at work ended without an answer."""


def cores() -> int:
    """How many processes this one may keep busy.

    >>> cores() >= 1
    True
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[Task], Answer], tasks: Iterable[Task], jobs: int) -> Generator[Answer, None, None]:
    """What `work` makes of each task, in their order, by so many processes; a task is taken when there is room for it.

    `work` and the tasks are pickled.  A process that is killed raises CrewError.

    >>> list(each(abs, [-1, 2, -3], 1))
    [1, 2, 3]
    """
    if jobs < 2:
        yield from map(work, tasks)
        return
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_begin)
    waiting: deque[Future[Answer]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(work, task))
            while waiting and (len(waiting) >= jobs * _AHEAD or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BaseException as error:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()  # in the middle of what nobody waits for
        if isinstance(error, BrokenProcessPool):
            raise CrewError("a reading process ended without a word; --jobs 1 reads in this one") from error
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """Processes that are not copies of this one, whose threads (the store has some) would be missing in them.

    Where the system can, one process loads what is needed and is copied.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.contribution"])
    return context


def _begin() -> None:
    """A process of the crew: Ctrl-C is for its parent to answer, it does not outlive that, and one core is its share."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*SELDOM)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
