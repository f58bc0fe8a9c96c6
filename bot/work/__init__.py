"""A command, carried out: dispatch, the open transaction, permission, the inbox."""
