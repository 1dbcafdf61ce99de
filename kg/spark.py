"""The same graph made by a Spark cluster: documents in, sorted shards of N-Quads out.

    files ─binaryFile→ pieces ─shuffle→ contributions/ ─┬→ quads/     every statement once, sorted over all shards
                                                        ├→ amounts/   a row an amount
                                                        ├→ texts/     in which offsets count
                                                        ├→ failures/  what could not be read, and why
                                                        └→ tells → blocks → derived statements, into quads/

Workers run the functions of the local engine; what each gives depends on its document alone, so a task that is lost with
its worker is done again by another.  `contributions/` is written first and all else follows from it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from pyspark import RDD
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as fn
from pyspark.sql.types import StringType, StructField, StructType

from kg import sources, tally
from kg.contribution import Contribution, contributions
from kg.describe import Given
from kg.export.tables import COLUMNS, harmless, rows
from kg.rdf import NamedGraph, Statement, quads
from kg.sources.limits import FILE
from kg.store import Store

_TOLD = ("source", "digest", "graph", "key", "nquads", "tells", "text", "laid")
_FAILURE = ("name", "reason", "remedy", "fault")  # no fault is what merely lay in a folder and holds no text
_NUMBERS = {"start": "int", "value": "decimal(38,10)", "min": "decimal(38,10)", "max": "decimal(38,10)"}
_TASKS = 4  # a core: a worker that is lost costs less, and none waits for the one with the long documents


class Made(NamedTuple):
    """What a job made: how many documents were read, how many were not, and how many quads there are."""

    documents: int
    failed: int
    quads: int


class _File(NamedTuple):
    source: str
    name: str
    data: bytes


def build(paths: Sequence[str], output: str, given: Given, limit: int = sources.TEXT) -> Made:
    """Read files and folders that Spark can reach (file:, hdfs:, s3a: …) into folders under `output`.

    The session is the one at hand, or one as Spark's own configuration says (spark-defaults.conf, PYSPARK_SUBMIT_ARGS).
    A path that is not there, or two files of one name, raise SourceError.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    found = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName("huimin").config("spark.ui.enabled", "false")
    spark = builder.config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower()).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        return _job(spark, paths, output.rstrip("/"), given, limit)
    finally:
        if found is None:  # ours: executors that are still at work when Java ends complain at length
            spark.stop()


def _job(spark: SparkSession, paths: Sequence[str], at: str, given: Given, limit: int) -> Made:
    pieces = _files(spark, paths).flatMap(_opened).repartition(_TASKS * spark.sparkContext.defaultParallelism)
    found = pieces.flatMap(lambda piece: _contributed(piece, given, limit))
    _table(spark, found, (*_TOLD, *_FAILURE)).write.mode("overwrite").parquet(f"{at}/contributions")
    known = spark.read.parquet(f"{at}/contributions")
    good, bad = known.where("reason IS NULL"), known.where("reason IS NOT NULL").select(*_FAILURE)
    bad.sort("name", "reason").write.mode("overwrite").csv(f"{at}/failures", header=True)
    once = good.dropDuplicates(["graph"])
    once.select("digest", "text", "laid").write.mode("overwrite").parquet(f"{at}/texts")
    _amounts(spark, good).write.mode("overwrite").parquet(f"{at}/amounts")
    lines = good.select(fn.explode(fn.split("nquads", "\n")).alias("value")).where("value != ''")
    every = lines.union(_table(spark, _derived(spark, once).map(lambda line: (line,)), ("value",)))
    every.distinct().sort("value").write.mode("overwrite").text(f"{at}/quads")
    return Made(once.count(), bad.where("fault = 'true'").count(), spark.read.text(f"{at}/quads").count())


def _files(spark: SparkSession, paths: Sequence[str]) -> RDD[_File | sources.SourceError]:
    """Every file of these files and folders, its source told from the folder that was given."""
    found: list[RDD[_File | sources.SourceError]] = []
    seen: dict[str, str] = {}
    for given in paths:
        root = _qualified(spark, given)
        try:
            files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(given)
        except AnalysisException as error:
            raise sources.SourceError(given, "no such file or folder") from error
        for (path,) in files.select("path").toLocalIterator():
            source = _source(path, root)
            if seen.setdefault(source, path) != path:
                raise sources.SourceError(
                    path, f"two files would both be called {source!r}; the other is {seen[source]}"
                )
        small, large = files.where(f"length <= {FILE}"), files.where(f"length > {FILE}")
        found.append(small.select("path", "content").rdd.map(partial(_read, root)))
        found.append(large.select("path", "length").rdd.map(_too_large))
    return spark.sparkContext.union(found)


