"""One module per report type: blocks turned into records."""
