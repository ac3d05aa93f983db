"""What a record is: types, vocabularies, tables and views."""
