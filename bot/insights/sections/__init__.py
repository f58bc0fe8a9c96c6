"""The sections of a report, one file a subject: sentences, a picture and the table behind it."""
