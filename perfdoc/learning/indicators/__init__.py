"""The rows of indicators of a file made into loops."""
