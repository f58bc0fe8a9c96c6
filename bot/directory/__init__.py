"""Who and where: organisations, workspaces, conversations, people, who is available. It knows no command."""
