"""What goes to the terminal: messages, findings, tables, progress; and in which language."""