def _qualified(spark: SparkSession, given: str) -> str:
    """A path as Spark will call it: with its file system, and whole."""
    jvm: Any = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(given)
    configuration = spark.sparkContext._jsc.hadoopConfiguration()
    return str(path.getFileSystem(configuration).makeQualified(path).toString())


def _source(path: str, root: str) -> str:
    return path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else path.rpartition("/")[2]


def _read(root: str, row: Row) -> _File:
    return _File(_source(row["path"], root), row["path"], bytes(row["content"]))


def _too_large(row: Row) -> sources.SourceError:
    return sources.SourceError(row["path"], f"{row['length']:,} bytes, more than {FILE:,}", "split it")


def _opened(file: _File | sources.SourceError) -> Iterator[sources.Piece | sources.SourceError]:
    """The pieces of a file; how each is called in the graph begins with the file's own source."""
    if isinstance(file, sources.SourceError):
        return iter([file])
    return sources.unpacked(file.data, file.source, file.name)


def _contributed(
    piece: sources.Piece | sources.SourceError, given: Given, limit: int
) -> Iterator[tuple[str | None, ...]]:
    """A row a document, or why there is none: nothing that a document does may stop the job."""
    if isinstance(piece, sources.SourceError):
        yield _failed(piece)
        return
    try:
        found = contributions(piece, given, limit)
    except Exception as error:  # what a fault of this program must not do is cost the other ten million
        yield _failed(sources.SourceError(piece.name, f"{type(error).__name__}: {error}", "please report it"))
        return
    yield from (_row(told) if isinstance(told, Contribution) else _failed(told) for told in found)


def _row(told: Contribution) -> tuple[str | None, ...]:
    return (
        *(told.source, told.digest, told.graph, told.key),
        *(told.nquads.decode("utf-8"), told.tells, told.text, told.laid),
        *(None for _ in _FAILURE),
    )


def _failed(error: sources.SourceError) -> tuple[str | None, ...]:
    fault = not isinstance(error, sources.NotText) or sources.is_text(error.name)
    return (*(None for _ in _TOLD), *map(harmless, (error.name, error.reason, error.remedy)), str(fault).lower())


def _table(spark: SparkSession, found: RDD[Any], names: Sequence[str]) -> DataFrame:
    return spark.createDataFrame(found, StructType([StructField(name, StringType()) for name in names]))


def _amounts(spark: SparkSession, good: DataFrame) -> DataFrame:
    """The amounts of every document as `kg export -f csv` has them, numbers as numbers."""
    table = _table(spark, good.select("nquads").rdd.flatMap(_rows), COLUMNS)
    typed = (fn.col(name).try_cast(_NUMBERS.get(name, "string")).alias(name) for name in COLUMNS)
    return table.select(*typed).sort("source", "start", "text", "quote")


def _rows(row: Row) -> Iterator[list[str]]:
    store = Store()
    store.replace("", quads(row["nquads"].encode("utf-8")))
    return rows(store)


def _derived(spark: SparkSession, once: DataFrame) -> RDD[str]:
    """What follows from several documents together, by blocks that have nothing to do with each other, as quads."""
    told = once.select("tells").rdd.map(lambda row: tally.unpacked(row["tells"]))
    head = spark.sparkContext.broadcast(tally.heads(told.flatMap(tally.pairs).distinct().toLocalIterator()))
    parts = told.flatMap(tally.keys).map(lambda part: (head.value.get(part[0], part[0]), tally.packed(part[1])))
    found = parts.groupByKey().flatMap(lambda block: _quads(tally.derived(tally.joined(map(tally.unpacked, block[1])))))
    state = hashlib.sha256()
    for i, (key,) in enumerate(once.select("key").sort("key").toLocalIterator()):
        state.update(f"\n{key}".encode() if i else key.encode())
    about = spark.sparkContext.parallelize(list(_quads(tally.about(state.hexdigest()))), 1)
    return found.union(about) if not once.isEmpty() else spark.sparkContext.parallelize([], 1)


def _quads(found: set[Statement]) -> Iterator[str]:
    return (line.rstrip("\n") for line in NamedGraph(tally.DERIVED, tuple(found)).nquads())
