"""Word documents in one XML file: Flat OPC and Word 2003 XML, each taken apart into parts for the reader of .docx."""
