"""A run, step by step as one agent reads it: where on the path it is, in which wording, with sentences of their own."""
