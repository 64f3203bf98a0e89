"""Trains the named-entity model that ships with the package: ``make model``, see MODEL_CARD.md."""
