"""The figures themselves: each is one function, and its docstring says what the number means."""
