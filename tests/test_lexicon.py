"""Lexicons: every file says what it is, and no row stands twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import lexicon

FILES = sorted(p.stem for p in (Path(lexicon.__file__).parent).glob("*.tsv"))


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_what_it_is_and_has_rows(name: str) -> None:
    text = (Path(lexicon.__file__).parent / f"{name}.tsv").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert lexicon.rows(name)


def test_a_row_that_stands_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "twice.tsv").write_text("# Words.\n甲\tx\n乙\ty\n甲\tx\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "files", lambda package: tmp_path)
    with pytest.raises(ValueError, match=r"twice\.tsv: 甲\tx stands twice"):
        lexicon.rows("twice")
