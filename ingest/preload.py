"""What every reader needs, loaded once: imported by the process from which the local readers are forked, and by nothing else."""

import db.findings  # noqa: F401
import extractors.layout.reader
import extractors.reports  # noqa: F401
from extractors.swedish.assessment import find_verdict
from extractors.swedish.recommending import find_lead_in, find_recommending

# The language pipeline and the rules are loaded by their first sentence.
find_verdict("Målet bedöms uppnås under året.")
find_lead_in("Vi rekommenderar nämnden att:")
find_recommending("Enligt vår bedömning bör rutinen ses över.")
