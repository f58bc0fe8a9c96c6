"""What an editor would mark in playbooks and wordings: rules that can be held by a program, each named in words."""
