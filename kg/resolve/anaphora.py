"""Who is meant by 该会, 该局, 场工会, and by a bare 基金会 or 公司: the body of such a name told last."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from kg.language.phrases import tagged
from kg.language.spans import Places
from kg.lexicon import finder, rows
from kg.model import Mention, Span

RECEIVES = re.compile("(?:拨给|捐给|交给|送给|转给|拨付|向|给|为|对|与|同)$")


ANAPHOR = re.compile(
    r"[该我本](?:[局矿场厂校院]工会|公司工会|集团工会|基金会|中心|协会|公司|集团|学院|医院|企业|银行|会|局|行|校|院|厅|委|矿|厂|场|社|寺|店|站|馆|所|队|园)(?![员议计长])(?<!本会)(?<!本行)(?<!本社)(?<!本企业)(?<!本集团)"
)


# 该建筑安装公司: the company with this in its name.
_OF_TRADE = re.compile("该([一-鿿]{2,8}?)(公司|集团|银行|医院|学校|中心|协会|厂|店|合作社)(?![员工会长房区])")


FITS: dict[str, tuple[str, ...]] = {
    "会": ("会", "总工会", "红会"),
    "局": ("局",),
    "行": ("行", "银行", "农商行"),
    "校": ("学校", "大学", "学院", "中学", "小学", "校"),
    "院": ("院",),
    "公司": ("公司", "集团"),
    "企业": ("公司", "集团", "厂"),
    "集团": ("集团", "公司"),
    "银行": ("银行", "行"),
    "社": ("社",),
}


# What a company has that is named with it and is a body of its own.
_OWNED = ("工会", "工会委员会", "党委", "党总支", "党支部", "团委")
_OF_COMPANY = re.compile(f"(?<=公司)(?:{'|'.join(_OWNED)})$|(?<=集团)(?:{'|'.join(_OWNED)})$")
# What a bare noun goes on with where it does something; 企业 is else any company.
_DOES = re.compile(
    "(?:还|也|又|则|将|已|就|再|次日|当日|随即|随后|正|先|全数|全额|独自|每年|每月|先后|分|共|逐|一次性|另|专门|主动|负责|承担|负担|拨|发|送|投|出|拿|给|为|向|把|从|对|捐|建|办|组织|安排|支付|承诺|提供|累计|全年|今年|去年)"
)
_AFTER_TAGS = frozenset("vdpmtxrwu")
_LEADING = re.compile(
    "(?:其中|目前|今年|去年|同时|此外|随后|年初|近日|日前|后来|如今|当年|当天|这次|由|和|与|从|向|,|。|给|让|是|说|据|经|—)$"
)


CANDIDATES = 200  # as many earlier names as are looked at for the one that is meant


class _Antecedents:
    """Bodies by how they are called, so that the one meant at a place is found: the last before it, else the first."""

    def __init__(self, names: Mapping[Mention, str]) -> None:
        self._names = list(names.items())
        self._called: dict[tuple[str, ...], list[tuple[Span, str]]] = {}
        self._speaking: dict[tuple[str, ...], str | None] = {}

    def add(self, mention: Mention, name: str) -> None:
        """Take in one more, so that what follows can mean it."""
        self._names.append((mention, name))
        for endings, called in self._called.items():
            if name.endswith(endings) or mention.text.endswith(endings):
                insort(called, (mention.span, name))

    def before(self, at: int, endings: tuple[str, ...]) -> Iterator[tuple[Span, str]]:
        """Those of these endings that begin before a place, the last first."""
        called = self._fitting(endings)
        for i in range(bisect_left(called, (Span(at, 0), "")) - 1, -1, -1):
            yield called[i]

    def speaking(self, text: str, endings: tuple[str, ...]) -> str | None:
        """Who signs a text, on a line of its own at the end; else the first in it."""
        if endings not in self._speaking:
            called, framed = self._fitting(endings), f"\n{text}\n"
            lines = (name for at, name in reversed(called) if framed[at.start] == framed[at.end + 1] == "\n")
            self._speaking[endings] = next(lines, called[0][1] if called else None)
        return self._speaking[endings]

    def meant(self, at: int, endings: tuple[str, ...]) -> str | None:
        """The name of the last before a place, else of the first in the text."""
        first = next(iter(self._fitting(endings)), (None, None))[1]
        return next(self.before(at, endings), (None, first))[1]

    def _fitting(self, endings: tuple[str, ...]) -> list[tuple[Span, str]]:
        if endings not in self._called:
            fitting = [(m.span, name) for m, name in self._names if name.endswith(endings) or m.text.endswith(endings)]
            self._called[endings] = sorted(fitting)
        return self._called[endings]


def short_unions(found: Sequence[Mention], names: dict[Mention, str]) -> None:
    """场工会, 局工会: the union of the article that ends so, else that of the body they belong to; without one, nobody's."""
    known = _Antecedents(names)
    for mention in found:
        if mention.rule == "short-union":
            owner = mention.text.removesuffix("工会")
            name = known.meant(mention.span.start, (mention.text,))
            if not name and (body := next(known.before(mention.span.start, FITS.get(owner, (owner,))), None)):
                name = f"{body[1]}工会"  # 晋光铸造公司|公司工会
            if name:
                names[mention] = name
                known.add(mention, name)


