"""Mails, and pages that browsers save as one file, which have the same form (RFC 5322, RFC 2557)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from kg.model import Meta
from kg.sources.meta import address

Part = tuple[
    str, bytes, Meta
]  # the name of an attachment (of the mail itself none), its bytes, what the mail says of it


def parts(data: bytes) -> Iterator[Part]:
    """The mail itself, then what is attached to it."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(mail, EmailMessage):
        return
    page = str(mail["Snapshot-Content-Location"] or "").strip()
    body = mail.get_body(preferencelist=("html", "plain") if page else ("plain", "html"))
    if body is not None:
        known = Meta(address=address(page)) if page else Meta(title=_subject(mail), date=_sent(mail))
        yield "", _text(body).encode("utf-8", "replace"), known
    if not page:
        for number, part in enumerate(mail.iter_attachments(), 1):
            held = _held(part)
            if held:
                name = (part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1]
                yield name or f"attachment {number}", held, Meta()


def _subject(mail: EmailMessage) -> str:
    return " ".join(str(mail["Subject"] or "").split())


def _sent(mail: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(mail["Date"])).date().isoformat() if mail["Date"] else None
    except (TypeError, ValueError, IndexError):
        return None


def _text(body: Message) -> str:
    """A part as text; one that names an encoding that there is not, as GB18030, in which most such mails are."""
    held = _held(body)
    for encoding in (body.get_content_charset() or "utf-8", "utf-8", "gb18030"):
        try:
            return held.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(encoding, encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return held.decode("gb18030", "replace")


def _held(part: Message) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""
