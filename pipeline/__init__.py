"""Twintown: town-twinning facts from German and English pages, each with the words it rests on."""

__version__ = "0.1.0"
