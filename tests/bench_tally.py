"""Sums told ten times each in varied words: `python -m tests.bench_tally [THINGS]` tells how long the derived graph
takes, how much memory, and whether the totals are right.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from kg import ontology
from kg.describe import describe
from kg.model import Document
from kg.reading import read_document
from kg.recognise.gazetteer import by_code
from kg.store import Store
from kg.tally import DERIVED, settle

TIMES = 10
_BODIES = ("总工会", "民政局", "慈善总会", "红十字会", "残疾人联合会", "妇女联合会")
_PURPOSES = (
    ("高温慰问", "一线职工", "名"),
    ("助学金", "困难职工子女", "名"),
    ("临时救助金", "困难家庭", "户"),
    ("稳岗补贴", "企业", "家"),
    ("轮椅购置", "残疾人", "名"),
    ("创业补贴", "返乡农民工", "名"),
    ("大病救助金", "患病职工", "名"),
    ("职工书屋建设", "工业园区", "个"),
)
_WORDS = (
    "{month}月，{body}投入{sum}万元用于{what}，惠及{n}{unit}{whom}。",
    "{body}{month}月拿出{sum}万元{what}，{n}{unit}{whom}受益。",
    "记者获悉，{body}{month}月共安排{what}{sum}万元，覆盖{n}{unit}{whom}。",
    "{n}{unit}{whom}得到了实惠：{month}月，{body}拨付{what}{sum}万元。",
    "今年{month}月，{body}下拨{sum}万元{what}，{n}{unit}{whom}收到了这笔钱。",
)


def things(n: int) -> Iterator[tuple[str, int, dict[str, object]]]:
    """Payments: the payer, the sum in CNY and what is told of it; no payer pays two sums of one value."""
    rng = random.Random(20)
    cities = sorted(d.name for d in by_code().values() if len(d.code) == 4 and d.name.endswith("市"))
    used: set[tuple[str, int]] = set()
    while len(used) < n:
        body = rng.choice(cities) + rng.choice(_BODIES)
        value = rng.randint(105, 9999)
        if (body, value) not in used and value % 10:
            used.add((body, value))
            what, whom, unit = rng.choice(_PURPOSES)
            told = {"body": body, "sum": value, "what": what, "whom": whom, "unit": unit}
            yield body, value * 10_000, told | {"n": rng.randint(21, 997), "month": rng.randint(1, 12)}


def documents(n: int) -> Iterator[Document]:
    """Every thing told ten times, in varied words and in no order."""
    rng = random.Random(21)
    texts = [
        f"{told['body']}的消息之{i}{k}\n\n{rng.choice(_WORDS).format(**told)}\n"
        for i, (_, _, told) in enumerate(things(n))
        for k in range(TIMES)
    ]
    rng.shuffle(texts)
    for i, text in enumerate(texts):
        yield Document(f"{i:06}.txt", text, hashlib.sha256(text.encode()).hexdigest())


def wanted(n: int) -> dict[str, Decimal]:
    """What each body pays in all."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for body, value, _ in things(n):
        totals[body] += value
    return totals


def main() -> None:
    """Read, derive, ask, and print what it took."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        began = time.perf_counter()
        for document in documents(n):
            store.replace(document.source, describe(document, read_document(document)).quads())
        store.flush()
        read = time.perf_counter() - began
        print(f"{n * TIMES:,} documents, {n:,} things: read and stored in {read:.0f} s, {len(store):,} triples")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        settle(store)
        took = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"derived {len(list(store.graph(DERIVED))):,} triples in {took:.1f} s; peak {before >> 10} → {peak >> 10} MiB"
        )
        for name in ("money-by-organisation", "money-by-group", "money-by-kind", "planned-and-done", "largest-amounts"):
            sparql = ontology.queries()[name].read_text(encoding="utf-8")
            began = time.perf_counter()
            rows = list(store.query(sparql))
            print(f"{name:24}{len(rows):8,} rows in {time.perf_counter() - began:.2f} s")
            if name == "money-by-organisation":
                said = {row["payer"].value: Decimal(row["stated"].value) for row in rows}
        right = sum(said.get(body) == total for body, total in wanted(n).items())
        print(f"totals right: {right:,} of {len(wanted(n)):,} payers; {len(said):,} said")


if __name__ == "__main__":
    main()
