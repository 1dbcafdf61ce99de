"""Coverage-guided fuzzing of decoding, layout and reading, with atheris (libFuzzer): `make fuzz`.

    python tests/fuzz.py -max_total_time=60        and any other flag of libFuzzer

It begins with a few dozen short stretches of the annotated texts and looks for bytes that take the program where it has not been.
What breaks is written to output/ and printed with its trace.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
SEEDS = 60


def main() -> None:
    """Fuzz until the flags say to stop."""
    import atheris  # an extra of its own, for few systems

    with atheris.instrument_imports(include=["kg"]):
        from kg.sources import SourceError, opened
        from tests import hostile

    def one(data: bytes) -> None:
        """What comes in is a document, whose way to the graph holds, or one clear line."""
        for item in opened(data, "a", "a"):
            if isinstance(item, SourceError):
                assert "\n" not in str(item)
            else:
                hostile.follow(item)

    with tempfile.TemporaryDirectory() as corpus:
        pool = hostile.texts()
        for number, text in enumerate(pool[:: max(1, len(pool) // SEEDS)]):
            Path(corpus, str(number)).write_bytes(text)
        for name in ("portal.html", "rows.csv", "rows.jsonl", "notice.eml"):
            Path(corpus, name).write_bytes((HERE / "inputs" / name).read_bytes()[:4000])
        found = HERE.parent / "output"
        found.mkdir(exist_ok=True)
        given = ["-max_len=600", "-timeout=20", "-rss_limit_mb=4096", f"-artifact_prefix={found}/fuzz-", *sys.argv[1:]]
        atheris.Setup([sys.argv[0], *given, corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
