"""What follows from records: pure functions of records and a date, with reasons."""
