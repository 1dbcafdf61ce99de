"""A newspaper page or a notice into Articles, in reading order."""

from kg.layout.articles import lay_out

__all__ = ["lay_out"]
