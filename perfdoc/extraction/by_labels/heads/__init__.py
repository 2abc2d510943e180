"""The heads of indicator tables: which column of the grid holds what."""
