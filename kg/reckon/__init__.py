"""Arithmetic between the figures of a text: what numbers they allow, and what they claim of each other."""
