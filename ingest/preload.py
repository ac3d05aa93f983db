"""What every reader needs, loaded once: imported by the process from which the local readers are forked, and by nothing else."""

import db.findings  # noqa: F401
import extractors.layout.reader
import extractors.reports  # noqa: F401
from extractors.swedish.assessment import find_verdict

find_verdict("Målet bedöms uppnås under året.")  # the language pipeline is loaded by its first sentence
