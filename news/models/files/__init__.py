"""The document model of the newsroom: inspected, versioned, with originals and downloads."""
