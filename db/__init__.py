"""Writing and deriving: store, search, threads, findings."""
