"""The figures: each is one function, and its docstring says what the number means; and over whose rows, since when."""
