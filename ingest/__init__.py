"""The command line and a run."""