def anaphors(text: str, names: dict[Mention, str]) -> None:
    """该会, 该局: a new mention of the nearest fitting body before it, of one that acts rather than gets."""
    known, taken = _Antecedents(names), Places(names)
    types = {name: m.type for m, name in reversed(names.items())}

    def meant(at: int, endings: tuple[str, ...]) -> str | None:
        earlier = list(islice(known.before(at, endings), CANDIDATES))
        acting = (name for span, name in earlier if not RECEIVES.search(text, max(0, span.start - 3), span.start))
        return next(acting, earlier[0][1] if earlier else None)

    for match in _OF_TRADE.finditer(text):
        trade, kind = match.groups()
        earlier = islice(known.before(match.start(), FITS.get(kind, (kind,))), CANDIDATES)
        called = next((name for _, name in earlier if trade in name), None)
        if called and not taken.touch(span := Span(*match.span())):
            taken.add(mention := Mention(types[called], span, match.group(), "anaphor", called))
            names[mention] = called
    for match in ANAPHOR.finditer(text):
        word = match.group()[1:]
        span = Span(*match.span())
        if taken.touch(span):
            continue
        endings = FITS.get(word, (word,))
        speaks = match.group()[0] in "我本"  # 我局: who signs the text, else who is named first in it
        name = known.speaking(text, endings) if speaks else meant(span.start, endings)
        found = [_owner_of_union(word, span, known)]
        if name:
            found.append((Mention(types[name], span, match.group(), "anaphor", name), name))
        for told in found:
            if told:
                names[told[0]] = told[1]
                types.setdefault(told[1], told[0].type)
                taken.add(told[0])
                known.add(*told)


def bare_nouns(text: str, names: dict[Mention, str]) -> None:
    """基金会又拿出…, 公司起先…: a new mention of the body of such a name told last, if one was told before."""
    known, taken = _Antecedents(names), Places(names)
    types = {name: m.type for m, name in reversed(names.items())}
    nouns = _bare_nouns()
    for span in finder("bare-nouns").spans(text):
        ends, sure = nouns[text[span.start : span.end]]
        if taken.touch(span) or not _stands_bare(text, span, sure):
            continue
        owned = tuple(end + part for end in ends for part in _OWNED) if "公司" in ends else ()
        last = next(known.before(span.start, (*ends, *owned)), None)
        if last:
            name = _OF_COMPANY.sub("", last[1])  # 某公司工会主席说,公司…: the company
            mention = Mention(types.get(name, "Company"), span, text[span.start : span.end], "anaphor", name)
            names[mention] = name
            taken.add(mention)


@cache
def _bare_nouns() -> dict[str, tuple[tuple[str, ...], bool]]:
    """Nouns that, bare, mean a body: how its name may end, and do they mean it wherever they stand?"""
    return {noun: (tuple(ends.split()), sure == "sure") for noun, ends, sure in rows("bare-nouns")}


def _stands_bare(text: str, span: Span, sure: bool) -> bool:
    """Does a noun stand without anything before it that tells which, and go on as a subject or an object does?"""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 6]
    if (before and not (_LEADING.search(before) or not "一" <= before[-1] <= "鿿")) or before.endswith(("“", "《")):
        return False
    if not sure:
        return bool(_DOES.match(after))
    word = next(iter(tagged(text, span.end, span.end + 6)), None) if after else None
    return word is None or word.text in ("的", "里") or word.tag[0] in _AFTER_TAGS


def _owner_of_union(word: str, span: Span, known: _Antecedents) -> tuple[Mention, str] | None:
    """该局, where only 南宁铁路局工会 is named: the bureau itself."""
    owner = word.removesuffix("工会")
    if owner not in {"局", "矿", "场", "厂"} or next(known.before(span.start, (owner,)), None):
        return None
    union = next(known.before(span.start, (owner + "工会",)), None)
    if not union:
        return None
    name = union[1].removesuffix("工会")
    return Mention("Company", Span(span.start, span.start + 2), "该" + owner, "anaphor", name), name
