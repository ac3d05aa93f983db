"""The Swedish language: text, numbers, dates, names, assessment words."""
