"""A module for each format that is read: see :mod:`syriatopics.corpus.read.contract`."""
