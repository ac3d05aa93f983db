"""`python -m ingest` does what the command `ingest` does."""

from ingest.cli import main

main(prog_name="ingest")
