"""The script that typesets the sample reports of the corpus from their content."""
