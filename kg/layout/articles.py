"""Paragraphs into Articles: where one begins, what is its headline, by-line, body, caption and box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.language.characters import fold, fold_paragraph
from kg.language.traditional import in_simplified
from kg.layout import bylines, lines
from kg.layout.marks import Plain, without_marks
from kg.layout.paragraphs import Paragraph, heads, paragraphs_of
from kg.model import Article, Block, BlockKind, Document, Meta

_CLAUSE_END = re.compile(r"[,。;:!?]")
_ONLY_WHEN = re.compile(
    r"^(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上午|下午|晚)?$|^(?:近日|日前|近期|连日来|据悉|目前|昨日|昨天|今日|今天|据统计|据介绍|据了解)$"
)
_NEWS = re.compile(r"近日|日前|近期|\d日|记者.{0,12}(?:获悉|了解到)")
_PLACE_AND_COLON = re.compile(rf"^[{lines.HAN}]{{2,8}}:")
_TITLE_LIMIT = 60
_RUN_LIMIT = 4  # more short lines than this one after the other are a list


@dataclass(slots=True)
class _Draft:
    """An article in the making: its blocks as kinds with places in the source."""

    title: str | None = None
    blocks: list[tuple[BlockKind, list[int]]] = field(default_factory=list)
    creators: dict[str, None] = field(default_factory=dict)
    date: str | None = None
    publisher: str = ""
    signed: bool = False  # a by-line stands alone, as over features, which have sub-headlines

    def has(self, kind: BlockKind) -> bool:
        return any(each == kind for each, _ in self.blocks)

    def is_caption(self) -> bool:
        return self.has("caption") and not self.has("body")


def lay_out(document: Document) -> tuple[Article, ...]:
    """The articles of a document, in reading order.

    >>> page = Document("a.txt", "给建设者送清凉\\n\\n本报讯（记者赖志凯）近日，送去“清\\n\\n凉”。", "")
    >>> [(article.title, article.text, article.creators) for article in lay_out(page)]
    [('给建设者送清凉', '给建设者送清凉\\n本报讯(记者赖志凯)\\n近日,送去“清凉”。', ('赖志凯',))]
    """
    plain = without_marks(document.text)
    simplified = in_simplified(plain.text)
    written = _Written(fold(simplified), plain.places, document.text) if simplified != plain.text else None
    plain = replace(plain, text=simplified)
    layout = _Layout(plain.text, document.meta)
    layout.read(paragraphs_of(plain.text, layout.title))
    return tuple(_article(document, plain, number, draft, written) for number, draft in enumerate(layout.drafts, 1))


class _Layout:
    """One pass over the paragraphs; `drafts[-1]` is the article that is open."""

    def __init__(self, text: str, meta: Meta) -> None:
        self.source = text
        # where it is known the document is one story, and this heads it
        self.title = fold_paragraph(in_simplified(meta.title))
        self.drafts: list[_Draft] = []

    @property
    def open(self) -> _Draft:
        if not self.drafts:
            self.drafts.append(_Draft())
        return self.drafts[-1]

    def read(self, paragraphs: Sequence[Paragraph]) -> None:
        at = 0
        if self.title and paragraphs and paragraphs[0].text == self.title:
            self._headline(paragraphs[:1])
            at = 1
        while at < len(paragraphs):
            until = _run_end(paragraphs, at)
            if until == at:
                self.plain(paragraphs[at], paragraphs[at + 1 :])
                at += 1
            else:
                self.short(paragraphs[at:until], paragraphs[until:], paragraphs[at - 1] if at else None)
                at = until

    def short(self, run: Sequence[Paragraph], rest: Sequence[Paragraph], before: Paragraph | None) -> None:
        """Short lines: headlines of the next article, sub-headlines of this one, or plain text."""
        following = next((paragraph for paragraph in rest if not paragraph.box), None)
        if all(bylines.is_byline(paragraph.text) for paragraph in rest):
            following = None  # who signs a notice, and its date
        listed = before is not None and before.text.endswith(":")
        if len(run) > _RUN_LIMIT:
            # At the top of a document the first is its headline, elsewhere the last may be the next one's.
            split = 1 if not self.drafts else len(run) - 1
            parts = [run[:split], run[split:]]
        else:
            parts = [run]
        for part in parts:
            later = following if part is parts[-1] else part[0]
            if self._begins(part, later):
                self._headline(part)
            elif later is None or listed or len(part) > _RUN_LIMIT:
                for paragraph in part:
                    self._put("body", paragraph.positions())
            else:
                for paragraph in part:
                    self._put("subhead", paragraph.positions())

    def _begins(self, run: Sequence[Paragraph], following: Paragraph | None) -> bool:
        """Do these short lines head an article?"""
        if not self.drafts:
            return following is not None or len(run) > 1
        if self.title:
            return False
        if following is None or len(run) > _RUN_LIMIT:
            return False
        draft = self.open
        if not any(draft.has(kind) for kind in ("body", "caption", "subhead")):
            return False
        marked = lines.KICKER.search(run[0].text) or any(lines.SUBTITLE.match(each.text) for each in run[1:])
        if heads(following.text) or draft.is_caption() or marked:
            return True
        return not draft.signed and _tells_news(_title_of(run), following.text)

    def _headline(self, run: Sequence[Paragraph]) -> None:
        draft = _Draft(title=_title_of(run))
        self.drafts.append(draft)
        for paragraph in run:
            self._put("headline", paragraph.positions())

    def plain(self, paragraph: Paragraph, rest: Sequence[Paragraph]) -> None:
        """Everything that is not a short line."""
        text = paragraph.text
        if paragraph.box:
            self._put("box", paragraph.positions())
        elif continuation := lines.CONTINUATION.match(text):
            self._next_unless_headed()
            positions = paragraph.positions()
            self._put("byline", positions[: continuation.end()])
            self._prose(positions[continuation.end() :])
        elif bylines.is_byline(text):
            self._byline(paragraph.positions(), alone=True)
        elif lines.LABEL.match(text) and not lines.is_prose(text) and rest:
            self._put("subhead", paragraph.positions())
        else:
            if bylines.lead_length(text):
                self._next_unless_headed()
            self._prose(paragraph.positions())

    def _next_unless_headed(self) -> None:
        """Begin an article, unless one has just been headed and waits for its text."""
        if self.title:
            return
        if self.drafts and any(self.open.has(kind) for kind in ("body", "caption", "subhead")):
            self.drafts.append(_Draft())

    def _prose(self, positions: list[int]) -> None:
        """A paragraph without what its head and its tail say of who wrote it."""
        text = self._text(positions)
        kind: BlockKind = "body"
        tail = bylines.credit_start(text)
        if tail is not None:
            kind = "caption"
        else:
            tail = bylines.signature_start(text)
        head = bylines.lead_length(text)
        if head:
            self._byline(positions[:head], alone=False)
        end = len(text) if tail is None else tail
        self._put(kind, positions[head:end])
        if tail is not None:
            self._byline(positions[tail:], alone=False)

    def _byline(self, positions: list[int], *, alone: bool) -> None:
        text = self._text(positions)
        draft = self.open
        people = bylines.names(text)
        draft.creators.update(dict.fromkeys(people))
        draft.date = draft.date or bylines.date(text)
        draft.publisher = draft.publisher or bylines.publisher(text)
        draft.signed = draft.signed or (alone and bool(people))
        self._put("byline", positions)

    def _put(self, kind: BlockKind, positions: list[int]) -> None:
        while positions and self.source[positions[-1]].isspace():
            positions = positions[:-1]
        while positions and self.source[positions[0]].isspace():
            positions = positions[1:]
        if positions:
            self.open.blocks.append((kind, positions))

    def _text(self, positions: list[int]) -> str:
        return fold_paragraph("".join(self.source[at] for at in positions))


def _run_end(paragraphs: Sequence[Paragraph], at: int) -> int:
    """The end of the run of short lines that begins here; the beginning itself where there is none."""
    until = at
    while until < len(paragraphs) and _is_short(paragraphs, until, in_run=until > at):
        until += 1
    return until


def _is_short(paragraphs: Sequence[Paragraph], at: int, *, in_run: bool) -> bool:
    paragraph = paragraphs[at]
    text = paragraph.text
    if paragraph.box or bylines.is_byline(text) or lines.CONTINUATION.match(text) or bylines.lead_length(text):
        return False
    if in_run and lines.SUBTITLE.match(text):
        return len(text) <= lines.HEADLINE_LIMIT
    if at and lines.LABEL.match(text):
        return False
    if lines.is_short(text):
        return True
    # A headline may ask or call, and be long, where what follows leaves no doubt that it is one.
    headed = at + 1 < len(paragraphs) and (at == 0 or heads(paragraphs[at + 1].text))
    return headed and len(text) <= _TITLE_LIMIT and not re.search(r"[。;,、:”…]$|[。;]", text)


def _tells_news(title: str, body: str) -> bool:
    """Does the paragraph tell a new story under this headline, not go on with the old one?

    >>> _tells_news("太原首批180万元即日拨付", "山西太原市总工会日前决定,紧急拨出180万元。")
    True
    >>> _tells_news("龙头带起一片", "在湖北保康,蓝莓成了“脱贫果”。")
    False
    """
    opening = body[:60]
    named = title[:2].isalpha() and title[:2] in opening
    return named or bool(_PLACE_AND_COLON.match(title)) or (len(title) >= 9 and bool(_NEWS.search(body[:25])))


def _title_of(run: Sequence[Paragraph]) -> str:
    """The headline proper among kicker, headline and subtitle: the last that is marked as neither."""
    proper = [each.text for each in run if not lines.SUBTITLE.match(each.text)] or [run[0].text]
    unmarked = [text for text in proper if not lines.KICKER.search(text)]
    return (unmarked or proper)[-1]


def _first_clause(text: str) -> str:
    """What stands for a headline where there is none.

    >>> _first_clause("7月18日,舟山市“安康杯,平安杯”竞赛表彰大会召开。会上")
    '7月18日,舟山市“安康杯,平安杯”竞赛表彰大会召开'
    """
    for match in _CLAUSE_END.finditer(text):
        clause = text[: match.start()]
        inside = any(clause.count(pair[0]) > clause.count(pair[1]) for pair in ("“”", "()", "《》"))
        if clause and not inside and not _ONLY_WHEN.match(clause):
            return clause[:_TITLE_LIMIT]
    return text[:_TITLE_LIMIT]


def _article(document: Document, plain: Plain, number: int, draft: _Draft, written: _Written | None) -> Article:
    text = ""
    offsets: list[int] = []
    blocks: list[Block] = []
    for kind, positions in draft.blocks:
        if blocks:
            text += "\n"
            offsets.append(offsets[-1] + 1)
        blocks.append(Block(kind, len(text), len(text) + len(positions)))
        text += fold_paragraph("".join(plain.text[at] for at in positions))
        offsets += [plain.places[at] for at in positions]
    meta = document.meta
    title = draft.title or _untitled(text, blocks)
    as_written = written.words if written else str
    return Article(
        document,
        number,
        title,
        text,
        tuple(offsets),
        tuple(blocks),
        tuple(as_written(name) for name in draft.creators) or meta.creators,
        draft.date or meta.date or document.date,
        as_written(draft.publisher) or meta.publisher,
        as_written(title),
        written is not None,
    )


@dataclass(frozen=True, slots=True)
class _Written:
    """A document in traditional characters as it is matched, folded and simplified, and as it is written."""

    folded: str
    places: Sequence[int]
    text: str

    def words(self, found: str) -> str:
        """Words that were matched as the document has them."""
        at = self.folded.find(found) if found else -1
        stretch = (self.text[self.places[i]] for i in range(at, at + len(found)))
        return found if at < 0 else fold_paragraph("".join(stretch))


def _untitled(text: str, blocks: Sequence[Block]) -> str:
    order: tuple[BlockKind, ...] = ("body", "caption", "subhead", "box", "byline")
    first = min(blocks, key=lambda block: (order.index(block.kind), block.start))
    return _first_clause(text[first.start : first.end])
