"""Two sides become one: workspaces, and one person on two platforms, by codes that both confirm."""
