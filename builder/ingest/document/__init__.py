"""Documents in the form of Decree 30/2020/NĐ-CP or of the Party's guidance, read into drafts."""
