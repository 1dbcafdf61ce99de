"""Files into Documents: names, encodings, and one clear line for what cannot be read."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from kg.layout import lay_out
from kg.sources import SourceError, find, only

PAGE = Path(__file__).parent / "gold" / "seed" / "page.txt"


def put(folder: Path, name: str, data: bytes = "工会。".encode()) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_find_walks_folders_in_order_of_source_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/c.txt", "a/no.json", ".git/x.txt", "A.TXT"):
        put(tmp_path, name)
    found, left = find([tmp_path])
    assert [source for _, source in found] == ["A.TXT", "a/c.txt", "a/no.json", "a/z.md", "b.txt"]
    assert left == []


def test_find_calls_a_file_by_its_name_whatever_its_suffix(tmp_path: Path) -> None:
    path = put(tmp_path, "deep/down/notice.dat")
    assert find([path]) == ([(path, "notice.dat")], [])


def test_find_ignores_links_that_lead_out(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.txt")
    inside = put(tmp_path, "inside/a.txt")
    (tmp_path / "inside" / "link.txt").symlink_to(outside)
    (tmp_path / "inside" / "folder").symlink_to(outside.parent, target_is_directory=True)
    (tmp_path / "inside" / "near.txt").symlink_to(inside)
    found, left = find([tmp_path / "inside"])
    assert [source for _, source in found] == ["a.txt", "near.txt"]
    assert [(Path(error.name).name, error.reason) for error in left] == [
        ("link.txt", "a link that leads out of the folder")
    ]


def test_find_leaves_the_folder_of_a_saved_page_to_the_page(tmp_path: Path) -> None:
    for name in ("通知.html", "通知_files/frame.html", "news.htm", "news.files/ad.js", "old_files/a.txt"):
        put(tmp_path, name)
    assert [source for _, source in find([tmp_path])[0]] == ["news.htm", "old_files/a.txt", "通知.html"]


@pytest.mark.parametrize("given", ["https://example.cn/a.html", "http://example.cn", "www.example.cn"])
def test_find_says_that_nothing_is_fetched(given: str) -> None:
    with pytest.raises(SourceError, match=r"a web address, and Huimin fetches nothing; save the page"):
        find([Path(given)])


def test_find_refuses_two_files_of_one_name(tmp_path: Path) -> None:
    first, second = put(tmp_path, "x/a.txt"), put(tmp_path, "y/a.txt")
    with pytest.raises(SourceError, match=r"two files would both be called 'a\.txt'") as caught:
        find([first, second])
    assert str(first) in str(caught.value)
    assert str(second) in str(caught.value)


def test_find_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.txt: no such file or folder"):
        find([tmp_path / "none.txt"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=r"empty: no file in this folder"):
        find([tmp_path / "empty"])


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "gb18030"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_every_encoding_gives_the_same_articles(tmp_path: Path, mark: bytes, encoding: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    data = mark + text.encode(encoding)
    document = only(put(tmp_path, "page.txt", data), "page.txt")
    assert document.text == text
    assert document.encoding == encoding
    assert document.digest == hashlib.sha256(data).hexdigest()
    plain = lay_out(only(PAGE, "page.txt"))
    assert [(a.title, a.text, a.offsets) for a in lay_out(document)] == [(a.title, a.text, a.offsets) for a in plain]


def test_line_ends_are_kept_and_change_no_article(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    document = only(put(tmp_path, "page.txt", text.replace("\n", "\r\n").encode()), "page.txt")
    assert document.text.count("\r\n") == text.count("\n")
    assert [a.text for a in lay_out(document)] == [a.text for a in lay_out(only(PAGE, "page.txt"))]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (" \r\n\u3000\n".encode(), "the file is empty"),
        (codecs.BOM_UTF8, "the file is empty"),
        (b"PK\x03\x04\x00\x00\x08", "damaged: BadZipFile"),
        (b"\x01\x02\x03abc", "a binary file, not text"),
        (codecs.BOM_UTF16_LE + b"a", "marked as utf-16-le, but not valid utf-16-le"),
        (b"\xff\xff\xff\xff", "unknown encoding"),
    ],
)
def test_what_is_no_text_is_one_line_that_names_the_file(tmp_path: Path, data: bytes, message: str) -> None:
    path = put(tmp_path, "bad.txt", data)
    with pytest.raises(SourceError, match=message) as caught:
        only(path, "bad.txt")
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_tags_in_markdown_are_markdown_and_a_fragment_of_a_page_is_a_page(tmp_path: Path) -> None:
    text = "# 公告\n\n市总工会<br>投入5万元。<br>\n<br>\n<br>慰问职工。"
    assert only(put(tmp_path, "a.md", text.encode()), "a.md").text == text
    page = "<div><p>市总工会投入5万元。</p><p>慰问职工，共80名。</p></div>".encode()
    assert only(put(tmp_path, "b.txt", page), "b.txt").text == "市总工会投入5万元。\n\n慰问职工，共80名。"


def test_a_page_that_a_script_would_fill_is_told(tmp_path: Path) -> None:
    page = "<html><title>慰问职工</title><h1>慰问职工</h1><div id=app></div><script>fill()</script></html>".encode()
    with pytest.raises(SourceError, match="a page without a story in it; open it in a browser"):
        only(put(tmp_path, "a.html", page), "a.html")


def test_a_missing_file_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        only(tmp_path / "gone.txt", "gone.txt")


def test_traditional_text_in_big5_and_a_broken_byte_are_read(tmp_path: Path) -> None:
    text = "總工會為職工提供勞動競賽獎勵與補助，關懷勞工。" * 20
    assert only(put(tmp_path, "a.txt", text.encode("big5")), "a.txt").text == text
    data = text.encode("gb18030")
    broken = only(put(tmp_path, "b.txt", data[:100] + b"\xff" + data[101:]), "b.txt")
    assert broken.encoding == "gb18030"
    assert len(broken.text) - 2 < len(text) <= len(broken.text) + 2
