"""Which programme a place in an article speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from kg import ontology
from kg.model import Article, Entity, Mention, Span

_REACH, _SHARE = 450, 3  # so far a programme is carried on, if at least one in so many namings of any is its own
_NAMED = 20  # so many that were named before are looked at
_ITEM = re.compile(r"\s*(?:[0-9]{1,2}[.、]|[①-⑳]|[(][一二三四五六七八九十0-9]+[)]|[一二三四五六七八九十]+、)")
_END = re.compile("[。!?\n]")
_PART = re.compile("[。!?;\n]")
_LISTED = re.compile(
    "[^。!?;,\n]{0,30}等(?:[^。!?;,\n]{0,8})(?:活动|项目|服务|内容|形式|方式|板块|环节|举措|措施|业务|政策)"
)
_OPENS_ITEM = re.compile(";(?:开展|实施|启动|推进|举办|组织|深化|打造)$")
_INSURED = re.compile("[赔保险]|待遇")
_BENEFIT = re.compile("(?:贷款|小额信贷|补贴|补助金?|津贴|返还|奖学金|助学金|险|医保|新农合|新农保|合作医疗)$")
# Agreements bind those who sign them; they do not lay down what others are given.
_AGREED = re.compile("(?:协议书?|合同|协定|备忘录|意向书|章程)[》”]?$")

# Headlines of texts that themselves lay down, ask for or announce something, not of news about it.
_LAYS_DOWN = re.compile("(?:通知|办法|方案|细则|规定|倡议书|公告|启事|须知|指南|章程|实施意见)(?:[(《].*)?$")


class Topic:
    """The programme an article is about at a place; `listed` are those that the items of a list are headed by."""

    def __init__(self, article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> None:
        self._named = [
            (m.span.start, entities[m], m.type)
            for m in mentions
            if m in entities
            and m.type in ontology.subclasses("Programme")
            and not entities[m].name.endswith(("模式", "机制"))
        ]
        self._at = [at for at, _, _ in self._named]
        self._times = Counter(entity for _, entity, _ in self._named)
        self._laid_down = [m for m in self._named if m[2] == "PolicyDocument" or m[1].name.endswith("措施")]
        self._document = next(
            ((at, e) for at, e, t in self._named if t == "PolicyDocument" and not _AGREED.search(e.name)), None
        )
        self._often = max(self._times.values(), default=0) > 1
        self._main = _commonest([e for _, e, _ in self._named])
        self._article = article
        body = [b for b in article.blocks if b.kind in ("body", "box")]
        self._lead = body[0].end if body else len(article.text)
        self._text = article.text
        heads = {m.end() for b in article.blocks if (m := _ITEM.match(article.text, b.start))}
        self.listed = {e for at, e, t in self._named if at in heads and t != "PolicyDocument"}

    def programmes(self, span: Span) -> tuple[Entity, ...]:
        """The programme named last before the end of the span, to the end of its paragraph; the main one for longer.

        Where none has been named, the next of the sentence, or the one that the article names again and again.
        """
        block = self._article.block_at(span.start)
        told = bisect_left(self._at, span.end)
        if not told:
            end = _PART.search(self._text, span.end - 1)
            after = [e for at, e, _ in self._named[:1] if at < (end.start() if end else len(self._text))]
            return tuple(after) or ((self._main,) if self._main and self._often else ())
        before = (self._named[n] for n in range(told - 1, max(-1, told - 1 - _NAMED), -1))
        reaches = next((named for named in before if self._reaches(named, span.start)), None)
        if reaches is None:
            return ()
        at, last, _ = reaches
        if at < block.start and _ITEM.match(self._text, self._article.block_at(at).start):
            return ()  # what one item of a list is about, the next one and what follows the list are not
        carried = last == self._main and span.start - at <= _REACH and _SHARE * self._times[last] >= len(self._named)
        return (last,) if at >= block.start or carried else ()

    def _reaches(self, named: tuple[int, Entity, str], to: int) -> bool:
        """A benefit (创业担保贷款) without quotation marks is spoken of in its sentence only, unless the text is about it.

        So is one of several examples (汽车展销、家电下乡等活动); an insurance wherever premiums and claims are told of.
        """
        at, programme, _ = named
        once = self._times[programme] == 1 and programme.name not in self._article.title
        if once and _OPENS_ITEM.search(self._text, max(0, at - 8), at) and ";" in self._text[at:to]:
            return False  # …;开展“求学圆梦行动”;发放助学金: an item of a list
        told_again = programme == self._main and (self._often or programme.name in self._article.title)
        plain = programme.name[0] not in "“《" and _BENEFIT.search(programme.name)
        if told_again or not (plain or self._example(at)) or not _END.search(self._text, at, max(at, to)):
            return True
        return programme.name.endswith("险") and _INSURED.search(self._sentence(to)) is not None

    def _example(self, at: int) -> bool:
        return self._text[at - 1 : at] == "、" and _LISTED.match(self._text, at) is not None

    def _sentence(self, at: int) -> str:
        start = max(self._text.rfind(mark, 0, at) for mark in "。!?\n") + 1
        end = _END.search(self._text, at)
        return self._text[start : end.start() if end else None]

    def document(self, span: Span) -> tuple[Entity, ...]:
        """The policy document that the article is about, once it has been named."""
        named = self._document is not None and self._document[0] < span.end
        return (self._document[1],) if self._document and named and self._rules() else ()

    def _rules(self) -> bool:
        """Is the article about its policy document: named in its headline or lead, or again and again?"""
        if not self._document:
            return False
        at, document = self._document
        return at < self._lead or self._times[document] > 1

    def status(self, span: Span) -> str | None:
        """What a notice, a policy document or a package of measures lays down is planned unless the clause says otherwise."""
        if _LAYS_DOWN.search(self._article.title):
            return "planned"
        return "planned" if self._laid_down and self._laid_down[0][0] < span.end else None


def _commonest(named: Sequence[Entity]) -> Entity | None:
    """The entity named most often, the first of them if several are."""
    times = Counter(named)  # in the order in which they are named first
    return max(times, key=times.__getitem__, default=None)
