"""Sagesman: who said what, about or against whom, in the news, with the words that prove it."""

__version__ = "0.1.0"
