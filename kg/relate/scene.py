"""Who is on the stage where an amount is told, and what speaks for and against each as the one who acts, by name.

县里 出台 办法。 镇里 派车,  李大爷 捐了 2000元       李大爷: in the clause, rank 0, subject, does give
└ before, rank 2 └ rank 1   └ own subject             镇里: in the sentence, chain 1
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Entity, Measure, Mention
from kg.relate.cast import Cast
from kg.relate.choice import PLAIN, Proposal, Shared
from kg.relate.speakers import pronouns, speakers
from kg.relate.stage import Stage

_NAMED = Shared(["named"])
_SAID = 80  # so far back in its sentence a pronoun may stand for who acts


class Scene:
    """Who is on the stage where an amount is told, and in which part."""

    def __init__(self, stage: Stage, cast: Cast, measure: Measure, at: int) -> None:
        self._stage, self._cast, self._measure, self._at = stage, cast, measure, at
        text = stage.article.text
        self._sentence = stage.sentence_start(at)
        self._speak = {stage.entities[m] for m in speakers(stage, cast.members, cast.starts, at)}
        opened = stage.quotation(at)
        self._how = "speaks quoted" if opened >= 0 else "speaks told"
        here = pronouns(text[measure.span.start : at])
        before = pronouns(text[max(self._sentence, opened, at - _SAID) : at])
        self._pronouns = [*here, *(f"{name} before" for name in before if name not in here)]
        self._subjects: dict[Entity, list[str]] = {}
        self._told = Shared(self._chain())

    def _chain(self) -> Iterator[str]:
        """What the subjects that lead up to the amount say; keeps what each of them is in the chain."""
        stage, told, nouns, first = self._stage, 0, 0, ""
        for back, (start, subject) in enumerate(self._cast.chain.back_from(self._at)):
            behind = stage.sentences_since(start, self._at)
            if back == 0:
                own = "own noun" if subject.how == "noun" else f"own {subject.how} {subject.word}".rstrip()
                yield own
                if subject.how == "noun":
                    yield f"own noun {subject.word}"
            if subject.mention:
                link = f"chain {min(told, 2)} {subject.how}"
                features = [
                    link,
                    f"{link} back {min(back, 4)}",
                    f"{link} sentences {min(behind, 2)}",
                    f"{link} nouns {min(nouns, 2)}",
                    f"{link} & {own}",
                    f"{link} {min(behind, 1)} nouns {min(nouns, 2)} & {own}",
                ]
                for entity in self._cast.filler(subject.mention):
                    self._subjects.setdefault(entity, features)
                told += 1
            nouns += subject.how == "noun"
            if not first and behind == 0 and subject.how in ("who", "whose", "noun"):
                first = subject.how
        yield f"sentence subject {first or 'none'}"

    def another_leads(self, agents: Sequence[Entity]) -> Iterator[str]:
        """Who else is the subject nearest to the amount, where it is another than those carried on."""
        nearest = next(iter(self._subjects), None)
        if nearest and nearest not in agents:
            kind = self._cast.kind(nearest)
            yield f"led by another {kind}"
            yield f"led by another {kind}: {self._told[0]}"

    def parts(self, without: Sequence[tuple[Entity, ...]]) -> Iterator[Proposal]:
        """Those of the cast who may act, less some, each with where it stands and all that speaks for and against it."""
        nearer: list[tuple[str, bool]] = []
        for mention in self._cast.around(self._at, self._stage.sentence_end(self._at)):
            filler = self._cast.filler(mention)
            if filler in without or self._stands_aside(mention):
                continue
            kind, where = self._cast.kind(mention), self._stage.where(mention.span.start, self._measure.span, self._at)
            if where == "in the clause" and all(f in self._measure.beneficiaries for f in filler):
                continue  # 向县总工会和县妇联的困难职工发放: whom a clause serves does not act in it
            part = [*self._ranked(mention, kind, where, nearer), *self._part(mention, kind, where)]
            shows = self._cast.shows(mention, where)
            told = ((PLAIN, _NAMED), (PLAIN, shows), (("", kind), part), (("", kind), self._told))
            yield Proposal(filler, f"{kind} {where}", told)

    def _stands_aside(self, mention: Mention) -> bool:
        """Does a mention only say who speaks, or whose somebody is: 马生林:每人缴费400元, 作为县总工会的帮扶村?"""
        article, start = self._stage.article, mention.span.start
        speaks = start == article.block_at(start).start and article.text.startswith(":", mention.span.end)
        return speaks or article.text.endswith(("作为", "隶属于", "挂靠在", "通过"), 0, start)

    def _ranked(self, mention: Mention, kind: str, where: str, nearer: list[tuple[str, bool]]) -> Iterator[str]:
        """How many stand nearer to the amount, of all, of the subjects, of its kind; puts it behind them.

        Of one that stands nearest of all it is told apart from one that stands further off.
        """
        before, subject = mention.span.start < self._at, self._cast.standing(mention).subject
        every = subjects = alike = "-1"
        if before:
            every = str(min(len(nearer), 5))
            subjects = str(min(sum(one for _, one in nearer), 4))
            if len(nearer) == 1:
                subjects = "nearest" if nearer[0][1] else "not nearest"
            kinds = [one for one, _ in nearer if one == kind]
            alike = "nearest" if len(kinds) == 1 and nearer[0][0] == kind else str(min(len(kinds), 3))
            nearer.append((kind, subject))
        yield f"rank {every}"
        if subject:
            yield f"subject {subjects}"
            yield f"subject {where}"
        yield f"of kind {alike}"
        alike = "2" if alike == "3" else alike
        yield from (f"of kind {alike} & {name}" for name in self._pronouns)

    def _part(self, mention: Mention, kind: str, where: str) -> Iterator[str]:
        """What it is around this amount."""
        stage, at, entity = self._stage, self._at, self._stage.entities[mention]
        start = mention.span.start
        yield where
        if entity in self._speak:
            yield self._how
            yield from (f"{self._how} & {name}" for name in self._pronouns)
        yield from stage.apart(start, where, at)
        yield f"named {min(4, self._cast.named[entity])}"
        if kind == "Body" and len(stage.named_at[entity]) == stage.most:
            yield "main"
        if entity in stage.heads:
            yield "in the headline"
        if entity in self._measure.beneficiaries:
            yield "served"
        yield from self._subjects.get(entity, ["no chain"])
