"""How the site is built: ``make docs``. Nothing is fetched, and every warning is an error."""

from __future__ import annotations

import sys
from pathlib import Path

import syriatopics

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "syriatopics"
author = "The syriatopics authors"
copyright = author
version = release = syriatopics.__version__
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "numpydoc", "mathml", "reference", "gallery", "rtl"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_ext"]

# Blocks of code are run when the site is built, in a folder of their own, so that no output
# is older than the code.
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_timeout = 300
nb_execution_raise_on_error = True

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = False
numpydoc_show_class_members = False
html_math_renderer = "mathml"

html_theme = "furo"
html_title = "syriatopics"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_show_sourcelink = False
html_copy_source = False
html_show_copyright = False
