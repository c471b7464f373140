"""A multiverse of 64 specifications on 5,000 passages: time and memory, one process against two.

One contrast of two outlets under 2 × conflation, 2 × stop words, 2 × names, 2 × passage unit, and for each of
these a dictionary over terms, NMF with two numbers of topics, and LDA. Every article of a sample of ant2018 whose
title or text names Syria at least three times counts; without the corpora the seeds are put together to
articles of two invented outlets. 5,000 paragraphs (at most) are cut into sentences too, so that half of the
specifications see more. Memory is the sum of the resident sets of all processes (shared pages counted in each),
looked at ten times a second.
"""

import os
import tempfile
import threading
import time

import psutil

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.corpus import Corpus

PASSAGES = 5_000
CHOICES = {
    "normalisation": "variants",
    "conflation": ["clitics", "light"],
    "stop_words": ["default", "none"],
    "names": ["joined", "apart"],
    "unit": ["paragraph", "sentence"],
    "model": ["terms", "nmf", "lda"],
    "n_topics": [10, 20],
    "seed": 0,
    "production": "all",
}
ASKED = "64 specifications in under 5 minutes and 3 GiB on 2 cores"


def specifications():
    """Return choices of 64 specifications: LDA with one number of topics."""
    every = st.Choices(**CHOICES).specifications()
    return [one for one in every if not (one.model == "lda" and one.n_topics == 20)]
