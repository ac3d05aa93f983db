"""Where the files are read: in processes of this machine, or on a Dask cluster. One function each, the same answer from both."""

from __future__ import annotations

import itertools
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from typing import Any

from ingest.worker import Job, Result, prepare_process, read_file
from schema.errors import UppsiktError

IN_FLIGHT = 3  # jobs per worker handed out at a time, so that memory does not grow with the number of files


def read_all(jobs: Iterable[Job], *, engine: str, workers: int, timeout: float) -> Iterator[Result]:
    """Read the jobs and give their results as they come, in any order.

    `engine`: `local`, `dask` (a cluster of this machine's own) or `dask://HOST:PORT`; `timeout`: seconds per file. Raises UppsiktError
    where the engine is not known or not installed.
    """
    if engine == "local":
        yield from _read_local(jobs, workers=workers, timeout=timeout)
    elif engine == "dask" or engine.startswith("dask://"):
        yield from _read_dask(jobs, address=engine[len("dask://") :], workers=workers)
    else:
        raise UppsiktError(f"Okänd motor: {engine}. Välj local, dask eller dask://VÄRD:PORT.")


def _read_local(jobs: Iterable[Job], *, workers: int, timeout: float) -> Iterator[Result]:
    """Processes that are killed one by one when a file takes too long or its reader dies."""
    from pebble import ProcessPool

    method = "spawn" if sys.platform == "win32" else "forkserver"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["ingest.preload"])
    pool = ProcessPool(max_workers=workers, initializer=prepare_process, context=context)
    try:
        yield from _collect(jobs, lambda job: pool.schedule(read_file, args=[job], timeout=timeout), workers, timeout)
        pool.close()
    finally:
        pool.stop()
        pool.join()


def _read_dask(jobs: Iterable[Job], *, address: str, workers: int) -> Iterator[Result]:
    """A Dask cluster; its nannies bound memory and restart workers, files must be reachable under the same path on every worker."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UppsiktError("Motorn dask är inte installerad. Installera den med: pip install 'uppsikt[cluster]'") from error
    with suppress(OSError):
        target: Any = f"tcp://{address}" if address else LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        with Client(target) as client:
            executor = client.get_executor(pure=False)
            yield from _collect(jobs, lambda job: executor.submit(read_file, job), workers, None)
        if not address:
            target.close()
        return
    raise UppsiktError(f"Ingen Dask-schemaläggare svarar på {address}. Är den startad?")


def _collect(jobs: Iterable[Job], submit: Callable[[Job], Future[Result]], workers: int, timeout: float | None) -> Iterator[Result]:
    """Keep a bounded number of jobs in flight and give results as they come."""
    source = iter(jobs)
    flying = {submit(job): job for job in itertools.islice(source, workers * IN_FLIGHT)}
    while flying:
        done, _ = wait(flying, return_when=FIRST_COMPLETED)
        for future in done:
            job = flying.pop(future)
            yield _result_of(future, job, timeout)
            for following in itertools.islice(source, 1):
                flying[submit(following)] = following


def _result_of(future: Future[Result], job: Job, timeout: float | None) -> Result:
    """The future's result; a killed or dead worker becomes a result that says so."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, TimeoutError):
        message = f"Filen tog längre tid än {timeout:g} sekunder. Försök igen med högre --timeout."
        return Result(job, reason="timeout", message=message, seconds=timeout or 0.0)
    if isinstance(error, MemoryError):
        return Result(job, reason="memory", message="Filen kräver mer minne än vad som är tillåtet.")
    message = "Läsaren avbröts mitt i filen (slut på minne eller fel i PDF:en). Spara om filen som en ny PDF och försök igen."
    return Result(job, reason="crashed", message=message)
