"""What several tests stand on: the sample, built once."""

import io
from pathlib import Path

import pytest

from kg.export import FORMATS
from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "page.txt"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of the sample page."""
    from kg.pipeline import build

    output = tmp_path_factory.mktemp("output")
    summary = build([SAMPLE], output)
    assert summary.added == ["page.txt"]
    return output


def exported(store: Store, form: str) -> bytes:
    """What an export writes."""
    out = io.BytesIO()
    FORMATS[form](store, out)
    return out.getvalue()
