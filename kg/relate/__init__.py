"""Clauses with mentions into measures and links, each with the stretch of text that says it."""

from kg.relate.links import links
from kg.relate.measures import measures

__all__ = ["links", "measures"]
