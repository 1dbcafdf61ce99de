"""The page in a real browser: search, filters, table, bars, and what can be taken away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Page, expect

from kg import ontology
from kg.pipeline import build
from kg.store import open_store
from kg.view.draw import html
from kg.view.scene import scene
from tests.browser import Visit, needs_browser, search, taken, told
from tests.test_view_data import ID, in_all

pytestmark = needs_browser
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def large(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's page as that of a graph too large to be embedded whole."""
    path = tmp_path_factory.mktemp("large") / "graph.html"
    path.write_text(html(scene(open_store(sample), 60, 40), {"of": {}, "left": 0, "kept": True}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of three notices with days, one of them of money that never came."""
    folder = tmp_path_factory.mktemp("dated")
    rows = [
        ("2024-01-05", "🎉🎉大连市总工会投入50万元慰问环卫工人。"),
        ("2024-03-09", "大连市总工会投入20万元慰问货车司机。"),
        ("2024-03-20", "大连市总工会尚未发放30万元困难职工补助。"),
    ]
    lines = [
        json.dumps({"id": day, "title": f"通知{day}", "date": day, "text": text}, ensure_ascii=False)
        for day, text in rows
    ]
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([folder / "rows.jsonl"], folder / "out")
    return folder / "out" / "graph.html"


NAMES = {
    "杭州市总工会": "杭州市总工会",
    "浙江省杭州市总": "杭州市总工会",  # another name of it
    "hangzhoushizong": "杭州市总工会",
    "hzszgh": "杭州市总工会",
    "杭洲市总工会": "杭州市总工会",  # one character wrong
    "大连 总工会": "大连市总工会",
    "总工会 西安": "西安市总工会",
    "构建新时代和谐劳动关系": "《关于开展“构建新时代和谐劳动关系助力经济稳进提质大行动”实施方案》",
}


def test_a_name_is_found_however_it_is_typed(opened: Open) -> None:
    shown = opened(view="table")
    for typed, first in NAMES.items():
        assert first in search(shown, typed)[0], typed
        shown.keyboard.press("Enter")  # at once: what is listed is what was typed
        expect(shown.locator("#panel-title")).to_contain_text(first)
        expect(shown.locator("#results")).to_be_hidden()


def test_sums_and_quotes_are_found_too(opened: Open) -> None:
    shown = opened(view="table")
    for typed in ("1400万元", "14000000元", "14,000,000", "供1400万元学历提升专项补助。"):
        found = search(shown, typed)
        assert any("1400万元" in one and "2000名工会会员" in one for one in found), typed
        shown.keyboard.press("Enter")
        expect(shown.locator("#panel-body blockquote").first).to_contain_text("1400万元学历提升专项补助")


def test_the_search_is_moved_in_by_keys(opened: Open) -> None:
    shown = opened()
    shown.keyboard.press("/")
    found = search(shown, "总工会")
    box = shown.locator("#search")
    expect(box).to_have_attribute("aria-expanded", "true")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowUp")
    active = box.get_attribute("aria-activedescendant")
    assert active == "option-1"
    expect(shown.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    shown.keyboard.press("Enter")
    expect(shown.locator("#panel-title")).to_contain_text(re.split(r"\s", found[1].split(" ")[1])[0])
    search(shown, "没有这个名字")
    expect(shown.locator("#found")).to_have_text("没有找到")
    shown.keyboard.press("Escape")


def test_what_is_not_in_a_large_graphs_page_is_said_to_be_elsewhere(opened: Open, large: Path, sample: Path) -> None:
    shown, all_ = opened(large), in_all(open_store(sample))
    expect(shown.locator("#notice")).to_contain_text(f"{all_['entities']} 个实体、70 项举措")
    assert search(shown, "大庆职业学院") == []
    expect(shown.locator("#found")).to_contain_text("kg serve")
    shown.keyboard.press("Escape")
    shown.locator("#show-table").click()
    expect(shown.locator("#caption")).to_contain_text("70 项中")
    # who pays whom is told of all
    shown.locator("#show-graph").click()
    assert told(shown, "form") == "columns"
    left, right = all_["payers"], all_["paidFor"]
    expect(shown.locator("#graph-said")).to_contain_text(
        f"左：{left} 个出资方中的 {left} 个；右：{right} 个对象中的 {right} 个"
    )


def test_each_facet_filters_everything_as_it_says(opened: Open) -> None:
    shown = opened(view="plots")
    shown.locator("#show-filters").click()
    for facet in ("class", "kind", "flow", "status", "place", "article"):
        part = shown.locator(f"[data-facet={facet}]")
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        choice = part.locator("label").first
        count = int(choice.locator(".count").inner_text())
        choice.click()
        assert told(shown, "shown") == str(count) and 0 < count < 70
        assert f"{facet}=" in shown.url
        expect(shown.locator("#summary-line")).to_contain_text(f"{count} 项")
        expect(shown.locator("#chips .chip")).to_have_count(2)
        paid = Decimal(told(shown, "paid"))
        sums = [Decimal(bar.get_attribute("data-sum") or 0) for bar in shown.locator("[data-plot=kind] button").all()]
        assert sum(sums) == paid
        shown.locator("#show-table").click()
        expect(shown.locator("#rows tr")).to_have_count(count)
        assert len(list(csv.reader(io.StringIO(taken(shown, "csv").decode("utf-8-sig"))))) == count + 1
        for _ in range(2):
            shown.go_back()
        assert told(shown, "shown") == "70"


def test_facets_combine_and_count_what_is_left(opened: Open) -> None:
    shown = opened(view="table", status=["Done"])
    done = int(told(shown, "shown"))
    shown.locator("#show-filters").click()
    choice = shown.locator("[data-facet=kind] label").first
    count = int(choice.locator(".count").inner_text())
    choice.click()
    assert told(shown, "shown") == str(count) and count < done
    shown.reload()
    shown.wait_for_selector("html[data-ready]")
    assert told(shown, "shown") == str(count)
    shown.locator("#chips .chip").last.click()
    assert told(shown, "shown") == "70"


def test_sums_are_filtered_by_a_slider(opened: Open) -> None:
    shown = opened(view="table")
    shown.locator("#show-filters").click()
    low = shown.locator("[data-facet=amount] input").first
    low.focus()
    for _ in range(6):
        shown.keyboard.press("PageUp")
    left = int(told(shown, "shown"))
    assert 0 < left < 70 and "least=" in shown.url
    assert int(low.get_attribute("aria-valuetext") is not None)


def test_a_long_list_of_values_is_searched(opened: Open) -> None:
    shown = opened(view="table")
    shown.locator("#show-filters").click()
    shown.locator("[data-facet=kind] input[type=search]").fill("培训")
    labels = shown.locator("[data-facet=kind] label").all_inner_texts()
    assert labels and all("培训" in label for label in labels)


def test_days_and_denials_are_facets_and_months_are_bars(opened: Open, dated: Path) -> None:
    shown = opened(dated)
    assert told(shown, "paid") == "700000"
    shown.locator("#show-filters").click()
    for facet in ("date", "modality"):
        shown.locator(f"[data-facet={facet}] summary").click()
    labels = [label.strip() for label in shown.locator("[data-facet=date] label").all_inner_texts()]
    assert labels == ["2024-01 1", "2024-03 2"]
    shown.locator("[data-facet=date] label").nth(1).click()
    assert told(shown, "shown") == "2" and told(shown, "paid") == "200000"
    shown.locator("[data-facet=modality] label", has_text="否定").click()
    assert told(shown, "shown") == "1" and told(shown, "paid") == "0"
    expect(shown.locator("#chips")).to_contain_text("2024-03")
    shown.locator("#chips button", has_text="清除筛选").click()
    # offsets count code points, also behind what takes two units of UTF-16
    shown.locator("#show-table").click()
    shown.locator("#rows tr", has_text="50万元").locator("figcaption a").click()
    expect(shown.locator("#reader-body .mention.Organisation").first).to_have_text("大连市总工会")
    shown.locator("#show-plots").click()
    bars = shown.locator("[data-plot=month] button").all()
    assert [(bar.get_attribute("data-key"), bar.get_attribute("data-sum")) for bar in bars] == [
        ("2024-01", "500000"),
        ("2024-03", "200000"),
    ]


def test_bars_are_totals_and_open_what_they_count(opened: Open, sample: Path) -> None:
    shown = opened()
    shown.locator("#show-plots").click()
    asked = open_store(sample).query(ontology.queries()["money-by-organisation"].read_text(encoding="utf-8"))
    expected = {row["payer"].value: Decimal(row["stated"].value) for row in asked}
    bars = shown.locator("[data-plot=payer] button").all()
    assert {bar.locator(".name").inner_text(): Decimal(bar.get_attribute("data-sum") or 0) for bar in bars} == expected
    stages = {
        bar.get_attribute("data-key"): Decimal(bar.get_attribute("data-sum") or 0)
        for bar in shown.locator("[data-plot=status] button").all()
    }
    asked = open_store(sample).query(ontology.queries()["planned-and-done"].read_text(encoding="utf-8"))
    rows = [{name: Decimal(row[name].value) for name in ("planned", "underway", "done")} for row in asked]
    assert stages == {"Planned": sum(r["planned"] for r in rows), "Done": sum(r["done"] for r in rows)}
    kinds = open_store(sample).query(ontology.queries()["money-by-kind"].read_text(encoding="utf-8"))
    told_kinds = {
        b.get_attribute("data-key"): Decimal(b.get_attribute("data-sum") or 0)
        for b in shown.locator("[data-plot=kind] button").all()
    }
    assert told_kinds == {row["kind"].value: Decimal(row["stated"].value) for row in kinds}
    bars[0].focus()
    shown.keyboard.press("Enter")
    expect(shown.locator("#panel-title")).to_contain_text("西安市总工会")
    expect(shown.locator("#panel-body ul.measures > li")).to_have_count(6)


def test_the_table_can_be_taken_away(opened: Open) -> None:
    shown = opened(view="table")
    shown.locator("#head button", has_text="多少").click()
    content = taken(shown, "csv")
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 71 and len({len(row) for row in rows}) == 1
    assert rows[1][3].startswith("1亿元以上")
    assert next(row for row in rows if row[4] == "14000000")[0] == "杭州市总工会"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_the_facts_can_be_taken_away(opened: Open, sample: Path) -> None:
    shown = opened(status=["Done"])
    wanted = int(told(shown, "shown"))
    found = list(ox.parse(taken(shown, "ttl"), format=ox.RdfFormat.TURTLE))
    measures = [q for q in found if q.predicate.value.endswith("#statedIn")]
    assert len(measures) == wanted > 0
    store = open_store(sample)
    missing = [
        q
        for q in found
        if not next(iter(store.oxigraph.quads_for_pattern(q.subject, q.predicate, q.object, ox.DefaultGraph())), None)
    ]
    assert missing == [] and len(found) > 50


def test_a_copied_address_brings_the_view_back(browser: Browser, sample: Path) -> None:
    visit = Visit(browser, permissions=["clipboard-read", "clipboard-write"])
    shown = visit.open(sample / "graph.html", node=ID + "group/工会会员", status=["Planned"], view="table")
    shown.locator("#take summary").click()
    shown.locator("#take-address").click()
    address = shown.evaluate("navigator.clipboard.readText()")
    again = Visit(browser).open(address)
    expect(again.locator("#panel-title")).to_contain_text("工会会员")
    assert told(again, "shown") == told(shown, "shown") != "70"
    visit.context.close()


def test_the_table_lists_a_part_at_a_time_and_sorts(opened: Open) -> None:
    shown = opened()
    shown.locator("#show-table").click()
    expect(shown.locator("#caption")).to_have_text("举措一览：70 项中符合条件的 70 项，已列出 70 项")
    shown.locator("#head button", has_text="多少").click()
    expect(shown.locator("#rows tr").first).to_contain_text("1亿元以上")
    expect(shown.locator("#head th").nth(3)).to_have_attribute("aria-sort", "descending")
