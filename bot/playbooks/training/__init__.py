"""How the models learn: texts of many voices, one command, the same weights each time. Needs the extra `train`."""
