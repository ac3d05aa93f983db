"""From a PDF to records: layout, language, report types."""
