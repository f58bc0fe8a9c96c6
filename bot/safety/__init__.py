"""Words of danger, heard before anything is ranked: pure, and known to every domain."""
