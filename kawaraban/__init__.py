"""Kawaraban (瓦版): a publishing system for news magazines."""

__version__ = "0.1.0"
