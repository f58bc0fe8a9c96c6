"""What is kept: the database, its schema, its encryption, and files of content."""
