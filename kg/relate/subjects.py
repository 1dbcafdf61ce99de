"""Who acts in a clause: the body named as its subject, else the one carried on from before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kg import ontology
from kg.language.spans import Row, outermost
from kg.model import Article, Entity, Mention, Span
from kg.relate.cast import Cast
from kg.relate.clauses import Clause
from kg.relate.followers import AFTER, AGAIN, SECONDS, SPEAKS, Followers
from kg.relate.issuer import issuers
from kg.relate.kinds import acts
from kg.relate.leading import handed_over, leads_up
from kg.relate.newcomers import Newcomers
from kg.relate.passive import doer
from kg.relate.payless import ALSO_GIVES, ASKS, FINES, GETS, GIVEN, TAKES, WORTH, reported, reports, undergone
from kg.relate.speakers import Pronouns
from kg.relate.strangers import Stranger, bearer, governed, someone_named, stranger_gives

# What stands right before a body that is not the subject: recipients, companions, places, sources.
_NOT_SUBJECT = re.compile(
    r"(?:向|给|为|对|与|同|跟|在|从|到|至|往|被|把|将|通过|联合|会同|携手|领到|来自|和|送给|拨给|面向|转送|配合|按照|得益于|争取|委托|邀请|报请|经|感谢|作为|属于|隶属于?|挂靠在?|依托|背靠|走进|来到|前往|赴|深入|位于|担任|入选|考上|考入|就读于|毕业于)[该我本]?$|是该$"
)
_SELF = re.compile("(?:[他她]|其)?(?:自己|自家|自个儿?|本人|个人(?=[捐掏拿垫]|出[资钱]))(?!的)")
_NEAR = 16  # so near its beginning stands with whom a sentence begins
_BORNE = re.compile("(?:则|再|主要|现|分别|改|现改|均|全部|都|统一|一律|费用|资金|所需资金|经费)*由")
_POINT = re.compile("[一二三四五六七八九]是|其[一二三四五六]|第[一二三四五六],")
_AMONG = re.compile("其中")
_ITEM = re.compile(r"[0-9]+[.、]|[①-⑳]|\([一二三四五六七八九十0-9]+\)|[一二三四五六七八九十]是")
_SUMS = re.compile("(?:以上|两项|三项|几项|各项)?(?:合计|共计|总计)")
_MANY = 2
_LOOKED_AT = 100  # as many bodies named before are looked at for those that are meant
_JOINED = re.compile("、|和|与|及|以及|,|联合|会同|又与|携手|(?<=委)")  # 省委|省政府
_ALIKE = re.compile("、|和|与|及|以及")
_JOINTLY = re.compile(r"联合|会同|携手|联手|与|和|同")
_COUNTED = re.compile("([两二三四五])(?:家|个)?(?:部门|单位|机构|方)(?!面)")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_BODIES = ontology.subclasses("Organisation")
_PROGRAMMES = ontology.subclasses("Programme")
_SOURCE = re.compile(r"(?:从|据)$")


@dataclass(frozen=True, slots=True)
class Agents:
    """Who acts in a clause, how that is known, and whether it was only carried on from before."""

    entities: tuple[Entity, ...]
    how: str
    carried: bool = False
    gets: tuple[Entity, ...] = ()  # who, being the subject, gets what the clause tells


class Subjects:
    """The subjects of an article's clauses, asked for in reading order."""

    def __init__(
        self,
        article: Article,
        mentions: Sequence[Mention],
        entities: Mapping[Mention, Entity],
        cast: Cast,
        newcomers: Newcomers,
    ) -> None:
        self._article, self._cast, self._entities = article, cast, entities
        self._bodies = Row(m for m in mentions if m.type in _BODIES and m in entities)
        self._blocks = {b.start for b in article.blocks}
        self._pronouns = Pronouns(article, mentions, entities, cast)
        self._followers = Followers(article.text, mentions, entities)
        self._carried: tuple[Entity, ...] = self._main()
        self._default = self._carried
        self._issuers = issuers(article, self._bodies, entities)
        self._leading: tuple[Entity, ...] = ()
        self._telling = Span(-1, -1), -1  # the last clause of a sentence that tells something, by its first
        self._judging = -1  # the last sentence whose subject judges somebody
        # the last sentence in which somebody gives what is his own, and who
        self._giver: tuple[Span, Agents] | None = None
        self._received: Span | None = None  # the last clause whose subject gets something
        self._newcomers = newcomers
        # who acts to the end of a sentence, by where that begins: a kind of body, one of many, or nobody known
        self._sentence: tuple[int, Agents | None] = (-1, None)

    def _main(self) -> tuple[Entity, ...]:
        """The article's default agent: the first body of the text that is named as somebody who acts."""
        kind_at = self._article.block_at
        inside = Row(m for m in self._bodies if kind_at(m.span.start).kind not in ("byline", "headline"))
        for run in self._runs(inside):
            if not self._led_to(run[0], 0):
                return self._named(run)
        return tuple(self._entities[m] for m in islice(inside, 1) if not self._led_to(m, 0))

    def _own(self) -> tuple[Entity, ...]:
        """The bodies that a paragraph begins with in mind: who issues the text, else who led the one before."""
        return self._issuers or self._leading or self._default

    def of(self, parts: Sequence[Clause], i: int) -> Agents:
        """The agents of a clause; they are carried on to the clauses that name none.

        A kind of body (各级工会), or one of many (其中甲公司), acts to the end of its sentence; then the body before comes back.
        """
        clause = parts[i]
        runs = list(self._runs(Row(self._bodies.within(clause.span))))
        if i == 0 and self._opens_block(parts[0].span) and self._own():
            self._carried = self._own()
        asked = self._by_rule, self._himself, self._no_payer, self._by_subject, self._summed_up, self._in_the_sentence
        for principle in asked:
            if agents := principle(parts, i, runs):
                return agents
        return Agents(self._carried, "carried on from before", carried=True)

    def _by_rule(self, parts: Sequence[Clause], i: int, runs: Sequence[Sequence[Mention]]) -> Agents | None:
        """Whom a rule of the clause names."""
        clause = parts[i]
        named = [m for m in clause.roles.get("agent", []) if m in self._entities]
        if not named:
            return None
        gets = self._told_before(parts, i) if i and TAKES.match(self._article.text, clause.span.start) else ()
        agents = Agents(self._named(named), "named by the rule", gets=gets)
        if receiver := self._receiver(clause, runs):
            self._carried = receiver  # 县慈善会收到甲公司捐款: what comes next the charity does
        elif any(m.type in _BODIES and m.rule != "treasury" for m in named):
            self._carried = agents.entities
        else:
            self._sentence = (parts[0].span.start, agents)
        return agents

    def _himself(self, parts: Sequence[Clause], i: int, runs: Sequence[Sequence[Mention]]) -> Agents | None:
        """A person who gives what is his own, whatever body stands beside him."""
        if i and _POINT.match(self._article.text, parts[i].span.start):
            self._carried = self._own()  # 一是…;二是…: each begins with the paragraph's body
        people = [m for m in parts[i].mentions if m.type == "Person" and self._followers.give_own(m)]
        if own := [m for m in people if not governed(self._article.text, parts[i], m.span.start)]:
            self._giver = parts[0].span, Agents(self._cast.filler(own[0]), "who gives what is his own")
            return self._giver[1]
        if self._giver and self._giver[0] == parts[0].span and AGAIN.match(self._article.text, parts[i].span.start):
            return self._giver[1]
        if i and _SELF.match(self._article.text, parts[i].span.start):
            before = [m for part in parts[:i] for m in part.mentions if m in self._entities and m.type == "Person"]
            if before and before[0].span.start - parts[0].span.start < _NEAR:
                return Agents(self._named(before[:1]), "who the sentence begins with, himself")
        return None

    def _by_subject(self, parts: Sequence[Clause], i: int, runs: Sequence[Sequence[Mention]]) -> Agents | None:
        """The body that the clause names as its subject, with those it acts with."""
        clause, text = parts[i], self._article.text
        subject, joint = self._named_subject(clause, runs), self._joint(clause)
        if not subject and not (joint and self._carried):
            return None
        acting = tuple(dict.fromkeys([*(subject or self._carried), *joint]))
        among = Agents(acting, "one of those the sentence tells of")
        if self._pays_a_share(clause, acting) or (
            i and _AMONG.search(text, parts[0].span.start, clause.span.start + 2)
        ):
            # 其中甲公司捐500万元, 县财政配套30万元: one of many, for this sentence
            self._sentence = (parts[0].span.start, among)
            return among
        self._sentence = (-1, None)
        self._carried = acting
        if joint and len(acting) > _MANY:  # of many that join, what comes after the sentence the first one does
            self._carried = acting[:1]
            self._sentence = (parts[0].span.start, among)
        if self._opens_block(parts[0].span) and not _ITEM.match(text, parts[0].span.start):
            self._leading = self._carried
        return Agents(acting, "subject of the clause" if subject else "carried on, with whom it acts")

    def _summed_up(self, parts: Sequence[Clause], i: int, runs: Sequence[Sequence[Mention]]) -> Agents | None:
        """Those whom the clause sums up or only tells the kind of: 两部门, 由接收单位发放."""
        clause = parts[i]
        if _SUMS.match(self._article.text, clause.span.start) and self._own():
            self._carried = self._own()
            return Agents(self._carried, "the article's own body, for the sum of what others give")
        if counted := self._counted(clause.span):
            self._carried = counted
            return Agents(counted, "the bodies summed up in the clause")
        if bears := bearer(self._article.text, clause):
            return Agents((self._newcomers.entity(bears),), "kind of body that bears it")
        does = doer(self._article.text, clause)
        who = self._entities.get(does) or self._newcomers.entity(does) if does else None
        return Agents((who,), "who does it to the subject") if who else None

    def _in_the_sentence(self, parts: Sequence[Clause], i: int, runs: Sequence[Sequence[Mention]]) -> Agents | None:
        """Who acts to the end of a sentence: a kind of body or a giver; else whom a later clause names as the one who bears it."""
        if i > self._last_told(parts):
            return None  # nothing is told any more of which it matters who does it
        text, at, clause = self._article.text, parts[0].span.start, handed_over(self._article.text, parts, i)
        if kind := self._acting_kind(clause):
            if kind.name.endswith("个人"):
                return Agents((kind,), "who pays a share")  # and not what comes after
            self._sentence = (at, Agents((kind,), "kind of body that acts in the sentence"))
        stranger = None if kind else stranger_gives(text, clause, [e.name for e in self._carried])
        if stranger:
            givers = self._given_by(stranger, clause) or self._pronouns.mean(stranger.span)
            known = Agents(givers, "who gives in the clause") if givers else None
            if stranger.here:
                return known
            self._sentence = (at, known or Agents((), "somebody gives who is no known body"))
        elif not kind and (leads := leads_up(text, parts, i, self._cast, self._newcomers, self._carried)):
            return Agents(leads, "who leads up to the giving")
        gives_too = self._judging == at and ALSO_GIVES.match(text, clause.span.start)
        if self._sentence[0] == at and self._sentence[1] and not gives_too:
            told = kind or stranger or not self._sentence[1].entities
            return self._sentence[1] if told else replace(self._sentence[1], carried=True)
        later = self._paid_later(parts, i)
        return Agents(later, "borne by whom a later clause names") if later else None

    def _last_told(self, parts: Sequence[Clause]) -> int:
        """The last clause of a sentence with an amount or a programme, or -1."""
        if self._telling[0] != parts[0].span:
            what = {i for i, part in enumerate(parts) for m in part.mentions if m.amount or m.type in _PROGRAMMES}
            self._telling = parts[0].span, max(what, default=-1)
        return self._telling[1]

    def _given_by(self, stranger: Stranger, clause: Clause) -> tuple[Entity, ...]:
        """Who a stranger is: somebody named, with those joined to him, or the kind of people or bodies that a noun tells."""
        if stranger.mention is None:
            group = stranger.as_group(self._article.text)
            return (self._newcomers.entity(group),) if group else ()
        alike = sorted((m for m in clause.mentions if m.type == stranger.mention.type), key=lambda m: m.span)
        at = alike.index(stranger.mention) if stranger.mention in alike else 0
        low = high = at
        while low and self._joins(alike[low - 1], alike[low]):
            low -= 1  # 平阳县、|苍南县
        while high + 1 < len(alike) and self._joins(alike[high], alike[high + 1]):
            high += 1  # 张智勇|和李红莲
        return self._named([m for m in alike[low : high + 1] if m in self._entities])

    def _joins(self, left: Mention, right: Mention) -> bool:
        return _JOINED.fullmatch(self._article.text, left.span.end, right.span.start) is not None

    def _pays_a_share(self, clause: Clause, acting: Sequence[Entity]) -> bool:
        """Is it a treasury that acts?  What comes after that sentence is another's again."""
        return any(m.rule == "treasury" and self._entities.get(m) in acting for m in clause.mentions)

    def _opens_block(self, span: Span) -> bool:
        return span.start in self._blocks

    def _named_subject(self, clause: Clause, runs: Sequence[Sequence[Mention]]) -> tuple[Entity, ...]:
        span, partners = clause.span, clause.roles.get("partner", [])
        for run in runs:
            led = False
            for n, m in enumerate(run):
                alike = n and _ALIKE.fullmatch(self._article.text, run[n - 1].span.end, m.span.start)
                led = (led and bool(alike)) or self._led_to(m, span.start)  # 向县中|、二中捐书
                if led or m in partners or reports().match(self._article.text, m.span.end):
                    continue
                if SECONDS.match(self._article.text, run[-1].span.end):
                    continue  # who leads goes on
                if self._followers.let_act(run[-1], span):
                    whole = self._whole(m) if SPEAKS.match(self._article.text[m.span.end : span.end]) else None
                    return (self._entities[whole],) if whole else self._named(run[n:])
        return ()

    def _no_payer(self, parts: Sequence[Clause], i: int, runs: Sequence[Sequence[Mention]]) -> Agents | None:
        """Nobody who pays, where the body that the clause is about only gets, tells of it or judges it."""
        text, clause = self._article.text, parts[i]
        first = next(iter(runs), [])
        if i and self._received == parts[i - 1].span and WORTH.match(text, clause.span.start):
            return Agents((), "the subject receives")  # 收到一笔华侨的捐款,金额为30万元
        if not first and (how := undergone(text, clause, i > 0, self._carried)):
            return Agents((), how, gets=self._told_before(parts, i) if how == "the subject receives" else ())
        receiver = self._receiver(clause, runs)
        if source := self._source(clause, first[-1].span.end) if receiver else None:
            self._carried, self._received = receiver, clause.span
            return source
        if first and not self._led_to(first[0], clause.span.start) and ASKS.match(text, first[-1].span.end):
            return Agents((), "the subject asks for it")
        if clause.amounts() and not any(m.type == "Money" for m in clause.amounts()):
            return None  # who looked into 30 cases did so himself
        if first and not self._led_to(first[0], clause.span.start) and reports().match(text, first[-1].span.end):
            told = self._named_subject(clause, runs)
            self._carried = self._named(first)
            self._judging = parts[0].span.start
            nobody = Agents((), "the subject tells of it")
            if reports().fullmatch(text, first[-1].span.end, clause.span.end):
                self._sentence = (parts[0].span.start, nobody)  # 省审计厅通报,违规发放…
            return Agents(told, "who is told to have done it") if told else nobody
        if not first and reported().match(text, clause.span.start):
            money = next(m.span.start for m in clause.amounts()) if clause.amounts() else clause.span.start
            if self._judging == parts[0].span.start and FINES.search(text, clause.span.start, money):
                return Agents(self._carried, "who punishes")  # 责令该园退还,并处罚款5万元
            return Agents((), "the subject tells of it")  # 责令退还8万元
        return None

    def _told_before(self, parts: Sequence[Clause], i: int) -> tuple[Entity, ...]:
        """The subject of the clauses before in the sentence, if one has a body for it."""
        for part in reversed(parts[:i]):
            if subject := self._named_subject(part, list(self._runs(Row(self._bodies.within(part.span))))):
                return subject
        return ()

    def _receiver(self, clause: Clause, runs: Sequence[Sequence[Mention]]) -> tuple[Entity, ...]:
        """The body at the head of a clause that gets something there: 县慈善会收到…."""
        first = next(iter(runs), [])
        if first and not self._led_to(first[0], clause.span.start):
            after = self._article.text[first[-1].span.end : min(clause.span.end, first[-1].span.end + AFTER)]
            return self._named(first) if GETS.match(after) else ()
        return ()

    def _source(self, clause: Clause, at: int) -> Agents | None:
        """From whom the body gets it, if a clause says from whom: 收到校友捐赠图书, not 收到捐款.

        That is somebody named, or people of a kind; of others it is only known that they and not the body gave.
        """
        given = GIVEN.search(self._article.text, at, clause.span.end)
        if given is None:
            return None
        end, people = given.end("from"), {"Person", *ontology.subclasses("Group")}
        inside = [m for m in clause.mentions if at <= m.span.start and m.span.end <= end and m.type in people]
        if not inside and not someone_named(self._article.text, at, end):
            return None
        named = self._named([m for m in inside if m.span.end == end and m in self._entities])
        group = None if named else Stranger(Span(*given.span("from"))).as_group(self._article.text)
        known = named or ((self._newcomers.entity(group),) if group else ())
        return Agents(known, "from whom the subject gets it" if known else "the subject receives")

    def _led_to(self, body: Mention, floor: int) -> bool:
        """Does a word before a body make it a recipient, a companion or a place?  A source may act: 据市总工会."""
        before = self._article.text[max(floor, body.span.start - 4) : body.span.start]
        return bool(_NOT_SUBJECT.search(before)) and not _SOURCE.search(before)

    def _whole(self, part: Mention) -> Mention | None:
        """The body whose department speaks: 区总|权益保障部负责人透露."""
        inside = self._bodies.within(part.span)
        return next((b for b in inside if b.span.start == part.span.start and b.span.end < part.span.end), None)

    def _joint(self, clause: Clause) -> list[Entity]:
        """Those with whom the subject acts: 会同财政部下达."""
        return [
            self._entities[m]
            for m in clause.roles.get("partner", [])
            if m in self._entities and _JOINTLY.search(self._article.text, clause.span.start, m.span.start)
        ]

    def _counted(self, span: Span) -> tuple[Entity, ...]:
        """The bodies that 两部门, 三家单位 sums up: the last ones named together."""
        match = _COUNTED.search(self._article.text, span.start, span.end)
        if not match:
            return ()
        n = _NUMBERS[match[1]]
        before = Row(islice(self._bodies.before(match.start()), _LOOKED_AT))
        for run in reversed([self._named(run) for run in self._runs(before)]):
            if len(run) >= n:
                return run[-n:]
        last = list(dict.fromkeys(self._entities[m] for m in reversed(outermost(before))))[:n]
        return tuple(reversed(last)) if len(last) == n else ()

    def _acting_kind(self, clause: Clause) -> Entity | None:
        """A kind of body that is the clause's subject: 其中18个基层单位送来…."""
        for m in clause.mentions:
            if m.type == "OrganisationGroup" and m in self._entities and acts(self._article.text, clause, m):
                return self._entities[m]
        return None

    def _paid_later(self, parts: Sequence[Clause], i: int) -> tuple[Entity, ...]:
        """Who bears it by a clause at the end: 每人1000元,由县总工会负担."""
        for j in range(i + 1, len(parts)):
            between = self._article.text[parts[j - 1].span.end : parts[j].span.start]
            if between.startswith((";", "。")) or ";" in between:
                return ()
            agents = [m for m in parts[j].roles.get("agent", []) if m in self._entities]
            if not parts[j].amounts() and _BORNE.match(self._article.text, parts[j].span.start):
                if agents:
                    return self._named(agents)
                if bears := bearer(self._article.text, parts[j]):
                    return (self._newcomers.entity(bears),)
        return ()

    def _named(self, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
        """The entities of mentions, each once."""
        return tuple(dict.fromkeys(self._entities[m] for m in mentions))

    def _runs(self, bodies: Row[Mention]) -> Iterator[list[Mention]]:
        """Bodies that are joined (市民政局、市财政局), and those that stand alone."""
        run: list[Mention] = []
        for m in outermost(bodies):
            if run and not self._joins(run[-1], m):
                yield run
                run = []
            run.append(m)
        if run:
            yield run
